import { readFileSync } from "node:fs";
import { articleText, compare, type Knowledge, understand } from "@newsledger/extraction";
import { comparable, type Placeable, type Placed, place } from "@newsledger/extractor";
import { parse } from "yaml";
import { z } from "zod";
import { retellings } from "./retell.ts";

/** A report in our own words: which newsroom's it is, whoever prints it, and which story it tells. */
const reportSchema = z.strictObject({
  id: z.string(),
  story: z.string(),
  /** Articles of one story with the same are copies of each other; an article without is a report of its own. */
  report: z.string().optional(),
  source: z.string(),
  published: z.iso.datetime(),
  title: z.string(),
  text: z.string(),
});

export type Report = z.output<typeof reportSchema>;

export function readReports(part: "dev" | "held-out"): Report[] {
  return (["en", "es"] as const).flatMap((language) => {
    const file = new URL(`stories/${part}-${language}.yaml`, import.meta.url);
    return z.array(reportSchema).parse(parse(readFileSync(file, "utf8")));
  });
}

interface Read extends Report {
  readonly language: string;
  readonly as: Placeable;
}

function read(report: Report, knowledge: Knowledge): Read {
  const { id, source, title, published } = report;
  const text = articleText(title, report.text);
  const understanding = understand(
    { title, text, publishedAt: published, url: null, source },
    knowledge,
  );
  const members = new Map(
    [...knowledge.entities.values()].map((entity) => [entity.id, entity.members]),
  );
  const at = new Date(published);
  return {
    ...report,
    language: understanding.language,
    as: comparable({ documentId: id, source, title, at, text, understanding }, members),
  };
}

type Label = "copy" | "independent" | "different";

const labelOf = (a: Report, b: Report): Label => {
  if (a.story !== b.story) return "different";
  return a.report !== undefined && a.report === b.report ? "copy" : "independent";
};

const pairsOf = <T>(all: readonly T[]): [T, T][] =>
  all.flatMap((a, index) => all.slice(index + 1).map((b): [T, T] => [a, b]));

interface Pair {
  readonly label: Label;
  readonly found: "copy" | "apart";
  readonly ids: string;
  readonly score: number;
}

/** Every pair of one language, compared as the storyteller compares them. */
function comparePairs(reports: readonly Read[]): Pair[] {
  return pairsOf(reports)
    .filter(([a, b]) => a.language === b.language)
    .map(([a, b]) => {
      const { relation, score } = compare(a.as, b.as);
      return {
        label: labelOf(a, b),
        found: relation === "independent" ? "apart" : "copy",
        ids: `${a.id} ${b.id}`,
        score,
      };
    });
}

/** As the storyteller's query has it. */
const isCandidate = (a: Placeable, b: Placeable): boolean =>
  a.entities.some((one) => b.entities.includes(one)) ||
  a.signature.bands.some((band) => b.signature.bands.includes(band));

/** The stories that the storyteller would tell, had the reports come as they were published. */
function group(reports: readonly Read[]): Map<string, string> {
  const placed: Placed[] = [];
  for (const { as: article } of reports.toSorted((a, b) =>
    a.published.localeCompare(b.published),
  )) {
    const placement = place(
      article,
      placed.filter((other) => isCandidate(article, other)),
    );
    placed.push(
      placement.outcome === "opens"
        ? { ...article, storyId: article.documentId, openedAt: article.at }
        : { ...article, storyId: placement.with.storyId, openedAt: placement.with.openedAt },
    );
  }
  return new Map(placed.map(({ documentId, storyId }) => [documentId, storyId]));
}

export interface Share {
  readonly right: number;
  readonly of: number;
}

export interface StoryScores {
  readonly copies: { readonly precision: Share; readonly recall: Share };
  readonly keptApart: Share;
  /** The same, with what was made of the wires by machine: cut, shuffled, shortened, with another's opening. */
  readonly made: { readonly precision: Share; readonly recall: Share };
  readonly stories: { readonly precision: Share; readonly recall: Share; readonly across: Share };
  readonly pairs: number;
  readonly wrong: readonly string[];
}

const count = <T>(all: readonly T[], is: (one: T) => boolean): number => all.filter(is).length;

const copies = (pairs: readonly Pair[]): { precision: Share; recall: Share } => {
  const right = count(pairs, ({ label, found }) => label === "copy" && found === "copy");
  return {
    precision: { right, of: count(pairs, ({ found }) => found === "copy") },
    recall: { right, of: count(pairs, ({ label }) => label === "copy") },
  };
};

export function scoreStories(reports: readonly Report[], knowledge: Knowledge): StoryScores {
  const written = reports.map((report) => read(report, knowledge));
  const retold = reports.flatMap(retellings).map((report) => read(report, knowledge));
  const pairs = comparePairs(written);
  const independent = pairs.filter(({ label }) => label === "independent");
  const stories = group(written);
  const placed = pairsOf(written).map(([a, b]) => ({
    ids: `${a.id} ${b.id}`,
    same: a.story === b.story,
    across: a.language !== b.language,
    together: stories.get(a.id) === stories.get(b.id),
  }));
  const both = placed.filter(({ same, together }) => same && together);
  const missed = placed.filter(({ same, together }) => same && !together);
  const mixed = placed.filter(({ same, together }) => !same && together);
  return {
    copies: copies(pairs),
    keptApart: {
      right: count(independent, ({ found }) => found === "apart"),
      of: independent.length,
    },
    made: copies(comparePairs([...written, ...retold])),
    stories: {
      precision: { right: both.length, of: both.length + mixed.length },
      recall: { right: both.length, of: both.length + missed.length },
      across: {
        right: count(both, ({ across }) => across),
        of: count(placed, ({ same, across }) => same && across),
      },
    },
    pairs: pairs.length,
    wrong: [
      ...pairs
        .filter(({ label, found }) => (label === "copy") !== (found === "copy"))
        .map(
          ({ label, found, ids, score }) =>
            `${ids}: ${label}, found ${found} (${score.toFixed(3)})`,
        ),
      ...missed.map(({ ids }) => `${ids}: one story, told as two`),
      ...mixed.map(({ ids }) => `${ids}: two stories, told as one`),
    ],
  };
}
