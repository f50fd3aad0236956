import type { Message } from "../messages.ts";

/** A message in words for people: what happened, who says so, when, and why it is told. Plain text, one line each. */
export interface Note {
  readonly title: string;
  readonly facts: readonly string[];
  /** Words of the article. */
  readonly quote: string | null;
  readonly why: string | null;
  readonly link: string | null;
}

export function noteOf(message: Message): Note {
  const note = wordsOf(message);
  return { ...note, link: note.link === null ? null : plainLink(note.link) };
}

/** A link without the signs that end or divide a link in any channel's markup. */
const plainLink = (link: string): string | null =>
  URL.parse(link)?.href.replace(
    /[<>|"'`\\\s]/g,
    (sign) => `%${(sign.codePointAt(0) ?? 0).toString(16).padStart(2, "0").toUpperCase()}`,
  ) ?? null;

function wordsOf(message: Message): Note {
  switch (message.type) {
    case "alert.raised":
      return alertNote(message.data);
    case "alert.corrected":
      return correctionNote(message.data, message.timestamp);
    case "alert.noticed":
      return noticeNote(message.data);
    case "alert.batch":
      return batchNote(message.data);
    case "webhook.test":
      return {
        title: "Test",
        facts: [line(message.data.message)],
        quote: null,
        why: null,
        link: null,
      };
  }
}

type DataOf<T extends Message["type"]> = Extract<Message, { type: T }>["data"];

function alertNote(data: DataOf<"alert.raised">): Note {
  const [first] = data.evidence;
  return {
    title: line(data.summary),
    facts: [
      ...(data.occurrence === null ? [] : [`What: ${line(data.occurrence)}`]),
      ...sourceLines(data),
      `Published ${moment(data.published_at)}, found ${moment(data.first_seen)}`,
    ],
    quote: first ? line(first.quote) : null,
    why: `Why you get this: ${line(data.rule.name)}: ${line(data.rule.why)}`,
    link: data.sources[0]?.url ?? data.links.web,
  };
}

function sourceLines({ sources, status }: DataOf<"alert.raised">): string[] {
  const names = [...new Set(sources.map(({ name }) => line(name)))];
  if (names.length === 0) return [];
  const shown = names.slice(0, 4).join(", ");
  const more = names.length > 4 ? ` and ${names.length - 4} more` : "";
  const how = {
    reported: "Reported by",
    confirmed: "Confirmed by",
    disputed: "Disputed; reported by",
  };
  return [`${how[status]} ${shown}${more}`];
}

const became = {
  revised: "changed by its publisher",
  withdrawn: "withdrawn",
  contradicted: "contradicted by another report",
  redacted: "removed from the ledger",
} as const;

function correctionNote(data: DataOf<"alert.corrected">, at: string): Note {
  return {
    title: `Correction: ${line(data.summary)}`,
    facts: [
      `The report of ${line(data.source.name)} that you were told of was ${became[data.reason]}.`,
      line(data.what),
      `Found ${moment(at)}`,
      ...(data.by === null ? [] : [`${line(data.by.name)}: “${line(data.by.title)}”`]),
    ],
    quote: null,
    why: `Why you get this: you got the alert that it corrects (${line(data.rule.name)})`,
    link: data.by?.url ?? data.source.url ?? data.links.web,
  };
}

function noticeNote(data: DataOf<"alert.noticed">): Note {
  return {
    title: line(data.summary),
    facts: data.since === null ? [] : [`Since ${moment(data.since)}`],
    quote: null,
    why: `Why you get this: ${line(data.rule.name)}: ${line(data.rule.why)}`,
    link: data.links.web,
  };
}

function batchNote(data: DataOf<"alert.batch">): Note {
  const { alerts, notices, superseded, count } = data;
  const since = Map.groupBy(superseded, ({ event_id }) => event_id);
  const shown = [
    ...alerts.map((alert) => ({ id: alert.event_id, words: alertInBatch(alert) })),
    ...notices.map((notice) => ({ id: notice.event_id, words: line(notice.summary) })),
  ];
  const known = new Set(shown.map(({ id }) => id));
  const became = (whats: typeof superseded) => whats.map(({ what }) => `→ ${line(what)}`);
  const left = count - shown.length;
  return {
    title: `${count} ${count === 1 ? "alert" : "alerts"} held for you: ${line(data.case)}`,
    facts: [
      ...shown.flatMap(({ id, words }) => [`• ${words}`, ...became(since.get(id) ?? [])]),
      ...(left > 0 ? [`and ${left} more`] : []),
      ...became(superseded.filter(({ event_id }) => !known.has(event_id))),
    ],
    quote: null,
    why: `Why you get this: held since ${moment(data.held_since)}, ${rulesOf(data)}`,
    link: alerts[0]?.links.web ?? notices[0]?.links.web ?? null,
  };
}

const alertInBatch = (alert: DataOf<"alert.batch">["alerts"][number]): string =>
  `${line(alert.summary)} (${line(alert.sources[0]?.name ?? "unknown source")}, published ${moment(alert.published_at)}, found ${moment(alert.first_seen)})`;

const rulesOf = ({ alerts, notices }: DataOf<"alert.batch">): string =>
  [...new Set([...alerts, ...notices].map(({ rule }) => line(rule.name)))].slice(0, 3).join(", ") ||
  "your rules";

const moment = (time: string | null): string =>
  time === null
    ? "without a date"
    : `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** One line: no breaks, and none of the invisible signs that turn the direction of what follows. */
const line = (text: string): string =>
  text
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are taken out
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .trim();
