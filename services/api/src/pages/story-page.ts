import type { StoryReport, StoryView } from "@newsledger/readmodels";
import { html } from "hono/html";
import { page } from "./layout.ts";
import {
  casePath,
  dayIn,
  type Html,
  languageOf,
  moment,
  outward,
  reason,
  spoken,
  storyPath,
  type TitleOf,
} from "./parts.ts";
import { dates, occurrence } from "./story.ts";
import type { Voice } from "./voice.ts";
import { compareWording } from "./wording.ts";

/** Somebody's words, and the outlets that carry them. */
export interface ComparedQuote {
  text: string;
  speaker: string | null;
  language: string | null;
  sources: string[];
}

/** One story: every report beside the others, what each alone says, and what was changed later. */
export function storyPage(
  voice: Voice,
  story: StoryView,
  quotes: readonly ComparedQuote[],
  titleOf: TitleOf,
): Html {
  const { t, count } = voice;
  const path = storyPath(story.storyId);
  return page({
    voice,
    title: story.title,
    address: path,
    body: html`<h1 class="headline">${spoken(voice, story.title, story.language)}</h1>
<p class="lede">${count(story.independent, "independentReport")}${
      story.copies > 0 ? `, ${count(story.copies, "copy")}` : ""
    }. ${story.topics.map(
      ({ topicId }) => html`<a href="${casePath(topicId)}">${titleOf(topicId)}</a> `,
    )}</p>
${dates(voice, story)}
<p class="why">${t.why} ${reason(voice, story.because, titleOf)}</p>
<h2 id="reports">${t.reports}</h2>
${reportTable(voice, story.reports)}
${told(voice, story)}
${quotes.length > 0 ? quoteTable(voice, quotes) : ""}
<h2 id="edits">${t.edits}</h2>
${edits(voice, story)}
<p class="dates"><a href="/v1${path}">${t.asData}</a> · <a href="/v1${path}/evidence" download>${t.evidence}</a> · <a href="/v1/verify-bundle.ts" download>${t.verifier}</a></p>`,
  });
}

function reportTable(voice: Voice, reports: readonly StoryReport[]): Html {
  const { t } = voice;
  const named = Map.groupBy(
    reports.flatMap(({ names, documentId }) => names.map((name) => ({ name, documentId }))),
    ({ name }) => name,
  );
  const alone = ({ names }: StoryReport) => names.filter((name) => named.get(name)?.length === 1);
  const byDocument = new Map(reports.map((report) => [report.documentId, report]));
  return html`<div class="wide cards" tabindex="0" role="region" aria-labelledby="reports"><table>
<thead><tr><th scope="col">${t.source}</th><th scope="col">${t.title}</th><th scope="col">${t.relation}</th><th scope="col">${t.publishedColumn}</th><th scope="col">${t.foundColumn}</th><th scope="col">${t.wordsColumn}</th><th scope="col">${t.onlyHere}</th></tr></thead>
<tbody>
${reports.map(
  (
    report,
  ) => html`<tr class="r-${report.relation}"><th scope="row">${outward(voice, report.url, report.source)}</th>
<td data-is="${t.title}">${spoken(voice, report.title, report.language)}${report.byline ? html`<br><small>${report.byline}</small>` : ""}</td>
<td data-is="${t.relation}">${t.relations[report.relation]}${report.nearest ? html`<br><small>${t.alike(Math.round(report.nearest.score * 100), report.nearest.method)}</small>` : ""}${
    isCopyFromBefore(report, byDocument)
      ? html`<br><span class="late">${t.publishedBefore}</span>`
      : ""
  }</td>
<td data-is="${t.publishedColumn}">${report.publishedAt ? dayIn(voice, report.publishedAt) : t.undated}</td>
<td data-is="${t.foundColumn}">${dayIn(voice, report.foundAt)}</td>
<td data-is="${t.wordsColumn}">${report.words === null ? "" : voice.number(report.words)}</td>
<td data-is="${t.onlyHere}">${reports.length > 1 ? alone(report).slice(0, 6).join(", ") : ""}</td></tr>`,
)}
</tbody></table></div>`;
}

/** Copies are told by when they were found; one that its source dates earlier may be what the other was copied from. */
function isCopyFromBefore(
  { relation, publishedAt, nearest }: StoryReport,
  byDocument: ReadonlyMap<string, StoryReport>,
): boolean {
  const original = nearest ? byDocument.get(nearest.documentId)?.publishedAt : null;
  return relation === "copy" && !!publishedAt && !!original && publishedAt < original;
}

function told(voice: Voice, story: StoryView): Html | "" {
  if (story.occurrences.length === 0) return "";
  return html`<h2>${voice.t.whatHappened}</h2>
<ul class="deeds">
${story.occurrences.map((one) => html`<li>${occurrence(voice, one, story.language)}</li>`)}
</ul>`;
}

function quoteTable(voice: Voice, quotes: readonly ComparedQuote[]): Html {
  const { t } = voice;
  return html`<h2 id="quotes">${t.quotes}</h2>
<div class="wide cards" tabindex="0" role="region" aria-labelledby="quotes"><table>
<thead><tr><th scope="col">${t.saying}</th><th scope="col">${t.speaker}</th><th scope="col">${t.quotedBy}</th></tr></thead>
<tbody>
${quotes.map(({ text, speaker, language, sources }) => {
  const lang = languageOf(voice, language);
  return html`<tr><td>${lang ? html`<q lang="${lang}">${text}</q>` : html`<q>${text}</q>`}</td><td data-is="${t.speaker}">${speaker ?? ""}</td><td data-is="${t.quotedBy}">${sources.join(", ")}</td></tr>`;
})}
</tbody></table></div>`;
}

function edits(voice: Voice, story: StoryView): Html {
  const { t } = voice;
  if (story.edits.length === 0) return html`<p>${t.noEdits}</p>`;
  const change = (textBefore: string, textAfter: string) => {
    if (textBefore === textAfter) return "";
    const { start, before, after, end } = compareWording(textBefore, textAfter);
    return html`<p><del><span class="dates">${t.before}:</span> ${start}<b>${before}</b>${end}</del></p><p><ins><span class="dates">${t.after}:</span> ${start}<b>${after}</b>${end}</ins></p>`;
  };
  return html`<ol class="deeds">
${story.edits.map(
  (edit) => html`<li>${outward(voice, edit.url, edit.source)}, ${moment(voice, edit.at)}
${change(edit.titleBefore, edit.titleAfter)}${change(edit.summaryBefore, edit.summaryAfter)}</li>`,
)}
</ol>`;
}
