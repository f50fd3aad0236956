import { contentId } from "@newsledger/core";
import type { AnyTransaction } from "@newsledger/eventlog";
import {
  type CaseStatus,
  type CaseTopic,
  type Correction,
  caseStatus,
  corrections,
  type DigestContent,
  digestContent,
  type StoryEntry,
  timeline,
} from "@newsledger/readmodels";
import type { Database, Press } from "./database.ts";
import { dayOf } from "./dates.ts";
import { plain, remember } from "./remember.ts";
import { type Rendered, render } from "./render.ts";
import type { Schedule } from "./schedule.ts";
import type { Language } from "./words.ts";

/** What one reader's next digest is about. */
export interface Edition {
  readonly language: Language;
  readonly schedule: Schedule;
  readonly topics: readonly string[];
  /** The window of the ledger, (from, to]. */
  readonly from: bigint;
  readonly to: bigint;
  readonly periodEnd: Date;
  /** Where the reader came in: what the ledger learnt before was never told to them. */
  readonly startedFrom: bigint;
  /** Set where a sign of life is wanted when there is nothing to tell: since when there was nothing. */
  readonly quietSince: Date | null;
}

export interface Draft extends Rendered {
  readonly kind: "news" | "heartbeat";
  /** A function of the words: who gets the same words gets the same edition. */
  readonly editionId: string;
  /** Positions at which the reader was told what this digest corrects. */
  readonly corrects: readonly string[];
}

type Reader = Database | AnyTransaction;
type Installation = Pick<Press, "topics" | "publicUrl" | "log" | "feeds">;

/**
 * Composes digests, and remembers what readers have in common: the same topics, window, zone and language are read and
 * worded once. Meant for one round; what the feeds are like is asked once.
 */
export interface Desk {
  /** Null when there is nothing to tell. */
  draft(db: Reader, edition: Edition): Promise<Draft | null>;
}

export function openDesk(press: Installation): Desk {
  // Readers come in the order of their topics and windows: one is under way at a time, and it may be the whole ledger.
  const contents = remember<DigestContent>(1);
  const statuses = remember<CaseStatus>(64);
  const retractions = remember<Correction[]>(16);
  const removed = remember<string[]>(16);
  const latest = remember<StoryEntry | null>(64);
  const drafts = remember<Draft>(8);
  const feeds = remember<readonly Awaited<ReturnType<NonNullable<Press["feeds"]>>>[number][]>(1);

  const statusOf = (db: Reader, topic: CaseTopic, today: Date, knownAt: bigint) =>
    statuses([topic.id, knownAt, today.toISOString().slice(0, 10)], () =>
      caseStatus(db, { topic, today, knownAt }),
    );

  async function correctionsOf(db: Reader, { topics, from, to, startedFrom }: Edition) {
    if (from <= startedFrom) return [];
    const redacted = await removed([from, to], () => removedTexts(press, from, to));
    const all = await retractions([topics, from, to], () =>
      corrections(db, { topics, from, to, redacted }),
    );
    return all.filter(({ toldAt }) => BigInt(toldAt) > startedFrom);
  }

  return {
    async draft(db, edition) {
      const { topics: ids, from, to, periodEnd, startedFrom, schedule, language } = edition;
      const content = await contents([ids, from, to], async () =>
        needed(await digestContent(db, { topics: ids, from, to })),
      );
      const retracted = await correctionsOf(db, edition);
      const topics = ids.map((id) => press.topics.find((one) => one.id === id) ?? unknown(id));
      const cases: { before: CaseStatus | null; now: CaseStatus }[] = [];
      for (const topic of topics.filter(({ subjects }) => subjects.length > 0)) {
        const now = await statusOf(db, topic, periodEnd, to);
        const told = from > startedFrom && from < to;
        cases.push({ before: told ? await statusOf(db, topic, periodEnd, from) : null, now });
      }
      const news = content.stories.length > 0 || retracted.length > 0;
      if (!news && edition.quietSince === null) return null;
      const quiet = news ? null : edition.quietSince;
      const { timeZone } = schedule;
      const key = [
        ...[ids, language, from, to, from > startedFrom, schedule.schedule, schedule.at, timeZone],
        ...[dayOf(periodEnd, language, timeZone), periodEnd.toISOString().slice(0, 10)],
        ...[
          retracted.map(({ kind, toldAt }) => kind + toldAt),
          quiet && dayOf(quiet, language, timeZone),
        ],
      ];
      return drafts(key, async () => {
        const rendered = render({
          ...{ language, schedule, periodEnd, topics, content },
          statuses: cases,
          corrections: retracted,
          feeds: await feeds([], async () => (await press.feeds?.()) ?? []),
          quiet: quiet
            ? { since: quiet, last: await latest([ids, to], () => lastFind(db, ids, to)) }
            : undefined,
          publicUrl: press.publicUrl,
        });
        const { subject, html, text } = rendered;
        return {
          ...rendered,
          kind: quiet ? "heartbeat" : "news",
          editionId: contentId("edition", JSON.stringify(key, plain), subject, html, text),
          corrects: [...new Set(retracted.map(({ toldAt }) => toldAt))],
        };
      });
    },
  };
}

/** What a digest shows of it: of reports that it does not list, only the counts. */
const needed = (content: DigestContent): DigestContent => ({
  ...content,
  stories: content.stories.map((story) => ({ ...story, reports: story.reports.slice(0, 1) })),
});

const unknown = (id: string): CaseTopic => ({ id, title: { en: id, es: id }, subjects: [] });

/** The hashes of the texts whose words were removed in the window. */
async function removedTexts({ log }: Installation, from: bigint, to: bigint): Promise<string[]> {
  const hashes: string[] = [];
  for await (const event of log.read({ types: ["text.redacted"], after: from, upTo: to }))
    if (event.type === "text.redacted") hashes.push(event.data.textHash);
  return hashes;
}

async function lastFind(
  db: Reader,
  topics: readonly string[],
  to: bigint,
): Promise<StoryEntry | null> {
  const newest: StoryEntry[] = [];
  for (const topic of topics) {
    const { items } = await timeline(db, { topic, knownAt: to, limit: 1 });
    newest.push(...items);
  }
  return newest.toSorted((a, b) => b.foundAt.getTime() - a.foundAt.getTime())[0] ?? null;
}
