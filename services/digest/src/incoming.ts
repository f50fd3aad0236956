/** Reads a mail that came back: as much of MIME (RFC 2045) and of delivery reports (RFC 3464, 5965) as that takes. */

export interface Incoming {
  readonly kind: "bounce" | "delay" | "complaint" | "unsubscribe" | "reply";
  /** Every address that the mail was sent to, as its headers say. */
  readonly sentTo: readonly string[];
  /** The Message-ID of the mail that it is about; null when it does not say. */
  readonly about: string | null;
  /** The addresses that the report is about. */
  readonly recipients: readonly string[];
  /** Of an unsubscribe mail. */
  readonly token: string | null;
  /** 5.1.1, or empty. */
  readonly status: string;
  /** What the other server said. */
  readonly reason: string;
}

export function readIncoming(mail: string): Incoming {
  const { headers, body } = split(mail);
  const sentTo = ["delivered-to", "x-original-to", "envelope-to", "to"].flatMap((name) =>
    addresses(all(headers, name).join(" ")),
  );
  const nothing = { sentTo, about: null, recipients: [], token: null, status: "", reason: "" };
  const parts = partsOf(headers, body);
  const report = parts.find(({ type }) => type === "message/delivery-status");
  if (report) return { ...nothing, ...deliveryReport(report.body), about: originalId(parts) };
  const complaint = parts.find(({ type }) => type === "message/feedback-report");
  if (complaint) {
    const recipients = addresses(field(fields(complaint.body), "original-rcpt-to"));
    const reason = "the reader marked it as spam";
    return { ...nothing, kind: "complaint", recipients, reason, about: originalId(parts) };
  }
  const [, token = null] =
    /\bunsubscribe\s+([\w-]{20,30})(?![\w-])/i.exec(field(headers, "subject")) ?? [];
  return { ...nothing, kind: token === null ? "reply" : "unsubscribe", token };
}

function deliveryReport(body: string): Pick<Incoming, "kind" | "recipients" | "status" | "reason"> {
  // The first block is about the message, each other one about a recipient (RFC 3464 §2.1).
  const blocks = body.split(/\n\s*\n/).map(fields);
  const about = blocks.filter((block) => field(block, "action") !== "");
  const failed = about.find((block) => /^failed$/i.test(field(block, "action")));
  const block = failed ?? about[0] ?? [];
  const status = /\d\.\d{1,3}\.\d{1,3}/.exec(field(block, "status"))?.[0] ?? "";
  const said = field(block, "diagnostic-code").replace(/^[\w-]+\s*;\s*/, "");
  return {
    kind: failed ? "bounce" : "delay",
    recipients: ["final-recipient", "original-recipient"].flatMap((name) =>
      addresses(field(block, name)),
    ),
    status,
    reason: said || `status ${status || "unknown"}`,
  };
}

/** From the copy of our mail, or of its headers, that the report carries. */
function originalId(parts: readonly Part[]): string | null {
  const copy = parts.find(({ type }) => /^(message\/rfc822|text\/rfc822-headers)$/.test(type));
  if (!copy) return null;
  return /<[^<>\s]+>/.exec(field(split(copy.body).headers, "message-id"))?.[0] ?? null;
}

type Fields = readonly (readonly [name: string, value: string])[];

interface Part {
  readonly type: string;
  readonly body: string;
}

function split(mail: string): { headers: Fields; body: string } {
  const text = mail.replace(/\r\n/g, "\n").replace(/^From .*\n/, ""); // mbox writes an envelope line first
  const end = text.search(/\n\n/);
  return end < 0
    ? { headers: fields(text), body: "" }
    : { headers: fields(text.slice(0, end)), body: text.slice(end + 2) };
}

function fields(block: string): Fields {
  return block
    .replace(/\n[ \t]+/g, " ")
    .split("\n")
    .flatMap((entry) => {
      const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(entry) ?? [];
      return name === undefined ? [] : [[name.toLowerCase(), (value ?? "").trim()] as const];
    });
}

const all = (headers: Fields, wanted: string): string[] =>
  headers.filter(([name]) => name === wanted).map(([, value]) => value);

const field = (headers: Fields, wanted: string): string => all(headers, wanted)[0] ?? "";

/** The parts of a multipart, one inside the other too; what is no multipart is its own only part. */
function partsOf(headers: Fields, body: string, depth = 0): Part[] {
  const contentType = field(headers, "content-type");
  const type = (/^[\w.+-]+\/[\w.+-]+/.exec(contentType)?.[0] ?? "text/plain").toLowerCase();
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]?.trim();
  if (!type.startsWith("multipart/") || !boundary || depth > 3)
    return [{ type, body: decoded(field(headers, "content-transfer-encoding"), body) }];
  return `\n${body}`
    .split(`\n--${boundary}`)
    .slice(1, 40)
    .filter((part) => !part.startsWith("--"))
    .flatMap((part) => {
      const inner = split(part.replace(/^[ \t]*\n/, ""));
      return partsOf(inner.headers, inner.body, depth + 1);
    });
}

function decoded(encoding: string, body: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(body, "base64").toString("utf8");
  if (!/quoted-printable/i.test(encoding)) return body;
  const bytes = body
    .replace(/=\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

const addresses = (text: string): string[] =>
  [...text.slice(0, 4_000).matchAll(/[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}/g)].map(([one]) =>
    one.toLowerCase(),
  );
