import { html, raw } from "hono/html";
import type { Digest, SourceLine, StoryBlock, TopicSection } from "./model.ts";
import type { StatusLine } from "./status.ts";

/**
 * The digest as HTML. No colour is set for text or background: clients that invert, and those that do not, both keep
 * their own contrast. `html` escapes text and attributes; links have passed `safeUrl`.
 */
export function renderHtml(digest: Digest, unsubscribeUrl: string): string {
  const { words: say } = digest;
  return String(html`<!doctype html>
<html lang="${digest.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${digest.subject}</title>
</head>
<body style="margin:0;padding:0;color-scheme:light dark">
<div style="${column}">
<h1 style="font-size:24px;line-height:1.25;margin:0 0 4px">${digest.title}</h1>
<p style="${small}margin:0 0 20px">${digest.day}</p>
${digest.cases.map(
  ({ title, lines }) => html`<h2 style="${h2}">${say.headings.status}: ${title}</h2>
<ul style="list-style:none;margin:0 0 20px;padding:0 0 0 14px;border-left:4px solid ${accent}">${lines.map(statusItem)}</ul>`,
)}
<h2 style="${h2}">${say.headings.changed}</h2>
<p style="margin:0 0 20px">${digest.changed}</p>
${digest.topics.map((topic) => topicSection(topic, digest))}
<hr style="border:0;border-top:1px solid ${accent};margin:28px 0 16px">
<p style="${small}margin:0 0 8px">${digest.checked} ${digest.because}</p>
<p style="${small}margin:0"><a href="${digest.webUrl}">${say.links.web}</a>${raw(readerBegin)} · <a href="${unsubscribeUrl}">${say.links.unsubscribe}</a>${raw(readerEnd)}</p>
</div>
</body>
</html>
`);
}

const readerBegin = "<!--reader-->";
const readerEnd = "<!--/reader-->";

/** The page that anyone may open: without what belongs to the one reader. Content cannot forge the marks: it is escaped. */
export const withoutReader = (page: string): string =>
  page.replace(/<!--reader-->[\s\S]*?<!--\/reader-->/g, "");

// Its contrast is above 3:1 on white and on black.
const accent = "#b5651d";
const column =
  "max-width:640px;margin:0 auto;padding:20px 16px;font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;overflow-wrap:anywhere";
const small = "font-size:14px;line-height:1.5;";
const h2 = "font-size:18px;line-height:1.3;margin:0 0 8px";
const badge =
  "display:inline-block;border:1px solid;border-radius:3px;padding:0 5px;margin-right:6px;font-family:Arial,sans-serif;font-size:14px;line-height:1.4";

type Html = ReturnType<typeof html>;

function statusItem({ names, status, detail, evidence }: StatusLine): Html {
  return html`<li style="margin:0 0 10px"><strong>${names}: ${status}</strong>${detail ? ` ${detail}` : ""}${
    evidence
      ? html`<br><span style="${small}">${evidence.confirmation}: ${linked(evidence.source, evidence.url)}, ${evidence.published}, ${evidence.found}</span>`
      : ""
  }</li>`;
}

function topicSection(topic: TopicSection, { words: say }: Digest): Html {
  return html`<h2 style="font-size:20px;line-height:1.3;margin:28px 0 12px;padding-top:12px;border-top:1px solid ${accent}">${topic.title}</h2>
${topic.stories.map((story) => storyArticle(story, say))}
${topic.omitted > 0 ? html`<p style="margin:0 0 16px"><a href="${topic.timelineUrl}">${say.omitted(topic.omitted)}</a></p>` : ""}
${
  topic.archived > 0
    ? html`<h3 style="font-size:16px;margin:16px 0 6px">${say.headings.archive}</h3>
<ul style="${small}margin:0 0 8px;padding-left:20px">${topic.archive.map((entry) => sourceItem(entry, say))}</ul>
<p style="${small}margin:0"><a href="${topic.timelineUrl}">${say.archive(topic.archived)}</a></p>`
    : ""
}`;
}

function storyArticle(story: StoryBlock, say: Digest["words"]): Html {
  return html`<h3 style="font-size:18px;line-height:1.3;margin:18px 0 4px">${linked(story.title, story.url)}</h3>
<p style="${small}margin:0 0 6px"><span style="${badge}">${story.label}</span>${
    story.late === null ? "" : html`<span style="${badge}">${say.labels.late}</span>`
  }${story.counts}</p>
${story.late === null ? "" : html`<p style="${small}margin:0 0 6px"><em>${story.late}</em></p>`}
${story.occurrences.map(
  ({ what, sentence }) =>
    html`<blockquote style="margin:0 0 6px;padding:0 0 0 12px;border-left:2px solid ${accent}"><strong>${what}.</strong> “${sentence}”</blockquote>`,
)}
<ul style="${small}margin:6px 0;padding-left:20px">${story.sources.map((source) => sourceItem(source, say))}${
    story.more === null ? "" : html`<li>${story.more}</li>`
  }</ul>
<p style="${small}margin:0 0 14px">${say.labels.why}: ${story.why}</p>`;
}

const sourceItem = (
  { source, title, url, published, found }: SourceLine,
  say: Digest["words"],
): Html =>
  html`<li style="margin:0 0 4px"><strong>${source}</strong>: ${linked(title, url)}${url === null ? ` (${say.noLink})` : ""}<br>${published}, ${found}</li>`;

const linked = (text: string, url: string | null): Html | string =>
  url === null ? text : html`<a href="${url}">${text}</a>`;
