import type { CaseTopic, SearchHit, SearchResult } from "@newsledger/readmodels";
import { html } from "hono/html";
import { page } from "./layout.ts";
import { type Html, languageOf, outward, source, storyPath } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** What the form of the search page holds. */
export interface SearchForm {
  q: string;
  topic?: string | undefined;
  language?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  as_of?: string | undefined;
  known_at?: string | undefined;
}

export interface SearchPage {
  voice: Voice;
  form: SearchForm;
  topics: readonly CaseTopic[];
  result: SearchResult | null;
}

export const searchPage = ({ voice, form, topics, result }: SearchPage): Html => {
  const { t } = voice;
  return page({
    voice,
    title: form.q === "" ? t.search : `${t.search}: ${form.q}`,
    asked: form.q,
    address: address(form),
    body: html`<h1>${t.search}</h1>
${narrow(voice, form, topics)}
${result === null ? html`<p>${t.searchHelp}</p>` : found({ voice, form, topics, result })}`,
  });
};

/** The address that asks the same, with something changed. */
function address(form: SearchForm, changed: Record<string, string> = {}): string {
  const { q, topic, ...rest } = form;
  const given = Object.entries({ q, ...changed, topic, ...rest }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "",
  );
  return `/search?${new URLSearchParams(given)}`;
}

function narrow(voice: Voice, form: SearchForm, topics: readonly CaseTopic[]): Html {
  const { t, language } = voice;
  const option = (value: string, text: string, chosen: string | undefined) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ""}>${text}</option>`;
  const day = (name: "from" | "to" | "as_of" | "known_at", label: string) =>
    html`<span class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="date" value="${form[name] ?? ""}"></span>`;
  return html`<form class="day" action="/search" method="get">
<span class="field"><label for="words">${t.words}</label>
<input id="words" name="q" type="search" value="${form.q}" maxlength="500" required></span>
<span class="field"><label for="topic">${t.in}</label>
<select id="topic" name="topic">
<option value="">${t.everything}</option>
${topics.map(({ id, title }) => option(id, title[language], form.topic))}
</select></span>
<span class="field"><label for="language">${t.language}</label>
<select id="language" name="language">
<option value="">${t.anyLanguage}</option>
${option("en", "English", form.language)}
${option("es", "Español", form.language)}
</select></span>
${day("from", t.from)}
${day("to", t.to)}
${day("as_of", t.publicBy)}
${day("known_at", t.knownBy)}
<button>${t.search}</button>
</form>`;
}

function found({ voice, form, topics, result }: SearchPage & { result: SearchResult }): Html {
  const { t, language } = voice;
  const { items, next, suggestions } = result;
  const titleOf = (id: string) => topics.find((one) => one.id === id)?.title[language] ?? id;
  return html`${items.length === 0 ? html`<p>${t.noMatch}</p>` : ""}
${
  suggestions.length === 0
    ? ""
    : html`<p>${t.didYouMean} ${suggestions.map(
        (name, nth) =>
          html`${nth > 0 ? t.or : ""}<a href="${address(form, { q: name })}">${name}</a>`,
      )}?</p>`
}
<ol class="stories">
${items.map((one) => hit(voice, one, titleOf))}
</ol>
${next === null ? "" : html`<p class="older"><a href="${address(form, { cursor: next })}" rel="next">${t.more}</a></p>`}`;
}

function hit(voice: Voice, one: SearchHit, titleOf: (topicId: string) => string): Html {
  const { t } = voice;
  const lang = languageOf(voice, one.language);
  const passage = one.snippet.map((part) =>
    part.hit ? html`<mark>${part.text}</mark>` : html`${part.text}`,
  );
  return html`<li class="story">
<h2>${outward(voice, one.url, one.title, one.language)}</h2>
${lang ? html`<p lang="${lang}">${passage}</p>` : html`<p>${passage}</p>`}
<p class="counts">${source(voice, one)}${
    one.topics.length > 0
      ? html` <span class="dates">· ${one.topics.map(titleOf).join(", ")}</span>`
      : ""
  }${one.storyId ? html` · <a href="${storyPath(one.storyId)}">${t.allReports}</a>` : ""}</p>
</li>`;
}
