import { html } from "hono/html";
import { adminWords, type Done } from "./admin-words.ts";
import { page } from "./layout.ts";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** Who asks, and what proves that their forms are ours. */
export interface Desk {
  voice: Voice;
  formToken: string;
  /** Null: nobody has to sign in on this machine. */
  signedInAs: string | null;
  /** Whether /admin/queue shows what is in the queue. */
  hasQueueBoard: boolean;
}

const sections = ["rules", "topics", "deliveries", "digests", "feeds"] as const;
export type Section = (typeof sections)[number];

/** A page of the administration: where one is, what was just done, or why it was not. */
export function adminPage(
  desk: Desk,
  section: Section,
  { body, done, refused }: { body: Html; done?: Done | undefined; refused?: string | undefined },
): Html {
  const { voice, signedInAs, hasQueueBoard } = desk;
  const say = adminWords[voice.language];
  const link = (one: Section) =>
    html`<a href="/admin/${one}"${one === section ? html` aria-current="page"` : ""}>${say[one]}</a> `;
  return page({
    voice,
    title: `${say[section]}: ${say.administration}`,
    address: `/admin/${section}`,
    body: html`<div class="bar"><nav aria-label="${say.administration}">${sections.map(link)}${hasQueueBoard ? html`<a href="/admin/queue">${say.queue}</a>` : ""}</nav>
${signedInAs === null ? "" : html`<form action="/sign-out" method="post">${token(desk)}<span class="dates">${signedInAs}</span> <button>${say.signOut}</button></form>`}</div>
<h1>${say[section]}</h1>
${refused === undefined ? "" : html`<p class="past" role="alert" lang="en">${refused}</p>`}
${done === undefined ? "" : html`<p class="good" role="status">${say.done[done]}</p>`}
${body}
${signedInAs === null ? openNote(say.openHere) : ""}`,
  });
}

const openNote = (openHere: string): Html =>
  html`<p class="dates open">${openHere} <code>newsledger keys add "Maria" --scope admin</code></p>`;

export const token = ({ formToken }: Pick<Desk, "formToken">): Html =>
  html`<input type="hidden" name="token" value="${formToken}">`;

/** One button that does one thing to one thing. */
export const oneButton = (
  desk: Desk,
  action: string,
  text: string,
  hidden: Readonly<Record<string, string>>,
  label = text,
): Html => html`<form class="one" action="${action}" method="post">${token(desk)}${Object.entries(
  hidden,
).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button aria-label="${label}">${text}</button></form>`;

/** A table that scrolls by itself where the page is narrow. */
export const table = (name: string, columns: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="wide" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${rows}
</tbody></table></div>`;

/** A choice of one. */
export const choice = (
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string | undefined,
): Html => html`<span class="field"><label for="${name}">${label}</label>
<select id="${name}" name="${name}">${options.map(
  ([value, text]) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ""}>${text}</option>`,
)}</select></span>`;
