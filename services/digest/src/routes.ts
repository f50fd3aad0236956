import { Hono, type MiddlewareHandler } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { askedBy, confirm } from "./consent.ts";
import type { Database, Press } from "./database.ts";
import { moment } from "./dates.ts";
import type { Html } from "./html.ts";
import { IssueNotFound, showIssue } from "./issues.ts";
import { oneButton, page } from "./page.ts";
import { type SignUpOptions, signUpRoutes } from "./sign-up.ts";
import { readerOf, type Stoppable, unsubscribe } from "./stop.ts";
import { words } from "./words.ts";

/** The pages behind a mail's links, and the one that asks for mails. No cookies, no login, no scripts. */
export function digestRoutes(
  press: Press,
  signUp: SignUpOptions = { open: false, enqueue: async () => {} },
): Hono {
  const { db, log, topics } = press;
  const routes = new Hono();
  // By path: these routes are mounted beside others, which have headers of their own.
  for (const path of digestPaths) {
    routes.use(path, guarded);
    routes.use(`${path}/*`, guarded);
  }

  // Mail programs and scanners open links by themselves: looking never unsubscribes (RFC 8058 §6).
  routes.get("/u/:token", async (context) => {
    const reader = await readerOf(db, context.req.param("token"));
    return reader === null ? context.html(missing(), 404) : context.html(question(reader, topics));
  });

  routes.post("/u/:token", async (context) => {
    const wish = stopWish.parse(await formOf(context.req));
    const what = {
      all: wish.what === "all",
      ...(wish.topic === undefined ? {} : { topic: wish.topic }),
    };
    const stopped = await unsubscribe(db, context.req.param("token"), what);
    if (stopped === null) return context.html(missing(), 404);
    return context.html(done(stopped, wish.topic !== undefined));
  });

  routes.get("/confirm/:token", async (context) => {
    const asked = await askedBy(db, context.req.param("token"));
    if (asked === null) return context.html(missing(), 404);
    const say = words[asked.language];
    const when = say.every(asked.schedule, asked.at, asked.timeZone);
    const titles = asked.topics.map((id) => titleOf(topics, id, asked.language)).join(", ");
    const text = html`<p>${titles}, ${when}.</p>${oneButton(say.question.button)}`;
    return context.html(page(asked.language, say.question.page, text));
  });

  routes.post("/confirm/:token", async (context) => {
    const confirmed = await confirm(db, log, context.req.param("token"));
    if (confirmed === null) return context.html(missing(), 404);
    const { language, nextDueAt, timeZone } = confirmed;
    const say = words[language].question;
    const text = html`<p>${say.done(moment(nextDueAt, language, timeZone))}</p>`;
    return context.html(page(language, say.page, text));
  });

  routes.get("/digests/:issueId", async (context) => {
    const issue = await issuePage(db, context.req.param("issueId"), press.publicUrl);
    if (issue === null) return context.text("There is no such digest.", 404);
    context.header("cache-control", "public, max-age=86400");
    return context.html(issue);
  });
  signUpRoutes(routes, press, signUp);
  return routes;
}

/** Where the routes are, for whoever mounts them. */
export const digestPaths = ["/u", "/digests", "/confirm", "/subscribe"] as const;

const guarded: MiddlewareHandler = async (context, next) => {
  await next();
  context.header("content-security-policy", policy);
  context.header("referrer-policy", "no-referrer"); // the address holds the reader's token
  context.header("x-content-type-options", "nosniff");
  context.header("x-robots-tag", "noindex");
  if (!context.res.headers.has("cache-control")) context.header("cache-control", "no-store");
};

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const stopWish = z.object({
  what: z.string().optional().catch(undefined),
  topic: z.string().max(200).optional().catch(undefined),
});

/** What a form says; a body that is none, or too large, says nothing. The one-click POST means the same either way. */
async function formOf(request: { raw: Request; parseBody(): Promise<unknown> }): Promise<unknown> {
  if (Number(request.raw.headers.get("content-length") ?? 0) > 10_000) return {};
  return request.parseBody().catch(() => ({}));
}

async function issuePage(db: Database, issueId: string, publicUrl: string): Promise<string | null> {
  try {
    return (await showIssue(db, issueId, publicUrl)).page;
  } catch (error) {
    if (error instanceof IssueNotFound) return null;
    throw error;
  }
}

const titleOf = (topics: Press["topics"], id: string, language: Stoppable["language"]): string =>
  topics.find((topic) => topic.id === id)?.title[language] ?? id;

/** What a link can stop, each with its own button; one topic of several is asked for last. */
function question({ language, scope, topics }: Stoppable, known: Press["topics"]): Html {
  const say = words[language].unsubscribe;
  if (scope === "all")
    return page(language, say.title, html`<p>${say.questionAll}</p>${oneButton(say.buttonAll)}`);
  const titled = topics.map((id) => ({ id, title: titleOf(known, id, language) }));
  return page(
    language,
    say.title,
    html`<p>${say.question}</p>
<p><strong>${titled.map(({ title }) => title).join(", ")}</strong></p>
${oneButton(say.button)}
${titled.length > 1 ? titled.map(({ id, title }) => oneButton(say.onlyTopic(title), { topic: id })) : ""}
${oneButton(say.buttonAll, { what: "all" })}`,
  );
}

function done({ language, scope }: Stoppable, topicOnly: boolean): Html {
  const say = words[language].unsubscribe;
  const text = scope === "all" ? say.doneAll : topicOnly ? say.topicDone : say.done;
  return page(language, say.title, html`<p>${text}</p>`);
}

/** Without a reader there is no language to choose: both. */
function missing(): Html {
  const { title, missing: text } = words.en.unsubscribe;
  return page("en", title, html`<p>${text}</p><p lang="es">${words.es.unsubscribe.missing}</p>`);
}
