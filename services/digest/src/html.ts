import { html, raw } from "hono/html";
import { marks, onlyForReader } from "./marks.ts";
import type { Digest, StoryBlock, TopicSection } from "./model.ts";
import type { SourceLine } from "./source.ts";
import type { StatusLine, Tone } from "./status.ts";
import type { CorrectionLine } from "./told.ts";

/**
 * The digest as HTML. No colour is set for text or background: clients that invert, and those that do not, both keep
 * their own contrast. `html` escapes text and attributes; links have passed `safeUrl`.
 */
export function renderHtml(digest: Digest): string {
  const { words: say, quiet } = digest;
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
<div style="display:none;max-height:0;overflow:hidden">${quiet ? quiet.since : digest.changed}</div>
<div style="${column}">
<p style="${small}${soft}margin:0 0 4px">Newsledger · ${digest.day}</p>
<h1 style="${serif}font-size:26px;line-height:1.2;margin:0 0 20px">${quiet ? say.quiet.title : digest.title}</h1>
${quiet ? quietPart(quiet, digest) : ""}
${digest.corrections.length > 0 ? correctionsPart(digest) : ""}
${digest.cases.map(
  ({ title, lines }) => html`<h2 style="${h2}">${say.headings.status}: ${title}</h2>
<ul style="list-style:none;margin:0 0 26px;padding:0">${lines.map((line) => statusItem(line))}</ul>`,
)}
${
  quiet
    ? ""
    : html`<h2 style="${h2}">${say.headings.changed}</h2>
<p style="margin:0 0 26px">${digest.changed}</p>`
}
${digest.topics.map((topic) => topicSection(topic, digest))}
<hr style="border:0;border-top:1px solid ${accent};margin:30px 0 16px">
${digest.feeds && !quiet ? html`<p style="${small}${soft}margin:0 0 8px">${digest.feeds}</p>` : ""}
<p style="${small}${soft}margin:0 0 8px">${digest.checked} ${digest.because}</p>
<p style="${small}margin:0"><a href="${digest.webUrl}">${say.links.web}</a>${raw(onlyForReader.begin)} · <a href="${marks.unsubscribe}">${say.links.unsubscribe}</a> · <a href="${marks.unsubscribeAll}">${say.links.unsubscribeAll}</a>${raw(onlyForReader.end)}</p>
</div>
</body>
</html>
`);
}

// Their contrast is above 3:1 on white and on black.
const accent = "#b5651d";
const toneColours: Readonly<Record<Tone, string>> = {
  held: "#c0392b",
  between: "#b5651d",
  free: "#2e8b57",
  unknown: "#808080",
};
const column =
  "max-width:640px;margin:0 auto;padding:24px 18px 32px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:anywhere";
const serif = "font-family:Georgia,'Times New Roman',serif;";
const small = "font-size:14px;line-height:1.5;";
const soft = "opacity:.8;";
const h2 = `${serif}font-size:20px;line-height:1.3;margin:0 0 10px`;
const badge =
  "display:inline-block;border:1px solid;border-radius:3px;padding:0 6px;margin-right:6px;font-size:14px;line-height:1.4";

export type Html = ReturnType<typeof html>;

function quietPart({ last }: NonNullable<Digest["quiet"]>, digest: Digest): Html {
  const { words: say, quiet } = digest;
  return html`<p style="margin:0 0 8px">${quiet?.since ?? ""}</p>
${digest.feeds ? html`<p style="margin:0 0 8px">${digest.feeds}</p>` : ""}
<p style="margin:0 0 22px">${
    last === null
      ? say.quiet.nothingYet
      : html`${say.quiet.last("")}${linked(last)}<br><span style="${small}${soft}">${last.source}, ${last.published}, ${last.found}</span>`
  }</p>`;
}

function correctionsPart({ corrections, omittedCorrections, words: say }: Digest): Html {
  return html`<div style="border:2px solid ${accent};border-radius:6px;padding:12px 16px 4px;margin:0 0 26px">
<h2 style="${h2}">${say.headings.corrections}</h2>
<ul style="margin:0;padding:0;list-style:none">${corrections.map(correctionItem)}</ul>
${omittedCorrections > 0 ? html`<p style="${small}margin:0 0 10px"><a href="${marks.web}">${say.omittedCorrections(omittedCorrections)}</a></p>` : ""}
</div>`;
}

const correctionItem = ({ what, told, now }: CorrectionLine): Html =>
  html`<li style="margin:0 0 12px"><strong>${what}</strong>${
    told === null
      ? ""
      : html`<br>${linked(told)}<br><span style="${small}${soft}">${told.source}, ${told.published}, ${told.found}</span>`
  }${now.map((line) => html`<br><bdi>${line}</bdi>`)}</li>`;

function statusItem({ names, status, detail, before, disputed, tone, evidence }: StatusLine): Html {
  return html`<li style="margin:0 0 16px;padding:1px 0 1px 14px;border-left:5px solid ${toneColours[tone]}"><strong style="font-size:17px">${names}</strong><br><strong>${status}</strong>${detail ? ` ${detail}` : ""}${
    before === null ? "" : html` <span style="${badge}">${before}</span>`
  }${
    evidence
      ? html`<br><span style="${small}${soft}">${evidence.confirmation}: ${linked(evidence.source, evidence.source.source)}, ${evidence.source.published}, ${evidence.source.found}</span>`
      : ""
  }${
    disputed
      ? html`<br><span style="${small}"><em>${disputed.what}:</em> ${linked(disputed.source, disputed.source.source)}, ${disputed.source.published}, ${disputed.source.found}</span>`
      : ""
  }</li>`;
}

function topicSection(topic: TopicSection, { words: say }: Digest): Html {
  return html`<h2 style="${h2};padding-top:16px;border-top:1px solid ${accent}">${topic.title}</h2>
${topic.stories.map((story) => storyPart(story, say))}
${topic.omitted > 0 ? html`<p style="margin:0 0 16px"><a href="${marks.web}">${say.omitted(topic.omitted)}</a></p>` : ""}
${
  topic.archived > 0
    ? html`<h3 style="font-size:16px;margin:16px 0 6px">${say.headings.archive}</h3>
<ul style="${small}margin:0 0 8px;padding-left:20px">${topic.archive.map((entry) => sourceItem(entry, say, null))}</ul>
<p style="${small}margin:0 0 20px"><a href="${topic.timelineUrl}">${say.archive(topic.archived)}</a></p>`
    : ""
}`;
}

function storyPart(story: StoryBlock, say: Digest["words"]): Html {
  return html`<h3 style="${serif}font-size:18px;line-height:1.3;margin:18px 0 6px">${linked(story)}</h3>
<p style="${small}margin:0 0 8px"><span style="${badge}">${story.label}</span>${
    story.late === null ? "" : html`<span style="${badge}">${say.labels.late}</span>`
  }${story.counts}</p>
${story.late === null ? "" : html`<p style="${small}margin:0 0 8px"><em>${story.late}</em></p>`}
${story.occurrences.map(
  ({ what, sentence }) =>
    html`<blockquote style="margin:0 0 8px;padding:0 0 0 12px;border-left:2px solid ${accent}"><strong>${what}.</strong> <bdi>“${sentence}”</bdi></blockquote>`,
)}
<ul style="${small}margin:6px 0;padding-left:18px">${story.sources.map((source) => sourceItem(source, say, story.title))}${
    story.more === null ? "" : html`<li>${story.more}</li>`
  }</ul>
<p style="${small}${soft}margin:0 0 24px">${say.labels.why}: ${story.why}</p>`;
}

/** Under a story of the same title the source's name is the link: nothing is said twice. */
function sourceItem(source: SourceLine, say: Digest["words"], under: string | null): Html {
  const { title, url, published, found } = source;
  const own = title === under ? "" : html`: ${linked(source)}`;
  const name = title === under ? linked(source, source.source) : source.source;
  return html`<li style="margin:0 0 4px"><strong>${name}</strong>${own}${url === null ? ` (${say.noLink})` : ""}<br><span style="${soft}">${published}, ${found}</span></li>`;
}

/** A source's words keep their own direction, and say their language where it is known. */
function linked(
  { title, url, language }: Pick<SourceLine, "title" | "url" | "language">,
  text = title,
): Html {
  const words =
    language !== null && text === title
      ? html`<bdi lang="${language}">${text}</bdi>`
      : html`<bdi>${text}</bdi>`;
  return url === null ? words : html`<a href="${url}">${words}</a>`;
}
