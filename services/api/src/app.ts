import { OpenAPIHono } from "@hono/zod-openapi";
import { BadQuestion } from "@newsledger/readmodels";
import type { Context } from "hono";
import { compress } from "hono/compress";
import { etag } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { type Administration, Refused } from "./administration.ts";
import { caseRoutes } from "./case-routes.ts";
import type { ApiContext } from "./context.ts";
import { deliveryRoutes } from "./delivery-routes.ts";
import { evidenceRoutes } from "./evidence-routes.ts";
import { exportRoutes } from "./export-routes.ts";
import { feedRoutes } from "./feed-routes.ts";
import { guard } from "./guard.ts";
import { mountedPages, onlyOurNames, securityHeaders } from "./headers.ts";
import { healthRoutes } from "./health-routes.ts";
import { ledgerRoutes } from "./ledger-routes.ts";
import { describe } from "./openapi.ts";
import type { Mount } from "./options.ts";
import { adminRoutes } from "./pages/admin-routes.ts";
import { problemPage } from "./pages/problem-page.ts";
import { feedPageRoute, pageRoutes } from "./pages/routes.ts";
import { door, localPath, signInRoutes } from "./pages/sign-in.ts";
import { voiceFor } from "./pages/voice.ts";
import { sentences } from "./parameters.ts";
import { pressRoutes } from "./press-routes.ts";
import { answerProblem, Problem, readsPages } from "./problem.ts";
import { ruleRoutes } from "./rule-routes.ts";
import { sourceRoutes } from "./source-routes.ts";
import { streamRoutes } from "./stream-routes.ts";
import { topicRoutes, topicTrialRoutes } from "./topic-routes.ts";
import { openTrials, type Trials } from "./trials.ts";
import { onlyText } from "./unreadable.ts";
import { askedOrPosted } from "./writing.ts";

/** Everything that is answered over HTTP; `local` when only this machine may reach us. Streams end with `closing`. */
export function createApp(context: ApiContext, local: boolean, closing: AbortSignal): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw new Problem(400, sentences(result.error));
    },
  });
  const here = { ...context, keyless: local && context.guarded !== true };
  app.use(securityHeaders);
  app.use(onlyText);
  if (local) app.use(onlyOurNames(context.publicUrl));
  if (context.guarded ?? !local) app.use(guard(context));
  app.use("/v1/*", askedOrPosted(context));
  for (const path of [
    "/",
    "/cases/*",
    "/search",
    "/stories/*",
    "/entities/*",
    "/feeds",
    "/style.css",
    "/v1/*",
    "/feeds/*",
  ])
    app.use(path, compress());
  app.use(tagged);

  streamRoutes(app, context, closing);
  ledgerRoutes(app, context);
  caseRoutes(app, context);
  pressRoutes(app, context);
  exportRoutes(app, context);
  evidenceRoutes(app, context);
  topicRoutes(app, context);
  feedPageRoute(app, context);
  feedRoutes(app, context);
  healthRoutes(app, context);
  if (context.feeds) sourceRoutes(app, context.feeds);
  const trials = openTrials(context.trialSeconds);
  if (context.administration) officeRoutes(app, here, context.administration, trials);
  pageRoutes(app, context);
  signInRoutes(app, context);
  adminRoutes(app, here, trials);
  assistantRoute(app, context);
  app.get("/openapi.json", (c) => c.json(describe(app, context.version)));

  app.notFound((c) => elsewhere(c, context.mounts ?? []));
  app.onError((error, c) => {
    const problem = problemOf(error, c, context);
    const keyAsked = problem.status === 401 && readsPages(c) && c.req.method === "GET";
    return keyAsked ? door(c, context, { next: pathOf(c) }, 401) : answer(c, problem);
  });
  return app;
}

/** What assistants speak is loaded when the first of them asks: most processes do without its 12 MB. */
function assistantRoute(app: OpenAPIHono, context: ApiContext): void {
  let loading: Promise<(request: Request) => Promise<Response>> | undefined;
  app.all("/mcp", async (c) => {
    loading ??= import("./mcp.ts").then(({ mcpHandler }) => mcpHandler(context));
    const answer = await loading;
    return answer(c.req.raw);
  });
}

/** Where whoever signs in goes on. */
function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return localPath(pathname + search);
}

const tag = etag();

/** A tag is the hash of the whole answer: not to be had of one without an end, or of one that is never the same. */
const tagged = (c: Context, next: () => Promise<void>) =>
  c.req.path === "/v1/events/stream" || c.req.path.endsWith("/evidence") ? next() : tag(c, next);

/** What other services answer, and whoever puts them together brings. */
function officeRoutes(
  app: OpenAPIHono,
  context: ApiContext,
  office: Administration,
  trials: Trials,
): void {
  topicTrialRoutes(app, context, office, trials);
  ruleRoutes(app, office, trials);
  deliveryRoutes(app, context, office);
}

/** What is not ours may be another service's; the first that knows the path answers. */
async function elsewhere(c: Context, mounts: readonly Mount[]): Promise<Response> {
  let unknown: Response | null = null;
  for (const mount of mounts.filter(({ path }) => covers(path, c.req.path))) {
    const response = await mount.fetch(c.req.raw.clone() as Request, c.env);
    if (response.status !== 404) return mounted(response);
    // Its own page for “no such thing” serves people better than ours.
    if (response.headers.get("Content-Type")?.startsWith("text/html")) unknown = mounted(response);
  }
  return unknown ?? answer(c, new Problem(404, `There is nothing at ${c.req.path}.`));
}

function mounted(response: Response): Response {
  const answer = new Response(response.body, response);
  if (!answer.headers.has("Content-Security-Policy"))
    answer.headers.set("Content-Security-Policy", mountedPages);
  return answer;
}

/** A page for whoever reads pages, RFC 9457 for programs. */
function answer(c: Context, problem: Problem): Response | Promise<Response> {
  return readsPages(c)
    ? c.html(problemPage(voiceFor(c), problem), problem.status)
    : answerProblem(c, problem);
}

const covers = (mount: string, path: string): boolean =>
  path === mount || path.startsWith(mount.endsWith("/") ? mount : `${mount}/`);

/** PostgreSQL, Appendix A: what a statement timeout ends. */
const queryCancelled = "57014";

const refusals = { wrong: 422, missing: 404, conflict: 409 } as const;

function problemOf(error: Error, c: Context, { logger }: ApiContext): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Refused) return new Problem(refusals[error.because], error.message);
  if (error instanceof HTTPException && error.status === 400)
    return new Problem(400, "What was sent is not JSON.");
  if (error instanceof BadQuestion) return new Problem(400, `${error.message}.`);
  if ("code" in error && error.code === queryCancelled)
    return new Problem(503, "The question took longer than five seconds: ask for less of it.");
  logger.error({ err: error, path: c.req.path }, "answering failed");
  // What failed inside is for the log, not for whoever asked.
  return new Problem(500, "The question could not be answered; the server's log says why.");
}
