import type { Message, MessageType } from "./messages.ts";

type Examples = { readonly [T in MessageType]: Extract<Message, { type: T }> };

const rule = {
  id: "citgo-6-developments",
  name: "Any development about the Citgo 6",
  why: "topic citgo-6, matched on “Tomeu Vadell”; reports release; your note: my uncle",
};
const links = {
  web: "https://ledger.example/stories/s-51c0",
  api: "https://ledger.example/v1/stories/s-51c0",
};

const alert = {
  case: "citgo-6",
  event_id: "a-7d11",
  story_id: "s-51c0",
  sequence: 41,
  reports: 2,
  occurrence: "release",
  summary: "Tomeu Vadell freed, his family says",
  status: "confirmed",
  severity: "critical",
  developments: ["a new status: Tomeu Vadell, from imprisoned to free"],
  late_find: false,
  entities: [{ id: "tomeu-vadell", name: "Tomeu Vadell", type: "person" }],
  first_seen: "2022-10-01T19:04:10.000Z",
  published_at: "2022-10-01T18:55:00.000Z",
  sources: [
    {
      name: "Example Wire",
      title: "Tomeu Vadell freed, his family says",
      url: "https://wire.example/vadell-freed",
      published_at: "2022-10-01T18:55:00.000Z",
    },
    {
      name: "El Diario de Ejemplo",
      title: "Liberan a Tomeu Vadell",
      url: "https://diario.example/liberan-a-vadell",
      published_at: "2022-10-01T18:58:00.000Z",
    },
  ],
  evidence: [
    {
      quote: "Tomeu Vadell was freed on Saturday, his family said.",
      url: "https://wire.example/vadell-freed",
      start: 0,
      end: 52,
    },
  ],
  rule,
  links,
} satisfies Examples["alert.raised"]["data"];

const notice = {
  case: "citgo-6",
  event_id: "n-3310",
  sequence: 43,
  kind: "silence",
  feed_id: null,
  summary: "Nothing about the Citgo 6 for 14 days",
  severity: "info",
  since: "2022-10-18T07:00:00.000Z",
  rule: { ...rule, why: "no report for 14 days; the feeds answer" },
  links: { web: "https://ledger.example/" },
} satisfies Examples["alert.noticed"]["data"];

/** One message of every kind, as receivers see it. */
export const examples: Examples = {
  "alert.raised": { type: "alert.raised", timestamp: "2022-10-01T19:04:12.000Z", data: alert },
  "alert.corrected": {
    type: "alert.corrected",
    timestamp: "2022-10-02T08:00:00.000Z",
    data: {
      case: "citgo-6",
      event_id: "c-90ab",
      corrects: "a-7d11",
      story_id: "s-51c0",
      sequence: 42,
      reason: "revised",
      what: "The headline changed from “Tomeu Vadell freed, his family says” to “Tomeu Vadell on his way home”.",
      summary: "Tomeu Vadell freed, his family says",
      source: { name: "Example Wire", url: "https://wire.example/vadell-freed" },
      by: null,
      rule: { id: rule.id, name: rule.name },
      links,
    },
  },
  "alert.noticed": { type: "alert.noticed", timestamp: "2022-11-01T07:00:00.000Z", data: notice },
  "alert.batch": {
    type: "alert.batch",
    timestamp: "2022-10-02T07:00:00.000Z",
    data: {
      case: "citgo-6",
      event_id: "b-1f02",
      sequence: 44,
      held_since: "2022-10-01T23:10:00.000Z",
      count: 2,
      alerts: [{ ...alert, severity: "info" }],
      notices: [notice],
      superseded: [{ event_id: "a-7d11", what: "The article was withdrawn at 02:40." }],
    },
  },
  "webhook.test": {
    type: "webhook.test",
    timestamp: "2022-10-01T12:00:00.000Z",
    data: { message: "This is a test of your webhook by Newsledger. Nothing has happened." },
  },
};
