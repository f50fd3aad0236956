import { describe, expect, it } from "vitest";
import { loadKnowledge } from "../knowledge/load.ts";
import { understand } from "../understand.ts";
import { compare, rewritten } from "./compare.ts";
import { reports } from "./reports.ts";
import { signature } from "./signature.ts";

const wire = `Three fishermen who had been missing for nine days were found alive on Sunday off the northern coast, the harbour authority said.
A cargo ship bound for Rotterdam saw their signal shortly before dawn and took them on board, according to its captain.
The men had lived on rain water and raw fish since a storm broke the mast of their boat. Doctors who saw them in the port said that they were weak but out of danger.
Their village had already held a service for them. The mayor promised a holiday for the day of their return.
The coast guard had searched for four days with two aircraft before giving up for lack of fuel, which relatives had criticised bitterly.`;
const cutCopy = `(Agency) — ${wire.split("\n").slice(0, 3).join("\n")} With additional reporting.`;
const spun = `Three fishermen who were missing for nine days have been found alive on Sunday near the northern coast, the harbour office said.
A freight ship bound for Rotterdam noticed their signal shortly before dawn and brought them on board, said its captain.
The men had survived on rain water and raw fish after a storm broke the mast of the boat. Physicians who saw them in the port reported that they were weak but out of danger.
Their village had already celebrated a service for them. The mayor announced a holiday for the day of the return.`;
const independent = `Relief swept through a small northern harbour when word came over the radio that all three lost sailors live.
Emergency crews waited with blankets as a Dutch-bound freighter tied up; the skipper told this newspaper he nearly missed a faint light.
Families say officials stopped looking too early. An inquiry has been requested by the regional council.`;
const entities = ["rotterdam"];
const relation = (a: string, b: string) =>
  compare({ signature: signature(a), entities }, { signature: signature(b), entities }).relation;

describe("copies and independent reports", () => {
  it("the same text is a copy", () => {
    expect(relation(wire, wire)).toBe("copy");
  });
  it("accents, case and marks make no difference", () => {
    expect(
      relation(
        "El juez habló ayer con la prensa en Caracas",
        "EL JUEZ HABLO AYER, CON LA PRENSA EN CARACAS",
      ),
    ).toBe("copy");
  });
  it("a cut copy with a dateline is a copy, whichever is the longer", () => {
    expect([relation(wire, cutCopy), relation(cutCopy, wire)]).toEqual(["copy", "copy"]);
  });
  it("a reworded copy is found by its word pairs and names", () => {
    expect(relation(wire, spun)).toBe("spun-copy");
  });
  it("another reporter's story of the same event is independent", () => {
    expect(relation(wire, independent)).toBe("independent");
  });
  it("common words without common names are no copy", () => {
    const [a, b] = [signature(wire), signature(spun)];
    expect(
      compare({ signature: a, entities: ["x"] }, { signature: b, entities: ["y"] }).relation,
    ).toBe("independent");
  });
  it("copies share a band, so that an index finds them; strangers do not", () => {
    const shared = (x: string, y: string) => {
      const bands = new Set(signature(x).bands);
      return signature(y).bands.filter((band) => bands.has(band)).length;
    };
    expect(shared(wire, cutCopy)).toBeGreaterThan(0);
    expect(shared(wire, independent)).toBe(0);
  });
  it("the signature of a text never changes", () => {
    const { bands, shingles, words } = signature("one two three four five six");
    expect({
      bands: [...bands.slice(0, 2)],
      shingles: [...shingles],
      words,
      all: bands.length,
    }).toMatchInlineSnapshot(`
      {
        "all": 32,
        "bands": [
          -656393680,
          -1452935894,
        ],
        "shingles": [
          -182139011,
          92503327,
          876224183,
        ],
        "words": 6,
      }
    `);
  });
  it("keeps the stems of telling words and figures, in whatever form and order they come", () => {
    const { terms } = signature("Both of the prisoners were sentenced to 13 years");
    expect(signature("13 years after its sentencing: a prisoner").terms).toEqual(terms);
    expect(terms).toHaveLength(3);
  });
  it("a copy that lost most names to cuts is still one when the words are plainly the same", () => {
    const compared = (text: string, entities: string[]) => ({
      ...{ signature: signature(text), entities },
    });
    const many = ["rotterdam", "coast guard", "mayor", "captain"];
    expect(compare(compared(wire, many), compared(spun, ["rotterdam"])).relation).toBe("spun-copy");
  });
  it("a reworded copy of a text that was cut by half is one", () => {
    expect(relation(cutCopy, spun)).toBe("spun-copy");
  });
  it("an empty text resembles nothing", () => {
    expect(relation("", wire)).toBe("independent");
  });
});

describe("labelled pairs of reports", () => {
  const knowledge = loadKnowledge();
  const read = (text: string) => {
    const { entities } = understand(
      { title: "", text, publishedAt: "2022-10-01T00:00:00Z", url: null, source: "" },
      knowledge,
    );
    const mentions = entities.flatMap((one) => one.mentions);
    return {
      signature: signature(text, mentions),
      entities: entities.filter(({ type }) => type !== "place").map(({ id, name }) => id ?? name),
    };
  };
  const sets = reports.map(({ language, wire, spun, independent }) => ({
    language,
    wire: read(wire),
    capitals: read(wire.replaceAll(". ", ".\n\n")),
    cut: read(`(Agency) ${wire.split(". ").slice(0, 4).join(". ")}.`),
    spun: read(spun),
    independent: read(independent),
  }));
  type Read = ReturnType<typeof read>;
  const pairs = sets.flatMap((one, index): [string, Read, Read][] => [
    ["copy", one.wire, one.capitals],
    ["copy", one.wire, one.cut],
    ["spun-copy", one.wire, one.spun],
    ["spun-copy", one.cut, one.spun],
    ["independent", one.wire, one.independent],
    ["independent", one.spun, one.independent],
    ...sets.slice(index + 1).flatMap((other): [string, Read, Read][] =>
      other.language === one.language
        ? [
            ["independent", one.wire, other.wire],
            ["independent", one.independent, other.independent],
            ["independent", one.wire, other.independent],
          ]
        : [["independent", one.wire, other.wire]],
    ),
  ]);

  it("are told apart, each of them", () => {
    expect(pairs.length).toBeGreaterThanOrEqual(60);
    const wrong = pairs.filter(([label, a, b]) => compare(a, b).relation !== label);
    expect(wrong.map(([label, a, b]) => [label, compare(a, b)])).toEqual([]);
  });
  it("leave room on both sides of the threshold", () => {
    const scores = (label: string) =>
      pairs.filter((pair) => pair[0] === label).map(([, a, b]) => compare(a, b).score);
    expect(Math.min(...scores("spun-copy"))).toBeGreaterThan(rewritten * 1.25);
    expect(Math.max(...scores("independent"))).toBeLessThan(rewritten * 0.75);
  });
});
