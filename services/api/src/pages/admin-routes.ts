import type { OpenAPIHono } from "@hono/zod-openapi";
import { occurrenceCode } from "@newsledger/core";
import type { Context } from "hono";
import { z } from "zod";
import {
  type Administration,
  Refused,
  type RuleWish,
  ruleKinds,
  severities,
  type Trial,
} from "../administration.ts";
import type { ApiContext } from "../context.ts";
import { mountedPages, queuePages } from "../headers.ts";
import { Problem } from "../problem.ts";
import { checkForm, sessionOf } from "../signed-in.ts";
import type { Trials } from "../trials.ts";
import { deliveriesBody, digestsBody, feedsBody, topicsBody } from "./admin-log.ts";
import { adminPage, type Desk, type Section } from "./admin-page.ts";
import { type RuleForm, rulesBody } from "./admin-rules.ts";
import { adminWords, type Done, isDone } from "./admin-words.ts";
import { deskFor, door, privatePage, smallForms, text } from "./sign-in.ts";
import { voiceFor } from "./voice.ts";

const linesShown = 60;

/** Rules, topics, deliveries, digests and feeds for whoever may change them; whatever changes something is a POST with a token. */
export function adminRoutes(app: OpenAPIHono, context: ApiContext, trials: Trials): void {
  app.use("/admin", smallForms);
  app.use("/admin/*", smallForms);
  app.get("/admin", (c) => c.redirect("/admin/rules", 303));
  ruleRoutes(app, context, trials);
  topicRoutes(app, context, trials);
  deliveryRoutes(app, context);
  digestRoutes(app, context);
  feedRoutes(app, context);
  queueRoutes(app, context);
}

interface Visit {
  c: Context;
  desk: Desk;
  office: Administration;
  form: Readonly<Record<string, string>>;
}

type Visitor = (visit: Visit) => Response | Promise<Response>;

/** Lets administrators in; a POST must carry our token. */
const admitted = (context: ApiContext, visit: Visitor) => async (c: Context) => {
  privatePage(c);
  const office = context.administration;
  if (!office) throw new Problem(404, adminWords[voiceFor(c).language].nothingHere);
  const desk = await deskFor(c, context);
  if (!desk) {
    const wrong = (await sessionOf(c, context)) ? ({ wrong: "notAdmin" } as const) : {};
    return door(c, context, { next: c.req.path, ...wrong }, wrong.wrong ? 403 : 401);
  }
  if (c.req.method !== "POST") return visit({ c, desk, office, form: {} });
  const sent = await c.req.parseBody();
  checkForm(c, context, await sessionOf(c, context), sent.token);
  const form = Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, clean(value)]),
  );
  return visit({ c, desk, office, form });
};

const clean = (value: unknown): string =>
  text(value).replaceAll("\u0000", "").toWellFormed().trim();

const doneIn = (c: Context): Done | undefined => {
  const done = c.req.query("done");
  return isDone(done) ? done : undefined;
};

/** Does it and shows the section again, or says why it was refused. */
async function act(
  { c, desk }: Visit,
  section: Section,
  done: Done,
  body: () => Promise<Parameters<typeof adminPage>[2]["body"]>,
  deed: () => Promise<void>,
): Promise<Response> {
  try {
    await deed();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return c.html(adminPage(desk, section, { body: await body(), refused: error.message }), 422);
  }
  return c.redirect(`/admin/${section}?done=${done}`, 303);
}

function ruleRoutes(app: OpenAPIHono, context: ApiContext, trials: Trials): void {
  const body = async ({ desk, office, form }: Visit, trial: Trial | null = null) => {
    const { topics, clock } = context;
    return rulesBody(desk, { rules: await office.rules(), topics, form, trial, now: clock.now() });
  };
  const tried = async (visit: Visit, which: () => RuleWish | { ruleId: string }) => {
    const { c, desk, office } = visit;
    try {
      const trial = await trials.run(c, (signal) =>
        office.tryRule(which(), { signal, limit: linesShown }),
      );
      return c.html(adminPage(desk, "rules", { body: await body(visit, trial) }));
    } catch (error) {
      const [refused, status] = refusalOf(error);
      return c.html(adminPage(desk, "rules", { body: await body(visit), refused }), status);
    }
  };
  app.get(
    "/admin/rules",
    admitted(context, async (visit) =>
      visit.c.html(
        adminPage(visit.desk, "rules", { body: await body(visit), done: doneIn(visit.c) }),
      ),
    ),
  );
  app.post(
    "/admin/rules",
    admitted(context, (visit) => {
      const { office, form } = visit;
      const { rule: ruleId = "" } = form;
      const change = (done: Done, deed: () => Promise<void>) =>
        act(visit, "rules", done, () => body(visit), deed);
      switch (form.do) {
        case "test":
          return tried({ ...visit, form: {} }, () => ({ ruleId }));
        case "try":
          return tried(visit, () => wishOf(form, context));
        case "add":
          return change("added", async () => office.addRule(wishOf(form, context)));
        case "remove":
          return change("removed", () => office.removeRule(ruleId));
        case "snooze":
          return change("snoozed", () => office.snoozeRule(ruleId, later(form.hours, context)));
        case "wake":
          return change("woken", () => office.wakeRule(ruleId));
        default:
          throw new Problem(400, "The form does not say what to do.");
      }
    }),
  );
}

/** What is wrong with a trial: it makes no sense, or takes too long. */
function refusalOf(error: unknown): [sentence: string, status: 422 | 503] {
  if (error instanceof Refused) return [error.message, 422];
  if (error instanceof Problem && error.status === 503) return [error.message, 503];
  throw error;
}

function later(hours: string | undefined, { clock }: ApiContext): Date {
  const count = z.coerce.number().int().min(1).max(8_760).safeParse(hours);
  if (!count.success) throw new Refused("Snooze for 1 to 8760 hours.");
  return new Date(clock.now().getTime() + count.data * 3_600_000);
}

const wish = z.object({
  name: z.string().min(1, "give the rule a name").max(120),
  topic: z.string().min(1).max(200),
  kind: z.enum(ruleKinds),
  entity: z.string().max(200),
  occurrence: z.union([z.literal(""), occurrenceCode]),
  min_reports: z.coerce.number().int().min(1).max(50),
  days: z.coerce.number().int().min(1).max(365),
  severity: z.enum(severities),
  note: z.string().max(500),
});

/** The rule that the form describes. */
function wishOf(form: RuleForm, { topics }: ApiContext): RuleWish {
  const parsed = wish.safeParse(form);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
    throw new Refused(`${issues.join("; ")}.`);
  }
  const { entity, occurrence, min_reports: minReports, note, ...rest } = parsed.data;
  if (!topics.some(({ id }) => id === rest.topic)) throw new Refused(`No topic “${rest.topic}”.`);
  return {
    ...rest,
    minReports,
    entity: entity || null,
    occurrence: occurrence || null,
    note: note || null,
  };
}

function topicRoutes(app: OpenAPIHono, context: ApiContext, trials: Trials): void {
  const { topics } = context;
  app.get(
    "/admin/topics",
    admitted(context, ({ c, desk }) =>
      c.html(adminPage(desk, "topics", { body: topicsBody(desk, topics, null) })),
    ),
  );
  app.post(
    "/admin/topics",
    admitted(context, async ({ c, desk, office, form }) => {
      const topicId = form.topic ?? "";
      if (!topics.some(({ id }) => id === topicId))
        throw new Problem(404, `There is no topic “${topicId}” here.`);
      try {
        const trial = await trials.run(c, (signal) =>
          office.tryTopic({ topicId }, { signal, limit: linesShown }),
        );
        const body = topicsBody(desk, topics, { topicId, trial });
        return c.html(adminPage(desk, "topics", { body }));
      } catch (error) {
        const [refused, status] = refusalOf(error);
        const body = topicsBody(desk, topics, null);
        return c.html(adminPage(desk, "topics", { body, refused }), status);
      }
    }),
  );
}

function deliveryRoutes(app: OpenAPIHono, context: ApiContext): void {
  const body = async ({ c, desk, office }: Visit) => {
    const states = office.deliveryStates;
    const state = states.find((one) => one === c.req.query("state"));
    const lines = await office.deliveries({ state, limit: linesShown });
    return deliveriesBody(desk, lines, { states, state });
  };
  listWithAction(app, context, "deliveries", body, "resent", async ({ office, form }) => {
    await office.resend(form.delivery ?? "");
  });
}

/** A page that lists, and a form on each line that does one thing. */
function listWithAction(
  app: OpenAPIHono,
  context: ApiContext,
  section: "deliveries" | "feeds",
  body: (visit: Visit) => ReturnType<Parameters<typeof act>[3]>,
  done: Parameters<typeof act>[2],
  work: (visit: Visit) => ReturnType<Parameters<typeof act>[4]>,
): void {
  const path = `/admin/${section}`;
  app.get(
    path,
    admitted(context, async (visit) =>
      visit.c.html(
        adminPage(visit.desk, section, { body: await body(visit), done: doneIn(visit.c) }),
      ),
    ),
  );
  app.post(
    path,
    admitted(context, (visit) =>
      act(
        visit,
        section,
        done,
        () => body(visit),
        () => work(visit),
      ),
    ),
  );
}

function digestRoutes(app: OpenAPIHono, context: ApiContext): void {
  const { topics } = context;
  app.get(
    "/admin/digests",
    admitted(context, async ({ c, desk, office }) =>
      c.html(
        adminPage(desk, "digests", { body: digestsBody(desk, await office.digests(), topics) }),
      ),
    ),
  );
  app.get(
    "/admin/digests/preview",
    admitted(context, async ({ c, desk, office }) => {
      const topic = topics.find(({ id }) => id === c.req.query("topic"));
      if (!topic) throw new Problem(404, "There is no such topic here.");
      const language = c.req.query("language") === "es" ? "es" : "en";
      const digest = await office.previewDigest([topic.id], language);
      if (digest === null) {
        const body = digestsBody(desk, await office.digests(), topics);
        const refused = adminWords[desk.voice.language].nothingNew;
        return c.html(adminPage(desk, "digests", { body, refused }));
      }
      c.header("Content-Security-Policy", mountedPages); // a mail carries its styles within
      return c.html(digest);
    }),
  );
}

function feedRoutes(app: OpenAPIHono, context: ApiContext): void {
  const body = async ({ desk, office }: Visit) => feedsBody(desk, await office.feeds());
  listWithAction(app, context, "feeds", body, "asked", ({ office, form }) =>
    office.checkFeed(form.feed ?? ""),
  );
}

/** Looked at only: what is due is decided elsewhere, and nothing here changes it. */
function queueRoutes(app: OpenAPIHono, context: ApiContext): void {
  const look = admitted(context, async ({ c, office }) => {
    if (!office.queueBoard) throw new Problem(404, adminWords[voiceFor(c).language].noQueueBoard);
    const { body, status, headers } = await office.queueBoard(c.req.raw);
    return new Response(body, {
      status,
      headers: {
        "Content-Type": headers.get("Content-Type") ?? "text/plain; charset=utf-8",
        "Content-Security-Policy": queuePages,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
      },
    });
  });
  app.get("/admin/queue", look);
  app.get("/admin/queue/*", look);
}
