import type { MonthVolume } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { Html } from "./parts.ts";
import { dayAt, endsOf, numberOf, type Stops } from "./stops.ts";
import type { Voice } from "./voice.ts";

const height = 40;
const shortest = 2;

/** A month's bar on the axis of the slider: it stands over the stops that lie in the month. */
export interface Bar {
  month: string;
  x: number;
  width: number;
  height: number;
}

/** As high as the axis where a month tells `most`. */
export function barsOf(months: readonly MonthVolume[], stops: Stops, most: number): Bar[] {
  const { first, last } = endsOf(stops, stops.unit);
  const [from, to] = [stops.from.slice(0, 7), stops.to.slice(0, 7)];
  return months
    .filter(({ month, reports }) => reports > 0 && month >= from && month <= to)
    .map(({ month, reports }) => {
      const [start, end] = stretchOf(month, stops);
      return {
        month,
        x: start - first,
        width: Math.min(end, last + 0.5) - start,
        height: Math.max(shortest, Math.round((reports / most) * height)),
      };
    });
}

/** From half a stop before its first to half a stop after its last. */
function stretchOf(month: string, { unit }: Stops): [start: number, end: number] {
  const endOfMonth = dayAt("month", numberOf("month", `${month}-01`));
  return [numberOf(unit, `${month}-01`) - 0.5, numberOf(unit, endOfMonth) + 0.5];
}

export interface Tick {
  /** The first of a year or, on an axis of days, of a month. */
  day: string;
  /** Of the width, in hundredths. */
  percent: number;
}

/** More would run into each other on a phone. */
const mostTicks = 10;

export function ticksOf(stops: Stops): Tick[] {
  const { first, last } = endsOf(stops, stops.unit);
  const [from, to] = [numberOf("month", stops.from), numberOf("month", stops.to)];
  const days = Array.from({ length: to - from + 1 }, (_, nth) => dayAt("month", from + nth))
    .map((day) => `${day.slice(0, 7)}-01`)
    .filter((day) => stops.unit === "day" || day.slice(5, 7) === "01");
  const every = Math.ceil(days.length / mostTicks);
  return days
    .filter((_, nth) => nth % every === 0)
    .map((day) => ({
      day,
      percent: Math.round(((numberOf(stops.unit, day) - first) / (last - first)) * 1000) / 10,
    }));
}

/** When the case was told of: pale the whole of it, and over that what had been told by the day looked at. */
export function coveragePicture(
  stops: Stops,
  whole: readonly MonthVolume[],
  shown: readonly MonthVolume[],
): Html {
  const { first, last } = endsOf(stops, stops.unit);
  const most = Math.max(...whole.map(({ reports }) => reports));
  const drawn = (months: readonly MonthVolume[]) =>
    barsOf(months, stops, most)
      .map(({ x, width, height: tall }) => `M${x} ${height}v-${tall}h${width * 0.9}v${tall}z`)
      .join("");
  return html`<svg class="bars" viewBox="0 0 ${last - first} ${height}" preserveAspectRatio="none" aria-hidden="true">${whole === shown ? "" : html`<path class="later" d="${drawn(whole)}"/>`}<path d="${drawn(shown)}"/></svg>`;
}

/** The years below the slider; months while the case is young. */
export function years(voice: Voice, stops: Stops): Html {
  const said = (day: string) =>
    day.slice(5, 7) === "01" ? day.slice(0, 4) : voice.monthAlone(day);
  return html`<svg class="ticks" aria-hidden="true">${ticksOf(stops).map(
    ({ day, percent }) =>
      html`<line x1="${percent}%" x2="${percent}%" y2="4"/><text x="${percent}%" y="16">${said(day)}</text>`,
  )}</svg>`;
}

/** The same as a table. */
export function coverageByYear(voice: Voice, months: readonly MonthVolume[]): Html | "" {
  const [first] = months;
  const last = months.at(-1);
  if (!first || !last) return "";
  const { t, number, date } = voice;
  const perYear = [...Map.groupBy(months, ({ month }) => month.slice(0, 4))];
  const sum = (some: readonly MonthVolume[], of: "stories" | "reports" | "copies") =>
    number(some.reduce((total, month) => total + month[of], 0));
  const many = (noun: "story" | "independentReport" | "copy") => t.nouns[noun][1];
  const range = first === last ? date(first.month) : `${date(first.month)} – ${date(last.month)}`;
  return html`<details class="coverage"><summary>${t.coverage}: ${range}</summary>
<table><thead><tr><th scope="col">${t.year}</th><th scope="col">${many("story")}</th><th scope="col">${many("independentReport")}</th><th scope="col">${many("copy")}</th></tr></thead>
<tbody>${perYear.map(
    ([year, some]) =>
      html`<tr><th scope="row">${year}</th><td>${sum(some, "stories")}</td><td>${sum(some, "reports")}</td><td>${sum(some, "copies")}</td></tr>`,
  )}</tbody></table></details>`;
}
