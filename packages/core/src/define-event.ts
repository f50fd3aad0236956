import type { z } from "zod";

/** What is handed to the log: a type, the version of its shape, and data that has passed the schema. */
export interface NewEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly schemaVersion: number;
  readonly data: D;
  /** When the world says it happened; `recordedAt` (when the ledger learnt it) is the database's. */
  readonly occurredAt?: Date | undefined;
}

export interface EventDefinition<T extends string = string, S extends z.ZodType = z.ZodType> {
  readonly type: T;
  readonly version: number;
  readonly schema: S;
  create(data: z.input<S>, occurredAt?: Date): NewEvent<T, z.output<S>>;
  /** Stored data of any version up to this one, brought to this one. Throws EventInvalid or EventFromTheFuture. */
  decode(schemaVersion: number, data: unknown): z.output<S>;
}

/** Data that does not fit the schema of its event. */
export class EventInvalid extends Error {
  override name = "EventInvalid";
  readonly type: string;
  constructor(type: string, cause: unknown) {
    super(`event ${type}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.type = type;
  }
}

/** An event written by a newer Newsledger than this one: refuse it rather than misread it. */
export class EventFromTheFuture extends Error {
  override name = "EventFromTheFuture";
  readonly type: string;
  constructor(type: string, stored: number, known: number) {
    super(`event ${type}: stored as version ${stored}, this program knows up to ${known}: upgrade`);
    this.type = type;
  }
}

/** The road from an old shape: key n turns version n into version n + 1. */
type Upcasters = Readonly<Record<number, (old: never) => unknown>>;

/** Declares an event once: name, schema, and the road from every older version (the version is their count + 1). */
export function defineEvent<const T extends string, S extends z.ZodType>(declaration: {
  type: T;
  schema: S;
  upcast?: Upcasters;
}): EventDefinition<T, S> {
  const { type, schema, upcast = {} } = declaration;
  const version = Object.keys(upcast).length + 1;

  const parse = (data: unknown): z.output<S> => {
    const result = schema.safeParse(data);
    if (!result.success) throw new EventInvalid(type, result.error);
    return result.data;
  };

  return {
    type,
    version,
    schema,
    create: (data, occurredAt) => ({ type, schemaVersion: version, data: parse(data), occurredAt }),
    decode(schemaVersion, data) {
      if (schemaVersion > version) throw new EventFromTheFuture(type, schemaVersion, version);
      let current = data;
      for (let from = schemaVersion; from < version; from++) {
        const step = upcast[from];
        if (!step) throw new EventInvalid(type, `no road from version ${from}`);
        current = step(current as never);
      }
      return parse(current);
    },
  };
}
