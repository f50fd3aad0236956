import { describe, expect, it } from "vitest";
import { createPress, type stages } from "./press.ts";

const now = new Date("2026-11-24T07:00:00Z");
const idsAt = (stage: (typeof stages)[number]) => {
  const press = createPress({ now });
  press.advance(stage);
  return press.expected().map(({ id }) => id);
};

describe("the press", () => {
  it("starts with the past and nothing of the day", () => {
    const press = createPress({ now });
    expect(press.stage).toBe("history");
    expect(press.expected().every(({ publishedAt }) => publishedAt < "2026-07")).toBe(true);
  });

  it("adds a report, its copy and a Spanish report on the day", () => {
    const before = new Set(idsAt("history"));
    const press = createPress({ now });
    press.advance("today");
    const fresh = press.expected().filter(({ id }) => !before.has(id));
    expect(fresh.map(({ kind, language }) => `${kind} ${language}`)).toEqual([
      "independent es",
      "copy en",
      "original en",
    ]);
  });

  it("hides the articles of the outlet that is down, and shows them when it is back", () => {
    const press = createPress({ now });
    press.advance("today");
    expect(press.feeds().find(({ id }) => id === "lucero-del-lago")?.trouble).toBe("down");
    expect(idsAt("today").some((id) => id.includes("los-zambrano-piden"))).toBe(false);
    expect(idsAt("edit").some((id) => id.includes("los-zambrano-piden"))).toBe(true);
  });

  it("marks the one edited article, and ends with a correction", () => {
    const press = createPress({ now });
    press.advance("correction");
    expect(press.expected().filter(({ edited }) => edited)).toHaveLength(1);
    expect(press.expected()[0]?.kind).toBe("correction");
  });

  it("does not go back to an earlier stage", () => {
    const press = createPress({ now });
    press.advance("edit");
    expect(() => press.advance("today")).toThrow(
      "advance the press to today: it is already at edit",
    );
  });

  it("publishes nothing that lies in the future of an earlier clock", () => {
    const press = createPress({ now: new Date("2021-06-01T00:00:00Z") });
    expect(press.expected().map(({ publishedAt }) => publishedAt.slice(0, 4))).not.toContain(
      "2022",
    );
  });
});
