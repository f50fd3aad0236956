import { html } from "hono/html";
import type { Html } from "./parts.ts";

export interface Frame {
  title: string;
  /** What the search box holds. */
  asked?: string | undefined;
  body: Html;
}

/** The page around every page: no script, nothing from elsewhere. */
export const page = ({ title, asked = "", body }: Frame): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<p class="name"><a href="/">Newsledger</a></p>
<search>
<form action="/search" method="get">
<label for="q">Search the ledger</label>
<input id="q" name="q" type="search" value="${asked}" required maxlength="500">
<button>Search</button>
</form>
</search>
</header>
<main id="main">
${body}
</main>
<footer>
<p>Every line names its source, when it was published and when this ledger found it.
<a href="/openapi.json">The same answers as data</a>.</p>
</footer>
</body>
</html>`;
