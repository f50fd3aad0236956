import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { Administration, Trial } from "./administration.ts";
import { ok, okOrMissing, problemContent } from "./answers.ts";
import * as schemas from "./office-schemas.ts";
import { nothing, rulePath, trialQuery } from "./parameters.ts";
import { Problem } from "./problem.ts";
import type { Trials } from "./trials.ts";

const usual = 50;

/** What people wait for, and what a rule would have said over the whole ledger. Nothing is saved or sent. */
export function ruleRoutes(app: OpenAPIHono, office: Administration, trials: Trials): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/rules",
      summary: "The rules that raise alerts",
      request: { query: nothing },
      responses: ok(schemas.ruleList, "Every rule, in words and as it is kept."),
    }),
    async (c) => c.json({ items: (await office.rules()).map(ruleOf) }, 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/rules/{id}",
      summary: "One rule",
      request: { params: rulePath, query: nothing },
      responses: okOrMissing(schemas.rule, "The rule, in words and as it is kept."),
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const found = (await office.rules()).find(({ ruleId }) => ruleId === id);
      if (!found) throw new Problem(404, `There is no rule “${id}”.`);
      return c.json(ruleOf(found), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/rules/{id}/dry-run",
      summary: "What a rule would have said over the whole ledger",
      request: { params: rulePath, query: trialQuery },
      responses: { ...okOrMissing(schemas.ruleTrial, "How many alerts, and the newest."), ...late },
    }),
    async (c) => {
      const { id: ruleId } = c.req.valid("param");
      const { limit = usual } = c.req.valid("query");
      const trial = await trials.run(c, (signal) => office.tryRule({ ruleId }, { signal, limit }));
      return c.json(trialOf(trial), 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/rules/dry-run",
      summary: "The same of a rule that is not saved",
      request: {
        query: trialQuery,
        body: { required: true, content: { "application/json": { schema: schemas.ruleDraft } } },
      },
      responses: {
        ...ok(schemas.ruleTrial, "How many alerts, and the newest."),
        422: { description: "No such rule makes sense.", content: problemContent },
        ...late,
      },
    }),
    async (c) => {
      const definition = c.req.valid("json");
      const { limit = usual } = c.req.valid("query");
      const trial = await trials.run(c, (signal) =>
        office.tryRule({ definition }, { signal, limit }),
      );
      return c.json(trialOf(trial), 200);
    },
  );
}

/** Of whatever reads the whole ledger. */
export const late = {
  503: { description: "It took too long, or too many were at it.", content: problemContent },
} as const;

const ruleOf = ({
  ruleId,
  name,
  says,
  definition,
  snoozedUntil,
  spokeAt,
}: Awaited<ReturnType<Administration["rules"]>>[number]) => ({
  ...{ ruleId, name, says, snoozedUntil, spokeAt },
  definition: { ...definition },
});

const trialOf = ({ latest, ...trial }: Trial) => ({ ...trial, latest: [...latest] });
