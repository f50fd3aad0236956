import type { MonthVolume } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

const width = 640;
const height = 60;

export interface Bar {
  month: string;
  reports: number;
  x: number;
  height: number;
}

/** One bar a month from the first to the last, with gaps where nothing was told. */
export function barsOf(months: readonly MonthVolume[]): Bar[] {
  const [first] = months;
  const last = months.at(-1);
  if (!first || !last) return [];
  const span = monthsBetween(first.month, last.month) + 1;
  const most = Math.max(...months.map(({ reports }) => reports));
  return months
    .filter(({ reports }) => reports > 0)
    .map(({ month, reports }) => ({
      month,
      reports,
      x: Math.round((monthsBetween(first.month, month) / span) * width),
      height: Math.max(3, Math.round((reports / most) * height)),
    }));
}

const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
  Number(to.slice(5)) -
  Number(from.slice(5));

/** When the case was told of, at a glance; the same by year in a table. */
export function coverageChart(voice: Voice, months: readonly MonthVolume[]): Html | "" {
  const [first] = months;
  const last = months.at(-1);
  if (!first || !last || months.length < 2) return "";
  const { t, date } = voice;
  const thick = Math.max(2, Math.floor(width / (monthsBetween(first.month, last.month) + 1)) - 1);
  return html`<figure class="coverage">
<figcaption>${t.coverage}: ${date(first.month)} – ${date(last.month)}</figcaption>
<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" aria-hidden="true">
${barsOf(months).map(
  (bar) =>
    html`<rect x="${bar.x}" y="${height - bar.height}" width="${thick}" height="${bar.height}"/>`,
)}
</svg>
${byYear(voice, months)}
</figure>`;
}

function byYear(voice: Voice, months: readonly MonthVolume[]): Html {
  const { t, number } = voice;
  const years = [...Map.groupBy(months, ({ month }) => month.slice(0, 4))];
  const sum = (some: readonly MonthVolume[], of: "stories" | "reports" | "copies") =>
    number(some.reduce((total, month) => total + month[of], 0));
  const many = (noun: "story" | "independentReport" | "copy") => t.nouns[noun][1];
  return html`<details><summary>${t.year}</summary>
<table><thead><tr><th scope="col">${t.year}</th><th scope="col">${many("story")}</th><th scope="col">${many("independentReport")}</th><th scope="col">${many("copy")}</th></tr></thead>
<tbody>${years.map(
    ([year, some]) =>
      html`<tr><th scope="row">${year}</th><td>${sum(some, "stories")}</td><td>${sum(some, "reports")}</td><td>${sum(some, "copies")}</td></tr>`,
  )}</tbody></table></details>`;
}
