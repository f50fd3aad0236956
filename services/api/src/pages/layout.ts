import { html } from "hono/html";
import { adminWords } from "./admin-words.ts";
import type { Html } from "./parts.ts";
import { languages, type Voice } from "./voice.ts";

export interface Frame {
  voice: Voice;
  title: string;
  /** What the search box holds. */
  asked?: string | undefined;
  /** The address of the page, for saying it in the other language. */
  address?: string | undefined;
  /** Feeds that follow what the page shows. */
  feed?: string | undefined;
  body: Html;
}

/** The page around every page: nothing from elsewhere. */
export const page = ({ voice, title, asked = "", address = "/", feed, body }: Frame): Html => {
  const { t, language } = voice;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
${feed ? html`<link rel="alternate" type="application/atom+xml" href="${feed}">` : ""}
</head>
<body>
<a class="skip" href="#main">${t.skip}</a>
<header class="masthead">
<p class="name"><a href="/">Newsledger</a></p>
<nav aria-label="Newsledger"><a href="/">${t.cases}</a> <a href="/feeds">${t.feeds}</a> <a href="/admin">${adminWords[language].administration}</a> ${otherLanguage(voice, address)}</nav>
<search>
<form action="/search" method="get">
<label for="q">${t.searchLedger}</label>
<input id="q" name="q" type="search" value="${asked}" required maxlength="500">
<button>${t.search}</button>
</form>
</search>
</header>
<main id="main">
${body}
</main>
<footer>
<p>${t.footer}
<a href="/openapi.json">${t.asData}</a>.</p>
</footer>
</body>
</html>`;
};

function otherLanguage({ language, t }: Voice, address: string): Html {
  const [other = "en"] = languages.filter((one) => one !== language);
  const url = new URL(address, "http://page");
  url.searchParams.set("lang", other);
  return html`<a href="${url.pathname}${url.search}" lang="${other}" hreflang="${other}">${t.otherLanguage}</a>`;
}
