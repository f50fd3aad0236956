import type { z } from "zod";

/** Work to be done, by ids only: whoever does it reads the facts from Postgres. */
export interface JobRequest<N extends string = string, D = unknown> {
  readonly job: N;
  /** Two requests with one key are the same work. No `:` and not all digits (BullMQ's rules for job ids). */
  readonly key: string;
  readonly data: D;
}

export interface JobDefinition<N extends string = string, S extends z.ZodType = z.ZodType> {
  readonly name: N;
  readonly schema: S;
  /** How many starts the work gets before it is put aside for a person to look at. */
  readonly attempts: number;
  request(data: z.input<S>): JobRequest<N, z.output<S>>;
}

/** Declares a job once: its name, the ids it carries, what makes two of them the same, and our patience. */
export function defineJob<const N extends string, S extends z.ZodType>(declaration: {
  name: N;
  schema: S;
  key: (data: z.output<S>) => string;
  attempts: number;
}): JobDefinition<N, S> {
  const { name, schema, key, attempts } = declaration;
  return {
    name,
    schema,
    attempts,
    request(data) {
      const parsed = schema.parse(data);
      return { job: name, key: key(parsed), data: parsed };
    },
  };
}
