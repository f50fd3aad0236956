import { marks } from "./marks.ts";
import type { Digest, StoryBlock, TopicSection } from "./model.ts";
import type { SourceLine } from "./source.ts";
import type { StatusLine } from "./status.ts";
import type { CorrectionLine } from "./told.ts";

/** The digest as plain text: everything that the HTML part says, in the same order. */
export function renderText(digest: Digest): string {
  const { words: say, quiet } = digest;
  return [
    `${quiet ? say.quiet.title : digest.title}\n${digest.day}`,
    ...(quiet ? [quietText(digest)] : []),
    ...(digest.corrections.length > 0 ? [correctionsText(digest)] : []),
    ...digest.cases.map(
      ({ title, lines }) =>
        `${heading(`${say.headings.status}: ${title}`)}\n${lines.map(statusText).join("\n")}`,
    ),
    ...(quiet ? [] : [`${heading(say.headings.changed)}\n${digest.changed}`]),
    ...digest.topics.map((topic) => topicText(topic, digest)),
    `--\n${[...(digest.feeds && !quiet ? [digest.feeds] : []), digest.checked, digest.because].join("\n")}`,
    [
      `${say.links.web}: ${digest.webUrl}`,
      `${say.links.unsubscribe}: ${marks.unsubscribe}`,
      `${say.links.unsubscribeAll}: ${marks.unsubscribeAll}`,
    ].join("\n"),
  ].join("\n\n");
}

const heading = (text: string): string => `${text.toUpperCase()}\n${"=".repeat(text.length)}`;

function quietText({ quiet, feeds, words: say }: Digest): string {
  const last = quiet?.last ?? null;
  return [
    quiet?.since ?? "",
    ...(feeds ? [feeds] : []),
    last === null
      ? say.quiet.nothingYet
      : `${say.quiet.last(last.title)}\n  ${last.source}, ${last.published}, ${last.found}${last.url ? `\n  ${last.url}` : ""}`,
  ].join("\n");
}

function correctionsText({ corrections, omittedCorrections, words: say }: Digest): string {
  return [
    heading(say.headings.corrections),
    ...corrections.map((line) => correctionText(line, say.noLink)),
    ...(omittedCorrections > 0
      ? [`${say.omittedCorrections(omittedCorrections)}: ${marks.web}`]
      : []),
  ].join("\n");
}

const correctionText = ({ what, told, now }: CorrectionLine, noLink: string): string =>
  [
    `* ${what}`,
    ...(told === null ? [] : [sourceText(told, noLink)]),
    ...now.map((line) => `  ${line}`),
  ].join("\n");

function statusText({ names, status, detail, before, disputed, evidence }: StatusLine): string {
  return [
    `${names}: ${[status, detail, ...(before === null ? [] : [`[${before}]`])].filter(Boolean).join(" ")}`,
    ...(evidence ? [indented(evidence.confirmation, evidence.source)] : []),
    ...(disputed ? [indented(disputed.what, disputed.source)] : []),
  ].join("\n");
}

const indented = (what: string, { source, published, found, url }: SourceLine): string =>
  `  ${what}: ${source}, ${published}, ${found}${url ? `\n  ${url}` : ""}`;

function topicText(topic: TopicSection, digest: Digest): string {
  const { words: say } = digest;
  const archive =
    topic.archived === 0
      ? []
      : [
          `${say.headings.archive}\n${[
            ...topic.archive.map((entry) => sourceText(entry, say.noLink)),
            `${say.archive(topic.archived)}: ${topic.timelineUrl}`,
          ].join("\n")}`,
        ];
  return [
    heading(topic.title),
    ...topic.stories.map((story) => storyText(story, digest)),
    ...(topic.omitted > 0 ? [`${say.omitted(topic.omitted)}: ${digest.webUrl}`] : []),
    ...archive,
  ].join("\n\n");
}

function storyText(story: StoryBlock, { words: say }: Digest): string {
  const labels = [story.label, ...(story.late === null ? [] : [say.labels.late])].join(", ");
  return [
    `${story.title} [${labels}]`,
    story.counts,
    ...(story.late === null ? [] : [story.late]),
    ...story.occurrences.map(({ what, sentence }) => `> ${what}: “${sentence}”`),
    ...story.sources.map((source) => sourceText(source, say.noLink)),
    ...(story.more === null ? [] : [`  ${story.more}`]),
    `${say.labels.why}: ${story.why}`,
  ].join("\n");
}

const sourceText = ({ source, title, url, published, found }: SourceLine, noLink: string): string =>
  `- ${source}: ${title} (${published}, ${found})\n  ${url ?? noLink}`;
