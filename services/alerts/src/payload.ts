import type { NewsEvents } from "@newsledger/core";
import { z } from "zod";

/** What a webhook receives. Bounded: clipped, and never more than 20,000 bytes. */

const time = z.iso.datetime({ offset: true });
const named = z.object({ id: z.string().nullable(), name: z.string() });

const message = {
  type: z.literal("alert.raised"),
  timestamp: time.describe("When the alert was raised."),
  data: z.object({
    case: z.string().describe("The topic that is followed."),
    event_id: z.string().describe("The alert. One per rule and story, for ever."),
    story_id: z.string(),
    sequence: z
      .number()
      .int()
      .positive()
      .describe("How many reports the story had, this one included."),
    occurrence: z.string().nullable().describe("What happened, as a code: release, arrest …"),
    summary: z.string().describe("The headline, after its source and date when it is a late find."),
    status: z
      .enum(["reported", "confirmed"])
      .describe("confirmed: at least two outlets in their own words."),
    late_find: z
      .boolean()
      .describe("Published long before it was found: news to the ledger, not to the world."),
    entities: z.array(z.object({ ...named.shape, type: z.string() })),
    first_seen: time.describe("When the ledger first saw it."),
    published_at: time.nullable().describe("As the source dates it; null when it does not."),
    sources: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        url: z.string().nullable(),
        published_at: time.nullable(),
      }),
    ),
    evidence: z
      .array(
        z.object({
          quote: z.string(),
          url: z.string().nullable(),
          start: z.number(),
          end: z.number(),
        }),
      )
      .describe("Words of the article, with their place in its stored text (UTF-16 units)."),
    rule: z.object({ id: z.string(), name: z.string(), why: z.string() }),
    links: z.object({ web: z.string(), api: z.string() }),
  }),
};
export const alertMessage = z
  .object(message)
  .describe("A rule fired: sent once per rule and story.");
export type AlertMessage = z.output<typeof alertMessage>;

/** One report of the story, other than copies, up to this alert. */
export interface Source {
  readonly name: string;
  readonly title: string;
  readonly url: string | null;
  readonly publishedAt: string | null;
}

const maxBytes = 20_000;

/** The bytes that are sent: frozen here, the same on every attempt. */
export function alertBody(
  alert: NewsEvents["alert.raised"],
  context: { sources: readonly Source[]; raisedAt: Date; publicUrl: string },
): string {
  let most = 12; // entries per list; halved until the message fits
  for (;;) {
    const body = JSON.stringify(alertMessage.parse(compose(alert, context, most)));
    if (Buffer.byteLength(body) <= maxBytes || most === 0) return body;
    most = Math.floor(most / 2);
  }
}

function compose(
  alert: NewsEvents["alert.raised"],
  { sources, raisedAt, publicUrl }: Parameters<typeof alertBody>[1],
  most: number,
): AlertMessage {
  const [occurrence] = alert.occurrences;
  return {
    type: "alert.raised",
    timestamp: raisedAt.toISOString(),
    data: {
      case: alert.topicId,
      event_id: alert.alertId,
      story_id: alert.storyId,
      sequence: sources.length,
      occurrence: occurrence?.code ?? null,
      summary: summary(alert),
      status: new Set(sources.map(({ name }) => name)).size > 1 ? "confirmed" : "reported",
      late_find: alert.lateFind,
      entities: alert.entities
        .slice(0, most)
        .map(({ id, name, type }) => ({ id, name: clip(name, 120), type })),
      first_seen: alert.foundAt,
      published_at: alert.publishedAt,
      sources: sources.slice(0, most).map((source) => ({
        name: clip(source.name, 120),
        title: clip(source.title, 300),
        url: link(source.url),
        published_at: source.publishedAt,
      })),
      evidence: alert.evidence.slice(0, most).map(({ quote, start, end }) => ({
        quote: clip(quote, 500),
        url: link(alert.url),
        start,
        end,
      })),
      rule: { id: alert.ruleId, name: clip(alert.ruleName, 120), why: clip(alert.why, 1_000) },
      links: {
        web: `${publicUrl}/stories/${alert.storyId}`,
        api: `${publicUrl}/v1/stories/${alert.storyId}`,
      },
    },
  };
}

function summary({ lateFind, publishedAt, source, title }: NewsEvents["alert.raised"]): string {
  const late = lateFind ? `Found late (${source}, ${publishedAt?.slice(0, 10)}): ` : "";
  return clip(late + title, 400);
}

/** A link that a receiver may follow; a longer one than browsers take is left out, never cut. */
const link = (url: string | null): string | null =>
  url !== null && url.length <= 2_000 && /^https?:\/\//i.test(url) ? url : null;

/** Cuts between characters, never inside one. */
function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
