import type { MonthVolume } from "@newsledger/readmodels";
import { html } from "hono/html";
import { coveragePicture, years } from "./coverage-chart.ts";
import type { Html } from "./parts.ts";
import { endsOf, parameters, type Stops, stopFor } from "./stops.ts";
import type { Voice } from "./voice.ts";

export interface Slider {
  voice: Voice;
  stops: Stops;
  /** What was told of the case, and of it what had been by the day looked at. */
  whole: readonly MonthVolume[];
  shown: readonly MonthVolume[];
  asOf: string | undefined;
  /** What the address says besides, and goes on saying. */
  kept: Readonly<Record<string, string | undefined>>;
}

/**
 * Goes along the time of a case. Without a script it is a form, and tells the day that is shown; the script tells the day
 * under the thumb, to screen readers too (`aria-valuetext` is its work: written here it would be wrong after the first move).
 */
export function slider({ voice, stops, whole, shown, asOf, kept }: Slider): Html {
  const { t } = voice;
  const { first, last } = endsOf(stops, stops.unit);
  // The fragment stays through the redirect, and brings the reader back to the slider.
  return html`<form class="through" method="get" action="#slider">${Object.entries(kept).map(
    ([name, value]) =>
      value === undefined ? "" : html`<input type="hidden" name="${name}" value="${value}">`,
  )}
<p><label for="slider">${t.publishedBy}</label> <b id="told" data-today="${t.today}">${asOf === undefined ? t.today : voice.longDay(asOf)}</b></p>
<button>${t.toThatDay}</button>
<div class="axis">${coveragePicture(stops, whole, shown)}
<input id="slider" name="${parameters[stops.unit]}" type="range" min="${first}" max="${last}" value="${stopFor(stops, asOf)}" autocomplete="off" aria-describedby="told">
${years(voice, stops)}</div>
</form>`;
}
