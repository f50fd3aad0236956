import { Hono, type MiddlewareHandler } from "hono";
import { html } from "hono/html";
import type { Database } from "./database.ts";
import { IssueNotFound, showIssue } from "./issues.ts";
import { readerOf, unsubscribe } from "./subscribers.ts";
import { type Language, words } from "./words.ts";

/** The pages behind a mail's links: stopping it, and reading it on the web. No cookies, no login, no scripts. */
export function digestRoutes({ db }: { db: Database }): Hono {
  const routes = new Hono();
  // By path: these routes are mounted beside others, which have headers of their own.
  for (const path of ["/u/*", "/digests/*"]) routes.use(path, guarded);

  // Mail programs and scanners open links by themselves: looking never unsubscribes (RFC 8058 §6).
  routes.get("/u/:token", async (context) => {
    context.header("cache-control", "no-store");
    const reader = await readerOf(db, context.req.param("token"));
    return reader === null ? context.html(missing(), 404) : context.html(question(reader.language));
  });

  routes.post("/u/:token", async (context) => {
    context.header("cache-control", "no-store");
    const reader = await unsubscribe(db, context.req.param("token"));
    return reader === null ? context.html(missing(), 404) : context.html(done(reader.language));
  });

  routes.get("/digests/:issueId", async (context) => {
    const page = await issuePage(db, context.req.param("issueId"));
    if (page === null) return context.text("There is no such digest.", 404);
    context.header("cache-control", "public, max-age=86400");
    return context.html(page);
  });
  return routes;
}

const guarded: MiddlewareHandler = async (context, next) => {
  await next();
  context.header("content-security-policy", policy);
  context.header("referrer-policy", "no-referrer"); // the address holds the reader's token
  context.header("x-content-type-options", "nosniff");
  context.header("x-robots-tag", "noindex");
};

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

async function issuePage(db: Database, issueId: string): Promise<string | null> {
  try {
    return (await showIssue(db, issueId)).html;
  } catch (error) {
    if (error instanceof IssueNotFound) return null;
    throw error;
  }
}

function question(language: Language) {
  const { title, question: text, button } = words[language].unsubscribe;
  return page(
    language,
    title,
    html`<p>${text}</p><form method="post"><button type="submit" style="font-size:16px;padding:8px 16px">${button}</button></form>`,
  );
}

function done(language: Language) {
  const { title, done: text } = words[language].unsubscribe;
  return page(language, title, html`<p>${text}</p>`);
}

/** Without a reader there is no language to choose: both. */
function missing() {
  const { title, missing: text } = words.en.unsubscribe;
  return page("en", title, html`<p>${text}</p><p lang="es">${words.es.unsubscribe.missing}</p>`);
}

const page = (language: Language, title: string, content: ReturnType<typeof html>) =>
  html`<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title></head>
<body style="color-scheme:light dark;max-width:36em;margin:3em auto;padding:0 16px;font-family:Georgia,serif;font-size:18px;line-height:1.5"><h1 style="font-size:24px">${title}</h1>${content}</body>
</html>`;
