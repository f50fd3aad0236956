import { z } from "zod";

/** Everything that a webhook can receive, declared once: type, validation and the published JSON Schema follow. */

const time = z.iso.datetime({ offset: true });
const link = z.string().nullable();
const caseId = z.string().describe("The topic that is followed.");
const sequence = z
  .number()
  .int()
  .positive()
  .describe(
    "The number of this message in its case, for this receiver: 1, 2, 3 … A hole means that one is missing, or not here yet.",
  );
const rule = z.object({ id: z.string(), name: z.string(), why: z.string() });
const links = z.object({ web: z.string(), api: z.string() });

const severity = z.enum(["info", "important", "critical"]).describe("As the rule's owner says.");

const alert = {
  case: caseId,
  event_id: z.string().describe("The alert. The same on every attempt, for ever."),
  story_id: z
    .string()
    .nullable()
    .describe("null when no report raised it: silence, or a feed in trouble."),
  sequence,
  reports: z
    .number()
    .int()
    .nonnegative()
    .describe("How many reports the story had, copies not counted, this one included."),
  occurrence: z.string().nullable().describe("What happened, as a code: release, arrest …"),
  summary: z.string().describe("The headline, after its source and date when it is a late find."),
  status: z
    .enum(["reported", "confirmed", "disputed"])
    .describe("confirmed: at least two outlets in their own words."),
  severity,
  developments: z
    .array(z.string())
    .describe("What is new in the story: its first report, a new status, reports by so many …"),
  late_find: z
    .boolean()
    .describe("Published long before it was found: news to the ledger, not to the world."),
  entities: z.array(z.object({ id: z.string().nullable(), name: z.string(), type: z.string() })),
  first_seen: time.describe("When the ledger first saw it."),
  published_at: time.nullable().describe("As the source dates it; null when it does not."),
  sources: z.array(
    z.object({ name: z.string(), title: z.string(), url: link, published_at: time.nullable() }),
  ),
  evidence: z
    .array(z.object({ quote: z.string(), url: link, start: z.number(), end: z.number() }))
    .describe("Words of the article, with their place in its stored text (UTF-16 units)."),
  rule,
  links,
};

const envelope = <const T extends string, D extends z.ZodObject>(type: T, data: D) =>
  z.object({
    type: z.literal(type),
    timestamp: time.describe("When this happened in the ledger; not when it was sent."),
    data,
  });

export const alertMessage = envelope("alert.raised", z.object(alert)).describe(
  "A rule fired: sent once per rule and development of a story.",
);
export type AlertMessage = z.output<typeof alertMessage>;

const correctionMessage = envelope(
  "alert.corrected",
  z.object({
    case: caseId,
    event_id: z.string().describe("This correction."),
    corrects: z.string().describe("The event_id of the alert that no longer stands as it was."),
    story_id: z.string(),
    sequence,
    reason: z
      .enum(["revised", "withdrawn", "contradicted", "redacted"])
      .describe("What became of the article that the alert told of."),
    what: z.string().describe("One sentence: what is different now."),
    summary: z.string().describe("The headline that the alert carried."),
    source: z.object({ name: z.string(), url: link }),
    by: z
      .object({ name: z.string(), title: z.string(), url: link })
      .nullable()
      .describe("The report that says otherwise; null when the article itself changed or went."),
    rule: rule.omit({ why: true }),
    links,
  }),
).describe("An alert is corrected: sent to every receiver of the original.");
export type CorrectionMessage = z.output<typeof correctionMessage>;

const notice = {
  case: caseId,
  event_id: z.string().describe("The alert. The same on every attempt, for ever."),
  sequence,
  kind: z
    .enum(["silence", "feed"])
    .describe("silence: nothing was heard for long. feed: a feed is in trouble."),
  feed_id: z.string().nullable(),
  summary: z.string(),
  severity,
  since: time.nullable().describe("Since when it has been so, where that is known."),
  rule,
  links: z.object({ web: z.string() }),
};

const noticeMessage = envelope("alert.noticed", z.object(notice)).describe(
  "An alert that no article raised.",
);
export type NoticeMessage = z.output<typeof noticeMessage>;

const batchMessage = envelope(
  "alert.batch",
  z.object({
    case: caseId,
    event_id: z.string().describe("This batch."),
    sequence,
    held_since: time.describe("When the first of them was held back."),
    count: z
      .number()
      .int()
      .nonnegative()
      .describe("How many alerts were held, those included that no article raised."),
    alerts: z
      .array(z.object(alert))
      .describe("The held alerts as they were raised, oldest first; as many as fit."),
    notices: z
      .array(z.object(notice))
      .describe("Those that no article raised: silence, feeds in trouble; as many as fit."),
    superseded: z
      .array(z.object({ event_id: z.string(), what: z.string() }))
      .describe("Which of them no longer stand, and why."),
  }),
).describe("Alerts that were held during quiet hours, released together.");
export type BatchMessage = z.output<typeof batchMessage>;

const testMessage = envelope("webhook.test", z.object({ message: z.string() })).describe(
  "Sent by hand, to try a receiver out. Nothing has happened.",
);

export const messages = [
  alertMessage,
  correctionMessage,
  noticeMessage,
  batchMessage,
  testMessage,
] as const;
export const message = z.discriminatedUnion("type", messages);
export type Message = z.output<typeof message>;
export type MessageType = Message["type"];

/** A message never weighs more than this, in UTF-8. */
const maxMessageBytes = 20_000;

/** The same message with ever fewer entries in its lists (`most`), until it fits. */
export function bounded<M extends Message>(compose: (most: number) => M): M {
  for (let most = 12; ; most = Math.floor(most / 2)) {
    const composed = compose(most);
    if (most === 0 || Buffer.byteLength(JSON.stringify(composed)) <= maxMessageBytes)
      return composed;
  }
}

/** A link that a receiver may follow; a longer one than browsers take is left out, never cut. */
export const safeLink = (url: string | null): string | null =>
  url !== null && url.length <= 2_000 && /^https?:\/\//i.test(url) ? url : null;

/** Cuts between characters, never inside one. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
