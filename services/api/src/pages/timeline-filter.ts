import { type OccurrenceCode, occurrenceCode } from "@newsledger/core";
import type { CaseStatus, Narrowing } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** What a reader narrows a timeline to, by the names that stand in the address. */
export interface TimelineFilter {
  entity?: string | undefined;
  occurrence?: OccurrenceCode | undefined;
  language?: "en" | "es" | undefined;
  q?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  min_sources?: string | undefined;
}

/** From an address; what is not one of ours is left out. */
export function filterOf(asked: (name: string) => string | undefined): TimelineFilter {
  const language = asked("language");
  const least = asked("min_sources") ?? "";
  return {
    entity: asked("entity")?.slice(0, 200),
    occurrence: occurrenceCode.options.find((code) => code === asked("occurrence")),
    language: language === "en" || language === "es" ? language : undefined,
    q: asked("q")?.slice(0, 500),
    from: asked("from"),
    to: asked("to"),
    min_sources: /^[1-9]\d?$/.test(least) ? least : undefined,
  };
}

export const narrowingOf = ({ min_sources, ...filter }: TimelineFilter): Narrowing => ({
  ...filter,
  minSources: min_sources === undefined ? undefined : Number(min_sources),
});

export const given = (filter: TimelineFilter): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

export const isNarrowed = (filter: TimelineFilter): boolean =>
  Object.keys(given(filter)).length > 0;

/** Shut until somebody wants it: most come to read. */
export function filterForm(
  voice: Voice,
  {
    status,
    asOf,
    filter,
  }: { status: CaseStatus; asOf: string | undefined; filter: TimelineFilter },
): Html {
  const { t } = voice;
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ""}>${text}</option>`;
  const choice = (
    name: "entity" | "occurrence" | "language" | "min_sources",
    label: string,
    options: Html[],
  ) =>
    html`<span class="field"><label for="f-${name}">${label}</label> <select id="f-${name}" name="${name}">${options}</select></span>`;
  const day = (name: "from" | "to", label: string) =>
    html`<span class="field"><label for="f-${name}">${label}</label> <input id="f-${name}" name="${name}" type="date" value="${filter[name] ?? ""}"></span>`;
  const all = option("", t.everything, undefined);
  const people = status.persons.map(({ id, name }) => option(id, name, filter.entity));
  const codes = occurrenceCode.options.map((code) =>
    option(code, t.deeds[code], filter.occurrence),
  );
  return html`<details class="filter"${isNarrowed(filter) ? html` open` : ""}><summary>${t.narrow}</summary>
<form class="day" method="get" action="#timeline">${asOf ? html`<input type="hidden" name="as_of" value="${asOf}">` : ""}
${people.length === 0 ? "" : choice("entity", t.about, [all, ...people])}
${choice("occurrence", t.what, [all, ...codes])}
${choice("language", t.language, [option("", t.anyLanguage, undefined), option("en", "English", filter.language), option("es", "Español", filter.language)])}
${choice(
  "min_sources",
  t.toldByAtLeast,
  [1, 2, 3, 5].map((n) =>
    option(n === 1 ? "" : String(n), voice.count(n, "outlet"), filter.min_sources),
  ),
)}
${day("from", t.from)} ${day("to", t.to)}
<span class="field"><label for="f-q">${t.words}</label> <input id="f-q" name="q" type="search" maxlength="500" value="${filter.q ?? ""}"></span>
<button>${t.show}</button>
${isNarrowed(filter) ? html`<a href="${asOf ? `?as_of=${asOf}` : "?"}">${t.everything}</a>` : ""}
</form></details>`;
}
