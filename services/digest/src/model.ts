import type {
  CaseStatus,
  CaseTopic,
  Correction,
  DigestContent,
  DigestStory,
  OccurrenceLine,
  StoryEntry,
} from "@newsledger/readmodels";
import type { FeedState } from "./database.ts";
import { dayOf, moment, reported } from "./dates.ts";
import { marks } from "./marks.ts";
import { line, safeUrl } from "./plain.ts";
import type { Schedule } from "./schedule.ts";
import { type SourceLine, sourceLine } from "./source.ts";
import { type StatusLine, statusLines } from "./status.ts";
import { type CorrectionLine, correctionLines } from "./told.ts";
import { type Language, type Words, words } from "./words.ts";

/** One digest, ready to be shown: the HTML part and the text part are two spellings of it. */
export interface Digest {
  readonly language: Language;
  readonly subject: string;
  readonly title: string;
  readonly day: string;
  readonly corrections: readonly CorrectionLine[];
  readonly omittedCorrections: number;
  readonly cases: readonly { title: string; lines: readonly StatusLine[] }[];
  readonly changed: string;
  /** A sign of life: that there is nothing new, since when, and what the last find was. Null in a digest with news. */
  readonly quiet: { since: string; last: SourceLine | null } | null;
  readonly topics: readonly TopicSection[];
  readonly checked: string;
  readonly feeds: string | null;
  readonly because: string;
  readonly webUrl: string;
  readonly words: Words;
}

export interface TopicSection {
  readonly title: string;
  readonly timelineUrl: string;
  readonly stories: readonly StoryBlock[];
  /** Older coverage, as headlines only. */
  readonly archive: readonly SourceLine[];
  readonly archived: number;
  /** Stories left out for the size of the mail. */
  readonly omitted: number;
}

export interface StoryBlock {
  readonly title: string;
  /** Of the title; null when it is not known. */
  readonly language: string | null;
  readonly url: string | null;
  readonly label: string;
  /** Set when it was published long before it was found. */
  readonly late: string | null;
  readonly counts: string;
  readonly occurrences: readonly { what: string; sentence: string }[];
  readonly sources: readonly SourceLine[];
  readonly more: string | null;
  readonly why: string;
}

export interface DigestInput {
  readonly language: Language;
  readonly schedule: Schedule;
  readonly periodEnd: Date;
  /** The topics of the subscription, most important first. */
  readonly topics: readonly CaseTopic[];
  /** Where each case stands, and where it stood when the reader was last told; null when they were not. */
  readonly statuses: readonly { before: CaseStatus | null; now: CaseStatus }[];
  readonly content: DigestContent;
  readonly corrections?: readonly Correction[] | undefined;
  readonly feeds?: readonly FeedState[] | undefined;
  /** Of a sign of life: since when there is nothing, and the newest find there is. */
  readonly quiet?: { since: Date; last: StoryEntry | null } | undefined;
  readonly publicUrl: string;
  /** At most so many stories are told in full. */
  readonly most: number;
}

const archiveShown = 5;
const sourcesShown = 5;
const occurrencesShown = 2;
const reasonsShown = 2;

/** What the ledger holds, as this reader will read it. */
export function compose(input: DigestInput): Digest {
  const { language, schedule, topics, content } = input;
  const { timeZone } = schedule;
  const say = words[language];
  const told = byTopic(input);
  const titles = topics.map((topic) => line(topic.title[language], 120));
  const corrections = correctionLines(input.corrections ?? [], input.statuses, language, timeZone);
  const cases = input.statuses
    .filter(({ now }) => now.persons.length > 0)
    .map(({ before, now }) => ({
      title: now.title[language],
      lines: statusLines(now, before, language, timeZone),
    }));
  // Corrections are short and matter most: as many as stories, and never fewer than ten.
  const shown = Math.max(10, input.most);
  return {
    language,
    subject: input.quiet
      ? line(say.quiet.subject(titles.join(", ")), 150)
      : subject(input, told, corrections, say),
    title: titles.join(" · "),
    day: dayOf(input.periodEnd, language, timeZone),
    corrections: corrections.slice(0, shown),
    omittedCorrections: Math.max(0, corrections.length - shown),
    cases,
    changed: changed(input, cases, corrections.length, say),
    quiet: quietWords(input),
    topics: sections(input, told),
    checked: say.checked(content.volume.itemsSeen, content.volume.articlesUnderstood),
    feeds: feedWords(input, say),
    because: say.because(titles.join(", "), say.every(schedule.schedule, schedule.at, timeZone)),
    webUrl: marks.web,
    words: say,
  };
}

interface Told {
  readonly topic: CaseTopic;
  readonly news: readonly DigestStory[];
  readonly archive: readonly DigestStory[];
}

/** Each story under the first of the reader's topics that it concerns. */
function byTopic({ topics, content }: DigestInput): Told[] {
  const groups = Map.groupBy(content.stories, (story) =>
    topics.find((topic) => story.topics.some(({ topicId }) => topicId === topic.id)),
  );
  return topics.map((topic) => {
    const stories = groups.get(topic) ?? [];
    const rank = (story: DigestStory) =>
      story.topics.some(({ topicId, tier }) => topicId === topic.id && tier === "alert") ? 0 : 1;
    return {
      topic,
      news: stories.filter(({ backfill }) => !backfill).toSorted((a, b) => rank(a) - rank(b)),
      archive: stories.filter(({ backfill }) => backfill),
    };
  });
}

function sections(input: DigestInput, told: readonly Told[]): TopicSection[] {
  const { language, schedule } = input;
  let room = input.most;
  return told
    .filter(({ news, archive }) => news.length + archive.length > 0)
    .map(({ topic, news, archive }) => {
      const shown = news.slice(0, room);
      room -= shown.length;
      return {
        title: topic.title[language],
        timelineUrl: `${input.publicUrl}/cases/${encodeURIComponent(topic.id)}`,
        stories: shown.map((story) => storyBlock(story, input)),
        archive: archive
          .slice(0, archiveShown)
          .map((story) => sourceLine(story, language, schedule.timeZone)),
        archived: archive.length,
        omitted: news.length - shown.length,
      };
    });
}

function storyBlock(story: DigestStory, input: DigestInput): StoryBlock {
  const { language, schedule } = input;
  const say = words[language];
  const entries = story.entries.length > 0 ? story.entries : story.reports.slice(0, 1);
  const published = story.publishedAt;
  const head = sourceLine(story, language, schedule.timeZone);
  return {
    title: line(story.title),
    language: head.language,
    url: safeUrl(story.url),
    label: say.labels[story.kind],
    late:
      story.lateFind && published
        ? say.lateFind(dayOf(published, language, schedule.timeZone))
        : null,
    counts: [
      say.independent(story.independent),
      ...(story.copies > 0 ? [say.copies(story.copies)] : []),
    ].join(", "),
    occurrences: story.occurrences
      .slice(0, occurrencesShown)
      .map((occurrence) => occurrenceLine(occurrence, language)),
    sources: entries
      .slice(0, sourcesShown)
      .map((report) => sourceLine(report, language, schedule.timeZone)),
    more: entries.length > sourcesShown ? say.more(entries.length - sourcesShown) : null,
    why: reasons(story, input, say),
  };
}

/** “you follow Citgo 6 (“citgo six” in the title).” Another topic's reason is not this reader's. */
function reasons(story: DigestStory, { topics, language }: DigestInput, say: Words): string {
  const parts = (story.matched ?? []).flatMap(({ topicId, reasons: found }) => {
    const topic = topics.find(({ id }) => id === topicId);
    if (!topic) return [];
    const quotes = new Set(
      found.map(({ matched, field }) => say.quoted(line(matched, 60), say.fields[field])),
    );
    const shown = [...quotes].slice(0, reasonsShown);
    const more = quotes.size > shown.length ? ` ${say.more(quotes.size - shown.length)}` : "";
    return [`${topic.title[language]} (${shown.join(", ")}${more})`];
  });
  return parts.length > 0 ? say.follow(parts.join("; ")) : say.story;
}

function occurrenceLine(
  { code, date, place, sentence }: OccurrenceLine,
  language: Language,
): { what: string; sentence: string } {
  const facts = [
    words[language].occurrence[code],
    ...(date === null ? [] : [reported(date, language)]),
    ...(place === null ? [] : [line(place.name, 80)]),
  ];
  return { what: facts.join(", "), sentence: line(sentence, 320) };
}

function changed(
  { content: { stories } }: DigestInput,
  cases: readonly { lines: readonly StatusLine[] }[],
  corrected: number,
  say: Words,
): string {
  const news = stories.filter(({ backfill }) => !backfill);
  const opened = news.filter(({ kind }) => kind === "new").length;
  const reports = news.reduce((sum, { entries }) => sum + entries.length, 0);
  const copies = news.reduce((sum, { newCopies }) => sum + newCopies, 0);
  const moved = cases.flatMap(({ lines }) => lines).filter(({ before }) => before !== null).length;
  return [
    moved > 0 ? say.statusChanges(moved) : "",
    corrected > 0 ? say.corrected(corrected) : "",
    opened > 0 ? say.newStories(opened) : "",
    news.length > opened ? say.developed(news.length - opened) : "",
    reports > 0 ? say.independent(reports) : "",
    copies > 0 ? say.copies(copies) : "",
    stories.length > news.length ? say.archive(stories.length - news.length) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function quietWords({ quiet, language, schedule }: DigestInput): Digest["quiet"] {
  if (!quiet) return null;
  const { timeZone } = schedule;
  return {
    since: words[language].quiet.since(dayOf(quiet.since, language, timeZone)),
    last: quiet.last && sourceLine(quiet.last, language, timeZone),
  };
}

/** Whether the sources are read at all: what tells that silence is not breakage. */
function feedWords({ feeds, language, schedule }: DigestInput, say: Words): string | null {
  const followed = (feeds ?? []).filter(({ state }) => state !== "retired");
  if (followed.length === 0) return null;
  // A feed that has nothing to say is well.
  const well = followed.filter(({ state }) => state === "healthy" || state === "silent");
  const troubled = followed.filter(({ state }) => state === "dead" || state === "degraded");
  const last = Math.max(0, ...followed.map(({ lastGoodPollAt }) => lastGoodPollAt?.getTime() ?? 0));
  const when = last === 0 ? null : moment(new Date(last), language, schedule.timeZone);
  const names = troubled.slice(0, 3).map(({ title }) => line(title, 60));
  const more = troubled.length > names.length ? ` ${say.more(troubled.length - names.length)}` : "";
  return [
    say.feeds(well.length, followed.length, when),
    ...(names.length > 0 ? [say.troubled(names.join(", ") + more)] : []),
  ].join(" ");
}

/** Says what happened, not that a digest has come: the first headline, and how many more there are. */
function subject(
  { topics, language, content }: DigestInput,
  told: readonly Told[],
  corrections: readonly CorrectionLine[],
  say: Words,
): string {
  const first = told.find(({ news }) => news.length > 0);
  const headline = first?.news[0]?.title;
  const topic = (first?.topic ?? topics[0])?.title[language] ?? "Newsledger";
  if (headline === undefined) {
    const [correction] = corrections;
    const what = correction
      ? [correction.what, ...(correction.told ? [correction.told.title] : [])].join(": ")
      : say.archive(content.stories.length);
    return line(`${topic}: ${what}`, 150);
  }
  const rest = told.reduce((sum, { news }) => sum + news.length, 0) - 1;
  return `${line(`${topic}: ${line(headline)}`, 140)}${rest > 0 ? ` (+${rest})` : ""}`;
}
