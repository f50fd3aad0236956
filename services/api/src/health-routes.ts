import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { migrations, readModelsLag } from "@newsledger/readmodels";
import { sql } from "kysely";
import { ok } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { nothing } from "./parameters.ts";
import { Problem } from "./problem.ts";
import * as schemas from "./schemas.ts";

/** For machines that watch: is the process alive, can it work, how much does it do. */
export function healthRoutes(app: OpenAPIHono, context: ApiContext): void {
  const { metrics, version } = context;

  app.openapi(
    createRoute({
      method: "get",
      path: "/healthz",
      summary: "Is the process alive?",
      request: { query: nothing },
      responses: ok(schemas.health, "It is."),
    }),
    (c) => c.json({ status: "ok" as const, version }, 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/readyz",
      summary: "Can it work?",
      request: { query: nothing },
      responses: {
        ...ok(schemas.readiness, "Everything it needs is there."),
        503: {
          description: "Something is missing; `checks` says what.",
          content: { "application/json": { schema: schemas.readiness } },
        },
      },
    }),
    async (c) => {
      const checks = await readiness(context);
      const ready = checks.every((check) => check.ok);
      return c.json({ ready, checks }, ready ? 200 : 503);
    },
  );

  app.get("/metrics", async (c) => {
    if (!metrics) throw new Problem(404, "This process keeps no metrics.");
    const { contentType, body } = await metrics.text();
    return c.body(body, 200, { "Content-Type": contentType });
  });
}

interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

const patienceMs = 3_000;

const readiness = (context: ApiContext): Promise<Check[]> =>
  Promise.all([
    check("database", async () => {
      await sql`select 1`.execute(context.db);
      return "answers";
    }),
    check("migrations", () => migrationsDone(context)),
    check("queue", async () => {
      await context.queue.check();
      return context.queue.kind;
    }),
    check("read models", () => readModelsFollow(context)),
  ]);

/** A check that hangs has failed: whoever asks has a timeout too. */
async function check(name: string, probe: () => Promise<string>): Promise<Check> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`no answer within ${patienceMs / 1000} s`)),
    patienceMs,
  );
  try {
    return { name, ok: true, detail: await Promise.race([probe(), late.promise]) };
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function migrationsDone({ db }: ApiContext): Promise<string> {
  const ids = migrations.map(({ id }) => id);
  const { rows } = await sql<{ id: string }>`
    select id from newsledger.migrations where id = any(${ids})`.execute(db);
  const missing = ids.filter((id) => !rows.some((row) => row.id === id));
  if (missing.length > 0) throw new Error(`not run: ${missing.join(", ")}`);
  return "all run";
}

async function readModelsFollow({ log }: ApiContext): Promise<string> {
  const lag = await readModelsLag(log);
  if (!lag || lag.version === 0) throw new Error("not built yet: start the services");
  return `version ${lag.version}, ${lag.behind} behind`;
}
