import type { Digest, SourceLine, StoryBlock, TopicSection } from "./model.ts";
import type { StatusLine } from "./status.ts";

/** The digest as plain text: everything that the HTML part says, in the same order. */
export function renderText(digest: Digest, unsubscribeUrl: string): string {
  const { words: say } = digest;
  return [
    `${digest.title}\n${digest.day}`,
    ...digest.cases.map(
      ({ title, lines }) =>
        `${heading(`${say.headings.status}: ${title}`)}\n${lines.map(statusText).join("\n")}`,
    ),
    `${heading(say.headings.changed)}\n${digest.changed}`,
    ...digest.topics.map((topic) => topicText(topic, digest)),
    `--\n${digest.checked}\n${digest.because}\n${say.links.web}: ${digest.webUrl}\n${say.links.unsubscribe}: ${unsubscribeUrl}`,
  ].join("\n\n");
}

const heading = (text: string): string => `${text.toUpperCase()}\n${"=".repeat(text.length)}`;

function statusText({ names, status, detail, evidence }: StatusLine): string {
  const first = `${names}: ${[status, detail].filter(Boolean).join(" ")}`;
  if (!evidence) return first;
  const { confirmation, source, published, found, url } = evidence;
  return `${first}\n  ${confirmation}: ${source}, ${published}, ${found}${url ? `\n  ${url}` : ""}`;
}

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
    ...(topic.omitted > 0 ? [`${say.omitted(topic.omitted)}: ${topic.timelineUrl}`] : []),
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
