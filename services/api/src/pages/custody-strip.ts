import type { CustodyStatus, PersonStatus } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** The days that every strip of a page covers, so that they can be compared. */
export interface Span {
  from: string;
  to: string;
}

export interface Segment {
  status: CustodyStatus;
  from: string;
  to: string;
}

export function spanOf(persons: readonly PersonStatus[], on: string): Span | null {
  const starts = persons.flatMap(({ history }) => history[0]?.date ?? []).sort();
  const [from] = starts;
  return from === undefined || firstDay(from) >= on ? null : { from: firstDay(from), to: on };
}

/** A person's states one after the other; a verdict, or the same again, starts nothing new. */
export function segmentsOf({ history }: Pick<PersonStatus, "history">, span: Span): Segment[] {
  const changes = history.filter((step, nth) => step.status !== history[nth - 1]?.status);
  return changes.map(({ status, date }, nth) => ({
    status,
    from: firstDay(date),
    to: firstDay(changes[nth + 1]?.date ?? span.to),
  }));
}

const width = 300;
const height = 10;

/** The same as the list of developments, at a glance. */
export function custodyStrip(voice: Voice, person: PersonStatus, span: Span): Html {
  const segments = segmentsOf(person, span);
  const at = (date: string) =>
    Math.round(
      ((Date.parse(date) - Date.parse(span.from)) / (Date.parse(span.to) - Date.parse(span.from))) *
        width,
    );
  const words = segments.map(
    ({ status, from }) => `${voice.t.statuses[status]} ${voice.t.since}${voice.date(from)}`,
  );
  return html`<svg class="strip" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${words.join(", ")}">
<rect class="s-unknown" width="${width}" height="${height}"/>
${segments.map(
  ({ status, from, to }) =>
    html`<rect class="s-${status}" x="${at(from)}" width="${Math.max(1, at(to) - at(from))}" height="${height}"/>`,
)}
</svg>`;
}

const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10);
