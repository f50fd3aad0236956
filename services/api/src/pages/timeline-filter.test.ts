import { expect, test } from "vitest";
import { filterOf, given, isNarrowed, narrowingOf } from "./timeline-filter.ts";

const from = (query: string) => {
  const asked = new URLSearchParams(query);
  return filterOf((name) => asked.get(name) ?? undefined);
};

test("an address narrows a timeline by person, happening, language, outlets, days and words", () => {
  const filter = from("entity=tomeu-vadell&occurrence=release&language=es&min_sources=2&q=libre");
  expect(narrowingOf(filter)).toMatchObject({
    entity: "tomeu-vadell",
    occurrence: "release",
    language: "es",
    minSources: 2,
    q: "libre",
  });
  expect(isNarrowed(filter)).toBe(true);
});

test("what is not ours is left out, and then nothing is narrowed", () => {
  const filter = from("occurrence=party&language=fr&min_sources=0&utm_source=mail");
  expect(isNarrowed(filter)).toBe(false);
  expect(given(filter)).toEqual({});
});
