import { html } from "hono/html";
import type { Html } from "./html.ts";
import type { Language } from "./words.ts";

/** A short page behind a mail's link: no script, nothing from elsewhere. */
export const page = (language: Language, title: string, content: Html): Html =>
  html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body style="color-scheme:light dark;max-width:36em;margin:3em auto;padding:0 16px;font-family:Georgia,serif;font-size:18px;line-height:1.5"><main><h1 style="font-size:24px">${title}</h1>${content}</main></body>
</html>`;

const buttonStyle = "font-size:16px;padding:8px 16px;margin:0 8px 8px 0";

/** A form that says one thing: looking at the page says nothing. */
export const oneButton = (text: string, hidden: Readonly<Record<string, string>> = {}): Html =>
  html`<form method="post" style="display:inline">${Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button type="submit" style="${buttonStyle}">${text}</button></form>`;
