import { signature } from "@newsledger/extraction";
import { describe, expect, it } from "vitest";
import { fading, weights, wordsAlike } from "./telling.ts";

const worded = (text: string) => ({ signature: signature(text) });
const crane = worded("The crane toppled onto the ferry in the harbour of Brisa");
const ferry = worded("Divers at Brisa raised a crane that had toppled onto a ferry");
const court = worded("The court in the harbour town heard the captain");

describe("telling words", () => {
  it("the same words are wholly alike, none in common are not at all, in either order", () => {
    const weigh = weights([crane, ferry, court]);
    expect(wordsAlike(crane, crane, weigh)).toBeCloseTo(1);
    expect(wordsAlike(ferry, court, weigh)).toBe(0);
    expect(wordsAlike(crane, ferry, weigh)).toBeCloseTo(wordsAlike(ferry, crane, weigh));
  });

  it("a word that everybody has these days tells less than one that only two have", () => {
    const harbours = Array.from({ length: 30 }, () => worded("harbour"));
    const [few, many] = [weights([crane, court]), weights([crane, court, ...harbours])];
    const rare = wordsAlike(crane, court, few);
    expect(rare).toBeGreaterThan(0);
    expect(wordsAlike(crane, court, many)).toBeLessThan(rare / 2);
  });

  it("a text without words is like nothing", () => {
    expect(wordsAlike(worded(""), worded(""), weights([]))).toBe(0);
  });

  it("it fades with the time between two reports, whichever came first", () => {
    const [a, b] = [new Date("2026-03-01T00:00:00Z"), new Date("2026-03-03T00:00:00Z")];
    expect([fading(a, a), fading(a, b), fading(b, a)]).toEqual([1, Math.exp(-1), Math.exp(-1)]);
  });
});
