import type { OccurrenceCode } from "@newsledger/core";
import { burstDays } from "./burst.ts";
import { evaluate, mayFire } from "./evaluate.ts";
import type { Facts, Finding, History } from "./facts.ts";
import { withMembers } from "./matching.ts";
import { personsIn, type Remembered, type ReportOptions, remembered, thingsIn } from "./report.ts";
import type { Rule } from "./rule.ts";
import { type Standing, type StatusChange, statusChanges } from "./standing.ts";

/**
 * One rule put to reports as they came, with the memory of one rule: what `memory.ts` keeps in tables for all of them. The
 * same decisions on the same facts; it keeps only what the rule's kind asks for.
 */
export class Fold {
  readonly #rule: Rule;
  readonly #options: ReportOptions;
  readonly #wanted: ReadonlySet<string>;
  readonly #stories = new Map<string, Story>();
  readonly #met = new Set<string>();
  readonly #standings = new Map<string, Standing>();
  readonly #days = new Map<string, number>();
  #firstDay: string | null = null;
  #lastAlarm: string | null = null;

  constructor(rule: Rule, options: ReportOptions) {
    this.#rule = rule;
    this.#options = options;
    this.#wanted = withMembers(rule.entities, options.groups);
  }

  /** What the rule says of a report; it is remembered whatever the answer. */
  take(storyId: string, facts: Facts): Finding | null {
    const story = this.#stories.get(storyId) ?? newStory();
    this.#stories.set(storyId, story);
    const row = remembered(facts, this.#options);
    const news = this.#remember(facts, row);
    const finding = mayFire(this.#rule, facts) ? this.#evaluate(story, facts, row, news) : null;
    if (row.own) {
      story.sources.add(row.source);
      for (const { code } of facts.occurrences) story.codes.add(code);
      if (this.#rule.minReports > 1) story.reports.unshift(facts);
    }
    for (const { key } of finding?.developments ?? []) story.told.add(key);
    if (finding && this.#rule.when.kind === "burst") this.#lastAlarm = isoDay(facts.foundAt);
    return finding;
  }

  #evaluate(story: Story, facts: Facts, row: Remembered, news: News): Finding | null {
    const reports = story.sources.size + (story.sources.has(row.source) ? 0 : 1);
    const history: History = {
      reports,
      codesBefore: story.codes,
      told: story.told,
      earlier: story.reports,
      firsts: news.firsts,
      changes: news.changes,
      counts: this.#rule.when.kind === "burst" ? this.#counts(facts) : null,
    };
    return evaluate(this.#rule, facts, history, this.#options);
  }

  #remember(facts: Facts, row: Remembered): News {
    switch (this.#rule.when.kind) {
      case "first-mention":
        return { firsts: this.#meet(facts), changes: [] };
      case "report":
      case "status-change":
        return { firsts: none, changes: this.#follow(facts) };
      case "burst":
        this.#count(row);
    }
    return { firsts: none, changes: [] };
  }

  #meet(facts: Facts): ReadonlySet<string> {
    if (!facts.topics.some(({ topicId }) => topicId === this.#rule.topic)) return none;
    const firsts = thingsIn(facts).filter((thing) => !this.#met.has(thing));
    for (const thing of firsts) this.#met.add(thing);
    return new Set(firsts);
  }

  #follow(facts: Facts): readonly StatusChange[] {
    if (facts.relation === "copy") return [];
    const persons = personsIn(facts, this.#options);
    if (persons.size === 0) return [];
    const { standings, changes } = statusChanges(facts, persons, (id) => this.#standings.get(id));
    for (const [personId, standing] of standings) this.#standings.set(personId, standing);
    return changes;
  }

  #count({ opens, topics, countedOn, entities, codes }: Remembered): void {
    if (!opens || countedOn === null || !topics.includes(this.#rule.topic)) return;
    if (this.#firstDay === null || countedOn < this.#firstDay) this.#firstDay = countedOn;
    const { occurrences } = this.#rule;
    if (this.#wanted.size > 0 && !entities.some((id) => this.#wanted.has(id))) return;
    if (occurrences.length > 0 && !occurrences.some((code) => codes.includes(code))) return;
    this.#days.set(countedOn, (this.#days.get(countedOn) ?? 0) + 1);
  }

  #counts({ foundAt }: Facts): History["counts"] {
    const day = isoDay(foundAt);
    const known = this.#firstDay === null ? 0 : daysBetween(this.#firstDay, day);
    return {
      today: this.#days.get(day) ?? 0,
      past: pastDays(day, known, (one) => this.#days.get(one) ?? 0),
      sinceAlarm: this.#lastAlarm === null ? null : daysBetween(this.#lastAlarm, day),
    };
  }
}

interface Story {
  readonly sources: Set<string>;
  readonly codes: Set<OccurrenceCode>;
  readonly told: Set<string>;
  /** Latest first; kept only for a rule that waits for several. */
  readonly reports: Facts[];
}
const newStory = (): Story => ({
  sources: new Set(),
  codes: new Set(),
  told: new Set(),
  reports: [],
});

interface News {
  readonly firsts: ReadonlySet<string>;
  readonly changes: readonly StatusChange[];
}
const none: ReadonlySet<string> = new Set();

/** The counts of the days before, at most 28, and none from before anything was known. */
export function pastDays(day: string, known: number, count: (day: string) => number): number[] {
  const start = Date.parse(day);
  return Array.from({ length: Math.min(Math.max(known, 0), burstDays) }, (_, back) =>
    count(isoDay(new Date(start - (back + 1) * dayMs))),
  );
}

const dayMs = 86_400_000;
const isoDay = (date: Date): string => date.toISOString().slice(0, 10);
const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
