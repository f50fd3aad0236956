import { z } from "@hono/zod-openapi";
import { occurrenceCode } from "@newsledger/core";
import { limits, type Narrowing } from "@newsledger/readmodels";

/** Query parameters, each declared once. Whatever else is sent is refused, so that a typing error is never ignored. */

const topic = z
  .string()
  .regex(/^[\p{L}\p{N}._-]{1,100}$/u)
  .openapi({
    description: "Id of a followed topic, e.g. citgo-6.",
  });
const cursor = z.string().min(1).max(300).openapi({
  description: "The `next` of the page before.",
});
/** Digits only: what else JavaScript reads as a number (1e9, 0x10) is a typing error. */
const countUpTo = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `give a whole number from 1 to ${most}`)
    .transform(Number)
    .refine((count) => count >= 1 && count <= most, `give a whole number from 1 to ${most}`)
    .openapi({ type: "integer", minimum: 1, maximum: most });
const limit = countUpTo(limits.most).openapi({
  description: `How many lines, 1 to ${limits.most}; ${limits.default} when left out.`,
});
const day = z.iso.date();
const asOf = day.openapi({
  description: "What had been published by the end of this day (UTC), whenever it was found.",
  example: "2021-12-31",
});
const knownAt = z
  .union([
    z
      .string()
      .regex(/^\d{1,18}$/)
      .transform((digits) => BigInt(digits)),
    z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  ])
  .openapi({
    type: "string",
    description:
      "A moment (ISO 8601 with zone) or a ledger position: only what the ledger had recorded by then.",
    example: "2026-01-31T12:00:00Z",
  });

/** An outlet, or a name as answers write it. */
const name = z.string().min(1).max(200);
const id = z.string().regex(/^[\p{L}\p{N}._-]{1,200}$/u);
const q = z.string().min(1).max(500).openapi({
  description: 'Words, "phrases", OR, -minus; English and Spanish, with or without accents.',
  example: '"house arrest" citgo -gasolina',
});

const narrowing = {
  topic: topic.optional(),
  entity: id
    .openapi({
      description: "A person, organisation or place that is named.",
      example: "tomeu-vadell",
    })
    .optional(),
  role: z
    .enum(["actor", "target"])
    .openapi({ description: "Only where the entity does something, or has it done to it." })
    .optional(),
  occurrence: z
    .enum(occurrenceCode.options)
    .openapi({ description: "Only where this is told to have happened." })
    .optional(),
  language: z.enum(["en", "es"]).optional(),
  source: name.openapi({ description: "One outlet, as answers write it." }).optional(),
  from: day.openapi({ description: "Published on this day or later." }).optional(),
  to: day.openapi({ description: "Published on this day or earlier." }).optional(),
  found_from: day.openapi({ description: "First seen here on this day or later." }).optional(),
  found_to: day.openapi({ description: "First seen here on this day or earlier." }).optional(),
  happened_from: day
    .openapi({ description: "Told to have happened on this day or later." })
    .optional(),
  happened_to: day
    .openapi({ description: "Told to have happened on this day or earlier." })
    .optional(),
  q: q.optional(),
  min_sources: countUpTo(100)
    .openapi({ description: "Only stories that so many outlets tell in their own words." })
    .optional(),
};
const eventType = z
  .string()
  .regex(/^[a-z]+\.[a-z_-]+$/)
  .openapi({ description: "Kind of event, e.g. item.matched.", example: "story.opened" });

const past = { as_of: asOf.optional(), known_at: knownAt.optional() };
const paging = { limit: limit.optional(), cursor: cursor.optional() };

/** An object that refuses what it does not know, and says what it knows. */
function only<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const names = Object.keys(shape);
  const allowed = names.length > 0 ? `known here: ${names.join(", ")}` : "there are none here";
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `${issue.keys.map((key) => `“${clip(key)}”`).join(", ")}: no such parameter; ${allowed}.`
        : undefined,
  });
}

export const eventsQuery = only({
  ...narrowing,
  type: eventType.optional(),
  direction: z
    .enum(["forward", "backward"])
    .openapi({ description: "backward (newest first) when left out." })
    .optional(),
  ...past,
  ...paging,
});

export const pressQuery = only({ ...narrowing, ...past, ...paging });
export const exportQuery = only({
  ...narrowing,
  type: eventType.openapi({ description: "Of events: only this kind." }).optional(),
  ...past,
});

export const streamQuery = only({
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .openapi({ description: "The last position already known; 0 for all there is." })
    .optional(),
  topic: topic.optional(),
  type: z
    .string()
    .regex(/^[a-z]+\.[a-z_-]+(,[a-z]+\.[a-z_-]+){0,29}$/)
    .openapi({ description: "Kinds of events, with commas.", example: "story.opened,story.joined" })
    .optional(),
  source: narrowing.source,
});

export const searchQuery = only({
  q,
  topic: topic.optional(),
  language: z.enum(["en", "es"]).optional(),
  from: day.openapi({ description: "Published on this day or later." }).optional(),
  to: day.openapi({ description: "Published on this day or earlier." }).optional(),
  ...past,
  ...paging,
});

const { topic: _, ...withinCase } = narrowing;
const {
  from: _from,
  to: _to,
  found_from: _foundFrom,
  found_to: _foundTo,
  happened_from: _happenedFrom,
  happened_to: _happenedTo,
  ...followed
} = withinCase;
export const feedQuery = only(followed);
export const timelineQuery = only({ ...withinCase, ...past, ...paging });
export const statusQuery = only(past);
export const nothing = only({});
export const casePath = z.object({
  id: topic.openapi({ param: { name: "id", in: "path" }, example: "citgo-6" }),
});

const named = (example: string) =>
  z.object({ id: id.openapi({ param: { name: "id", in: "path" }, example }) });
export const storyPath = named("story-0a1b2c3d");
export const entityPath = named("tomeu-vadell");
export const feedPath = named("feed-0a1b2c3d");
export const rulePath = named("citgo-6-developments");
export const deliveryPath = named("d4m2qx");

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const deliveriesQuery = only({
  state: z
    .string()
    .regex(/^[a-z]{1,20}$/)
    .openapi({ description: "planned, held, delivered, failed …", example: "failed" })
    .optional(),
  kind: eventType.openapi({ description: "Kind of message.", example: "alert.raised" }).optional(),
  receiver: id.openapi({ description: "Id of a receiver." }).optional(),
  since: moment
    .openapi({ type: "string", description: "Planned at this moment or later." })
    .optional(),
  until: moment.openapi({ type: "string", description: "Planned before this moment." }).optional(),
  ...paging,
});
export const trialQuery = only({
  limit: limit.openapi({ description: "At most so many of the newest lines." }).optional(),
});
export const eventPath = z.object({
  position: z
    .string()
    .regex(/^\d{1,18}$/)
    .openapi({ param: { name: "position", in: "path" }, example: "1200" }),
});

type Asked = Pick<
  Narrowing,
  "topic" | "entity" | "role" | "occurrence" | "language" | "source" | "from" | "to" | "q"
> &
  Partial<
    Record<"found_from" | "found_to" | "happened_from" | "happened_to", string | undefined> & {
      min_sources: number | undefined;
    }
  >;

/** What the questions of the read models call what narrows them. */
export const narrowingOf = (query: Asked): Narrowing => ({
  topic: query.topic,
  entity: query.entity,
  role: query.role,
  occurrence: query.occurrence,
  language: query.language,
  source: query.source,
  from: query.from,
  to: query.to,
  foundFrom: query.found_from,
  foundTo: query.found_to,
  happenedFrom: query.happened_from,
  happenedTo: query.happened_to,
  q: query.q,
  minSources: query.min_sources,
});

/** What the questions of the read models call these two. */
export const pastOf = (query: {
  as_of?: string | undefined;
  known_at?: Date | bigint | undefined;
}) => ({ asOf: query.as_of, knownAt: query.known_at });

/** What is wrong with the parameters, in sentences. */
export const sentences = (error: z.core.$ZodError): string => error.issues.map(sentence).join(" ");

function sentence({ code, path, message }: z.core.$ZodIssue): string {
  if (code === "unrecognized_keys") return message;
  const name = path.join(".");
  if (name === "since" || name === "until")
    return `${name}: give a moment with its zone (2026-01-31T12:00:00Z).`;
  if (name === "known_at")
    return "known_at: give a moment with its zone (2026-01-31T12:00:00Z) or a ledger position (1200).";
  if (/^(as_of|((found|happened)_)?(from|to))$/.test(name))
    return `${name}: give a day, written as 2021-12-31.`;
  return `${name}: ${message}.`;
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
