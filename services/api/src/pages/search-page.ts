import type { CaseTopic, SearchHit, SearchResult } from "@newsledger/readmodels";
import { html } from "hono/html";
import { page } from "./layout.ts";
import { type Html, languageOf, outward, source } from "./parts.ts";

export interface SearchPage {
  q: string;
  topic: string | undefined;
  topics: readonly CaseTopic[];
  result: SearchResult | null;
}

export const searchPage = (view: SearchPage): Html =>
  page({
    title: view.q === "" ? "Search" : `Search: ${view.q}`,
    asked: view.q,
    body: html`<h1>Search</h1>
${narrow(view)}
${view.result === null ? help : found(view, view.result)}`,
  });

const help = html`<p>Write words, a phrase in "quotation marks", OR between alternatives, and a minus before what should
not be there. English and Spanish, with or without accents.</p>`;

const narrow = ({
  q,
  topic,
  topics,
}: SearchPage): Html => html`<form class="day" action="/search" method="get">
<label for="words">Words</label>
<input id="words" name="q" type="search" value="${q}" maxlength="500" required>
<label for="topic">in</label>
<select id="topic" name="topic">
<option value="">everything</option>
${topics.map(
  ({ id, title }) =>
    html`<option value="${id}"${id === topic ? html` selected` : ""}>${title.en}</option>`,
)}
</select>
<button>Search</button>
</form>`;

function found({ q, topic }: SearchPage, { items, next, suggestions }: SearchResult): Html {
  const address = (query: Record<string, string>) =>
    `/search?${new URLSearchParams({ ...query, ...(topic && { topic }) })}`;
  return html`${items.length === 0 ? html`<p>Nothing in the ledger matches.</p>` : ""}
${
  suggestions.length === 0
    ? ""
    : html`<p>Did you mean ${suggestions.map(
        (name, nth) => html`${nth > 0 ? " or " : ""}<a href="${address({ q: name })}">${name}</a>`,
      )}?</p>`
}
<ol class="stories">
${items.map(hit)}
</ol>
${next === null ? "" : html`<p class="older"><a href="${address({ q, cursor: next })}" rel="next">More</a></p>`}`;
}

function hit(one: SearchHit): Html {
  const lang = languageOf(one.language);
  const passage = one.snippet.map((part) =>
    part.hit ? html`<mark>${part.text}</mark>` : html`${part.text}`,
  );
  return html`<li class="story">
<h2>${outward(one.url, one.title, one.language)}</h2>
${lang ? html`<p lang="${lang}">${passage}</p>` : html`<p>${passage}</p>`}
<p class="counts">${source(one)}${one.topics.length > 0 ? html`<span class="dates">: ${one.topics.join(", ")}</span>` : ""}</p>
</li>`;
}
