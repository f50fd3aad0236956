import type { Occurrence } from "@newsledger/core";
import { tellsBurst } from "./burst.ts";
import { evidence } from "./evidence.ts";
import type { Development, EvaluateOptions, Facts, Finding, History } from "./facts.ts";
import { involves, type Matching, matching } from "./matching.ts";
import type { Rule } from "./rule.ts";
import { custodyKind, isRecent, leadCharacters } from "./standing.ts";
import { why } from "./why.ts";

/** Whether a rule fires, and why; null when it stays silent. */
export function evaluate(
  rule: Rule,
  facts: Facts,
  history: History,
  options: EvaluateOptions,
): Finding | null {
  if (!mayFire(rule, facts) || history.reports < rule.minReports) return null;
  const met = meets(rule, facts, history, options);
  if (met === null) return null;
  const developments = developmentsOf(rule, facts, met.matched, history).filter(
    ({ key }) => !history.told.has(key),
  );
  if (developments.length === 0) return null;
  const { report, matched, reportsBack } = met;
  const { entities, occurrences } = matched;
  return {
    lateFind: ageHours(report) > options.lateAfterHours,
    why: why(rule, report, matched, developments),
    developments,
    entities,
    occurrences,
    evidence: evidence(report, entities, occurrences),
    reportsBack,
  };
}

/** What can be told of a story's new report without reading the article: most end here. */
export const mayFire = (
  { topic, when }: Pick<Rule, "topic" | "when">,
  { backfill, relation, topics }: Pick<Facts, "backfill" | "relation" | "topics">,
): boolean =>
  when.kind !== "silence" &&
  when.kind !== "feed-trouble" &&
  !backfill &&
  relation !== "copy" &&
  topics.some(({ topicId, tier }) => topicId === topic && tier === "alert");

interface Met {
  readonly report: Facts;
  readonly matched: Matching;
  readonly reportsBack: number;
}

/** A rule that waits for several reports takes, when the last of them comes, the latest that says what it wants. */
function meets(
  rule: Rule,
  facts: Facts,
  { earlier, told }: History,
  options: EvaluateOptions,
): Met | null {
  const candidates = rule.minReports > 1 && told.size === 0 ? [facts, ...earlier] : [facts];
  for (const [reportsBack, report] of candidates.entries()) {
    if (rule.maxAgeHours !== null && ageHours(report) > rule.maxAgeHours) continue;
    const matched = matching(rule, report, options);
    if (matched) return { report, matched, reportsBack };
  }
  return null;
}

export function ageHours({ publishedAt, foundAt }: Pick<Facts, "publishedAt" | "foundAt">): number {
  return publishedAt === null ? 0 : (foundAt.getTime() - publishedAt.getTime()) / 3_600_000;
}

function developmentsOf(
  rule: Rule,
  facts: Facts,
  matched: Matching,
  history: History,
): Development[] {
  switch (rule.when.kind) {
    case "report":
      return history.told.size === 0
        ? [opened(rule, history)]
        : newCodes(rule, facts, matched, history);
    case "first-mention":
      return firstMentions(rule, matched, history);
    case "status-change":
      return history.changes
        .filter(({ personId }) => rule.entities.length === 0 || matched.wanted.has(personId))
        .filter(
          ({ occurrence: { code } }) =>
            rule.occurrences.length === 0 || rule.occurrences.includes(code),
        )
        .map(({ personId, name, from, to, date }) => ({
          key: `status:${personId}:${to}:${date}`,
          words: `${name}: ${statusWords[from ?? "unknown"]} → ${statusWords[to]}, ${date}`,
        }));
    case "burst":
      return burst(rule.when, facts, history);
    default:
      return [];
  }
}

export const openedKey = "opened";

const opened = ({ minReports }: Rule, { reports }: History): Development => ({
  key: openedKey,
  words: minReports > 1 ? `told by ${reports} outlets in their own words` : "first report",
});

/** Later in a story, only what happened since is told: not who says what about it, nor how it came to it. */
function newCodes(
  rule: Rule,
  facts: Facts,
  matched: Matching,
  { codesBefore, changes }: History,
): Development[] {
  const codes = matched.occurrences
    .filter(({ code, start }) => start < leadCharacters && !codesBefore.has(code))
    .filter(({ code }) => rule.occurrences.length > 0 || code !== "statement")
    .filter((occurrence) => rule.entities.length === 0 || involves(occurrence, matched.wanted))
    .filter((occurrence) =>
      movesSomeone(occurrence)
        ? changes.some((change) => change.occurrence.code === occurrence.code)
        : isRecent(occurrence, facts),
    )
    .map(({ code }) => code);
  return [...new Set(codes)].map((code) => ({ key: `code:${code}`, words: `now also: ${code}` }));
}

/** Whether it changes the custody of someone known: then it is known, too, whether that is news. */
const movesSomeone = ({ code, targets }: Occurrence): boolean =>
  custodyKind(code) !== null && code !== "convict" && targets.some(({ id }) => id !== null);

/** What the memory of first mentions keeps of an article: each entity, each occurrence, and each entity in an occurrence. */
export const firstKey = {
  entity: (id: string) => `entity:${id}`,
  code: (code: string) => `code:${code}`,
  pair: (id: string, code: string) => `pair:${id}:${code}`,
};

function firstMentions(rule: Rule, matched: Matching, { firsts }: History): Development[] {
  const { entities, occurrences } = matched;
  const first = (key: string, words: string): Development[] =>
    firsts.has(key) ? [{ key: `first:${key}`, words }] : [];
  if (rule.occurrences.length === 0)
    return entities.flatMap(({ id, name }) =>
      id === null ? [] : first(firstKey.entity(id), `first mention of ${name}`),
    );
  if (rule.entities.length === 0)
    return occurrences.flatMap(({ code }) => first(firstKey.code(code), `first ${code}`));
  return occurrences.flatMap(({ code, actors, targets }) =>
    [...actors, ...targets].flatMap(({ id, name }) =>
      id !== null && matched.wanted.has(id)
        ? first(firstKey.pair(id, code), `first ${code} of ${name}`)
        : [],
    ),
  );
}

function burst(
  { sensitivity }: Extract<Rule["when"], { kind: "burst" }>,
  { relation, foundAt }: Facts,
  { counts }: History,
): Development[] {
  if (relation !== null || counts === null || !tellsBurst(counts, sensitivity)) return [];
  const usual = counts.past.reduce((sum, count) => sum + count, 0) / counts.past.length;
  const words = `${counts.today} new stories today, where ${Math.round(usual * 10) / 10} a day is usual`;
  return [{ key: `burst:${foundAt.toISOString().slice(0, 10)}`, words }];
}

const statusWords = {
  unknown: "nothing known",
  detained: "detained",
  "house-arrest": "under house arrest",
  "imprisoned-again": "imprisoned again",
  convicted: "convicted",
  extradited: "extradited",
  free: "free",
} as const;
