import type { z } from "@hono/zod-openapi";
import { problem } from "./schemas.ts";

export const problemContent = { "application/problem+json": { schema: problem } };

/** The answers of a route: its JSON, or what was wrong with the question. */
export const ok = <S extends z.ZodType>(schema: S, description: string) => ({
  200: { description, content: { "application/json": { schema } } },
  ...wrongQuestion,
});

export const wrongQuestion = {
  400: { description: "Wrong parameters, said in a sentence.", content: problemContent },
} as const;

/** … or that what the path names is not here. */
export const okOrMissing = <S extends z.ZodType>(schema: S, description: string) => ({
  ...ok(schema, description),
  404: { description: "There is no such thing here.", content: problemContent },
});
