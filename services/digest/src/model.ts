import type {
  CaseStatus,
  CaseTopic,
  DigestContent,
  DigestStory,
  OccurrenceLine,
  Report,
} from "@newsledger/readmodels";
import { dayOf, moment, reported } from "./dates.ts";
import { line, safeUrl } from "./plain.ts";
import type { Schedule } from "./schedule.ts";
import { type StatusLine, statusLines } from "./status.ts";
import { type Language, type Words, words } from "./words.ts";

/** One digest, ready to be shown: the HTML part and the text part are two spellings of it. */
export interface Digest {
  readonly language: Language;
  readonly subject: string;
  readonly title: string;
  readonly day: string;
  readonly cases: readonly { title: string; lines: readonly StatusLine[] }[];
  readonly changed: string;
  readonly topics: readonly TopicSection[];
  readonly checked: string;
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

export interface SourceLine {
  readonly source: string;
  readonly title: string;
  readonly url: string | null;
  readonly published: string;
  readonly found: string;
}

export interface DigestInput {
  readonly issueId: string;
  readonly language: Language;
  readonly schedule: Schedule;
  readonly periodEnd: Date;
  /** The topics of the subscription, most important first. */
  readonly topics: readonly CaseTopic[];
  readonly statuses: readonly CaseStatus[];
  readonly content: DigestContent;
  readonly publicUrl: string;
  /** At most so many stories are told in full. */
  readonly most: number;
}

const archiveShown = 5;
const sourcesShown = 5;
const occurrencesShown = 3;

/** What the ledger holds, as this reader will read it. */
export function compose(input: DigestInput): Digest {
  const { language, schedule, topics, content, publicUrl, issueId } = input;
  const say = words[language];
  const title = topics.map((topic) => topic.title[language]).join(" · ");
  const day = dayOf(input.periodEnd, language, schedule.timeZone);
  const told = byTopic(input);
  return {
    language,
    subject: subject(input, told, say),
    title,
    day,
    cases: input.statuses
      .filter(({ persons }) => persons.length > 0)
      .map((status) => ({
        title: status.title[language],
        lines: statusLines(status, language, schedule.timeZone),
      })),
    changed: changed(content, say),
    topics: sections(input, told),
    checked: say.checked(content.volume.itemsSeen, content.volume.articlesUnderstood),
    because: say.because(
      topics.map((topic) => topic.title[language]).join(", "),
      say.every(schedule.schedule, schedule.at, schedule.timeZone),
    ),
    webUrl: `${publicUrl}/digests/${issueId}`,
    words: say,
  };
}

interface Told {
  readonly topic: CaseTopic;
  readonly news: readonly DigestStory[];
  readonly archive: readonly DigestStory[];
}

/** Each story once, under the first topic of the reader's that it concerns; what may alert comes first. */
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
  let room = input.most;
  return told
    .filter(({ news, archive }) => news.length + archive.length > 0)
    .map(({ topic, news, archive }) => {
      const shown = news.slice(0, room);
      room -= shown.length;
      return {
        title: topic.title[input.language],
        timelineUrl: `${input.publicUrl}/cases/${encodeURIComponent(topic.id)}`,
        stories: shown.map((story) => storyBlock(story, input)),
        archive: archive.slice(0, archiveShown).map((story) => sourceLine(story, input)),
        archived: archive.length,
        omitted: news.length - shown.length,
      };
    });
}

function storyBlock(story: DigestStory, input: DigestInput): StoryBlock {
  const { language } = input;
  const say = words[language];
  const entries = story.entries.length > 0 ? story.entries : story.reports.slice(0, 1);
  const published = story.publishedAt;
  return {
    title: line(story.title),
    url: safeUrl(story.url),
    label: say.labels[story.kind],
    late:
      story.lateFind && published
        ? say.lateFind(dayOf(published, language, input.schedule.timeZone))
        : null,
    counts: [
      say.independent(story.independent),
      ...(story.copies > 0 ? [say.copies(story.copies)] : []),
    ].join(", "),
    occurrences: story.occurrences
      .slice(0, occurrencesShown)
      .map((occurrence) => occurrenceLine(occurrence, language)),
    sources: entries.slice(0, sourcesShown).map((report) => sourceLine(report, input)),
    more: entries.length > sourcesShown ? say.more(entries.length - sourcesShown) : null,
    why: line(story.why),
  };
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

function sourceLine(
  report: Pick<Report, "source" | "title" | "url" | "publishedAt" | "foundAt">,
  { language, schedule: { timeZone } }: Pick<DigestInput, "language" | "schedule">,
): SourceLine {
  const { labels } = words[language];
  const { publishedAt, foundAt } = report;
  return {
    source: line(report.source, 80),
    title: line(report.title, 200),
    url: safeUrl(report.url),
    published:
      publishedAt === null
        ? labels.undated
        : `${labels.published} ${moment(publishedAt, language, timeZone)}`,
    found: `${labels.found} ${moment(foundAt, language, timeZone)}`,
  };
}

function changed({ stories }: DigestContent, say: Words): string {
  const news = stories.filter(({ backfill }) => !backfill);
  const opened = news.filter(({ kind }) => kind === "new").length;
  const reports = news.reduce((sum, { entries }) => sum + entries.length, 0);
  const copies = news.reduce((sum, { newCopies }) => sum + newCopies, 0);
  return [
    opened > 0 ? say.newStories(opened) : "",
    news.length > opened ? say.developed(news.length - opened) : "",
    reports > 0 ? say.independent(reports) : "",
    copies > 0 ? say.copies(copies) : "",
    stories.length > news.length ? say.archive(stories.length - news.length) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** Says what happened, not that a digest has come: the first headline, and how many more there are. */
function subject(
  { topics, language, content }: DigestInput,
  told: readonly Told[],
  say: Words,
): string {
  const first = told.find(({ news }) => news.length > 0);
  const headline = first?.news[0]?.title;
  const topic = (first?.topic ?? topics[0])?.title[language] ?? "Newsledger";
  if (headline === undefined) return line(`${topic}: ${say.archive(content.stories.length)}`, 150);
  const rest = told.reduce((sum, { news }) => sum + news.length, 0) - 1;
  return `${line(`${topic}: ${line(headline)}`, 140)}${rest > 0 ? ` (+${rest})` : ""}`;
}
