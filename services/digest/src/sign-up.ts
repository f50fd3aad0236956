import { setTimeout as pause } from "node:timers/promises";
import type { Hint } from "@newsledger/queue";
import type { Context, Hono } from "hono";
import { html } from "hono/html";
import { z } from "zod";
import { AddressInvalid } from "./address.ts";
import { signUp } from "./consent.ts";
import type { Press } from "./database.ts";
import { doorkeeper } from "./doorkeeper.ts";
import type { Html } from "./html.ts";
import { page } from "./page.ts";
import { ScheduleInvalid } from "./schedule.ts";
import { type Language, words } from "./words.ts";

export interface SignUpOptions {
  /** Closed, the page does not exist. */
  readonly open: boolean;
  /** Called with what is worth sending soon. */
  readonly enqueue: (hints: readonly Hint[]) => Promise<void>;
  /** How often one client may ask; others wait an hour. */
  readonly perHour?: number;
}

/** The answer takes at least so long: how long an address takes tells nothing about it. */
const answerMs = 250;

/** The page where a reader asks for the digest. Whatever is known of an address, the answer is the same. */
export function signUpRoutes(
  routes: Hono,
  press: Press,
  { open, enqueue, perHour = 30 }: SignUpOptions,
): void {
  if (!open) return;
  const door = doorkeeper(perHour);

  routes.get("/subscribe", (context) => {
    const language = languageOf(context);
    return context.html(form(press, language, context.req.query("topic")));
  });

  routes.post("/subscribe", async (context) => {
    const language = languageOf(context);
    const say = words[language].signUp;
    if (!door.admits(clientOf(context), Date.now())) {
      context.header("retry-after", "3600");
      return reply(context, 429, say.title, say.tooMany);
    }
    const [outcome] = await Promise.all([ask(context, press), pause(answerMs)]);
    if (Array.isArray(outcome)) {
      await enqueue(outcome).catch(() => {}); // the mail is planned all the same
      return reply(context, 202, say.title, say.done);
    }
    return reply(context, 400, say.title, say.wrong(outcome.problem));
  });
}

/** What is worth sending soon, or what is wrong with what was entered. */
async function ask(context: Context, press: Press): Promise<Hint[] | { problem: string }> {
  const wish = await wishOf(context);
  if (wish === null) return { problem: words[languageOf(context)].signUp.email };
  // Only programs fill in what people do not see.
  if (wish.website !== "") return [];
  const known = wish.topics.filter((id) => press.topics.some((topic) => topic.id === id));
  if (known.length === 0) return { problem: words[wish.language].signUp.topics };
  const { website: _, ...subscriber } = wish;
  try {
    return await signUp(press, { ...subscriber, topics: known });
  } catch (error) {
    if (error instanceof AddressInvalid || error instanceof ScheduleInvalid)
      return { problem: error.message };
    throw error;
  }
}

const wishSchema = z.object({
  email: z.string().trim().min(3).max(254),
  topics: z.preprocess(
    (value) => (typeof value === "string" ? [value] : value),
    z.array(z.string().max(200)).min(1).max(50),
  ),
  schedule: z.enum(["daily", "weekly"]).default("daily"),
  at: z.string().max(5).default("07:00"),
  timeZone: z.string().max(64).default("UTC"),
  language: z.enum(["en", "es"]).default("en"),
  heartbeat: z.preprocess((value) => value === "on" || value === true, z.boolean()),
  website: z.string().default(""),
});

/** From a form, or from JSON. */
async function wishOf(context: Context): Promise<z.output<typeof wishSchema> | null> {
  if (Number(context.req.header("content-length") ?? 0) > 10_000) return null;
  const json = context.req.header("content-type")?.startsWith("application/json");
  const body: unknown = await (json
    ? context.req.json()
    : context.req.parseBody({ all: true })
  ).catch(() => null);
  return wishSchema.safeParse(body).data ?? null;
}

/** Where a request came from; behind a proxy all come from there, and the limits of the addresses themselves remain. */
function clientOf(context: Context): string {
  const env = context.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? "unknown";
}

function languageOf(context: Context): Language {
  const wanted = context.req.query("lang") ?? context.req.header("accept-language") ?? "";
  return wanted.trim().toLowerCase().startsWith("es") ? "es" : "en";
}

function reply(context: Context, status: 202 | 400 | 429, title: string, text: string) {
  if (context.req.header("accept")?.includes("application/json"))
    return context.json({ message: text }, status);
  return context.html(page(languageOf(context), title, html`<p>${text}</p>`), status);
}

function form(press: Press, language: Language, wanted: string | undefined): Html {
  const say = words[language].signUp;
  const field = "display:block;font-size:16px;padding:6px;margin:4px 0 14px;max-width:100%";
  const chosen = press.topics.some(({ id }) => id === wanted) ? wanted : press.topics[0]?.id;
  return page(
    language,
    say.title,
    html`<p>${say.intro}</p>
<form method="post" action="/subscribe?lang=${language}">
<label>${say.email}<input type="email" name="email" required maxlength="254" autocomplete="email" style="${field}"></label>
<fieldset style="margin:0 0 14px"><legend>${say.topics}</legend>${press.topics.map(
      ({ id, title }) =>
        html`<label style="display:block"><input type="checkbox" name="topics" value="${id}"${id === chosen ? " checked" : ""}> ${title[language]}</label>`,
    )}</fieldset>
<label>${say.schedule}<select name="schedule" style="${field}"><option value="daily">${say.daily}</option><option value="weekly">${say.weekly}</option></select></label>
<label>${say.at}<input type="time" name="at" value="07:00" required style="${field}"></label>
<label>${say.timeZone}<select name="timeZone" style="${field}">${zones().map(
      (zone) => html`<option${zone === "UTC" ? " selected" : ""}>${zone}</option>`,
    )}</select></label>
<label>${say.language}<select name="language" style="${field}"><option value="en"${language === "en" ? " selected" : ""}>English</option><option value="es"${language === "es" ? " selected" : ""}>Español</option></select></label>
<label style="display:block;margin:0 0 14px"><input type="checkbox" name="heartbeat"> ${say.heartbeat}</label>
<label style="display:none">${say.leaveEmpty}<input name="website" tabindex="-1" autocomplete="off"></label>
<button type="submit" style="font-size:16px;padding:8px 16px">${say.button}</button>
</form>
<p style="font-size:16px">${say.privacy}</p>`,
  );
}

const zones = (): string[] => [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
];
