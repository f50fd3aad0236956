import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import type { Sign } from "./dkim.ts";
import { type Mail, mailBytes } from "./mail.ts";
import { withoutAddresses } from "./returns.ts";
import type { SendResult, Transport } from "./transport.ts";

export interface SmtpOptions {
  /** How long the server may stay silent, also after the whole mail was sent. */
  readonly silenceMs?: number;
  readonly sign?: Sign | undefined;
}

/** Hands mails to a mail server, one connection each. `url` is smtp:// or smtps://. */
export function smtpTransport(
  url: string,
  { silenceMs = 120_000, sign }: SmtpOptions = {},
): Transport {
  const transporter = createTransport({
    url,
    connectionTimeout: Math.min(silenceMs, 30_000),
    greetingTimeout: Math.min(silenceMs, 30_000),
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  /** One try from one return path. */
  const handOver = async (
    mail: Mail,
    bytes: Buffer,
    from: string,
  ): Promise<SendResult | "from"> => {
    const handover = { begun: false };
    const raw = Readable.from(
      (function* () {
        handover.begun = true; // asked for only after the server answered DATA with 354
        yield bytes;
      })(),
    );
    try {
      await transporter.sendMail({ envelope: { from, to: [mail.to.address] }, raw });
      return { outcome: "sent" };
    } catch (error) {
      const problem = error as SmtpError;
      const atSender = problem.command === "MAIL FROM" && (problem.responseCode ?? 0) >= 500;
      return atSender && from !== mail.from.address ? "from" : failure(problem, handover.begun);
    }
  };
  return {
    kind: "smtp",
    async send(mail: Mail): Promise<SendResult> {
      const bytes = await mailBytes(mail, sign);
      const result = await handOver(mail, bytes, mail.returnPath);
      // Some servers let us send only from the very address that we logged in with.
      return result === "from"
        ? ((await handOver(mail, bytes, mail.from.address)) as SendResult)
        : result;
    },
  };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

function failure({ message, code, responseCode, command }: SmtpError, begun: boolean): SendResult {
  const reason = withoutAddresses(message.replace(/\s+/g, " ").slice(0, 300));
  if (responseCode === undefined)
    return begun ? { outcome: "unknown", reason } : { outcome: "later", reason };
  // What is said of the sender, of the login or of the greeting is about us; the reader has no part in it.
  const ofReader =
    command === "RCPT TO" || command === "DATA" || (code === "EMESSAGE" && command !== "MAIL FROM");
  if (!ofReader || responseCode === 421) return { outcome: "later", reason };
  return responseCode >= 500
    ? { outcome: "refused", reason }
    : { outcome: "later", reason, ofReader };
}
