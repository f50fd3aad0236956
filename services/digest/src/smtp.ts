import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { type Mail, mailBytes } from "./mail.ts";
import type { SendResult, Transport } from "./transport.ts";

export interface SmtpOptions {
  /** How long the server may stay silent, also after the whole mail was sent. */
  readonly silenceMs?: number;
}

/** Hands mails to a mail server, one connection each. `url` is smtp:// or smtps://. */
export function smtpTransport(url: string, { silenceMs = 120_000 }: SmtpOptions = {}): Transport {
  const transporter = createTransport({
    url,
    connectionTimeout: Math.min(silenceMs, 30_000),
    greetingTimeout: Math.min(silenceMs, 30_000),
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    kind: "smtp",
    async send(mail: Mail): Promise<SendResult> {
      const bytes = await mailBytes(mail);
      const handover = { begun: false };
      const raw = Readable.from(
        (function* () {
          handover.begun = true; // asked for only after the server answered DATA with 354
          yield bytes;
        })(),
      );
      try {
        const envelope = { from: mail.from.address, to: [mail.to.address] };
        await transporter.sendMail({ envelope, raw });
        return { outcome: "sent" };
      } catch (error) {
        return failure(error as SmtpError, handover.begun);
      }
    },
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** The answers that are about this mail or this reader, not about how we reach the server. */
const aboutTheMail = new Set(["MAIL FROM", "RCPT TO", "DATA"]);

function failure({ message, code, responseCode, command }: SmtpError, begun: boolean): SendResult {
  const reason = message.replace(/\s+/g, " ").slice(0, 300);
  if (responseCode === undefined) {
    return begun ? { outcome: "unknown", reason } : { outcome: "later", reason };
  }
  const permanent =
    responseCode >= 500 &&
    (aboutTheMail.has(command ?? "") || code === "EENVELOPE" || code === "EMESSAGE");
  return permanent ? { outcome: "refused", reason } : { outcome: "later", reason };
}
