import MailComposer from "nodemailer/lib/mail-composer";
import { type Address, domainOf } from "./address.ts";
import type { Sign } from "./dkim.ts";
import { fillIn } from "./marks.ts";

/** One issue on its way to one reader. */
export interface Mail {
  readonly issueId: string;
  readonly from: Address;
  readonly to: Address;
  /** Where it comes back to when it cannot be delivered. */
  readonly returnPath: string;
  readonly messageId: string;
  /** The Message-ID of the issue before: mail programs show the issues of a subscription as one conversation. */
  readonly inReplyTo: string | null;
  /** The Message-IDs of the conversation, oldest first. */
  readonly references: readonly string[];
  readonly date: Date;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly topics: readonly string[];
  readonly webUrl: string;
  /** Asks and stops this one; null in a mail that asks whether to begin. */
  readonly stop: { readonly url: string; readonly allUrl: string; readonly mailto: string } | null;
  readonly confirmUrl: string | null;
}

/** The mail as bytes (RFC 5322), signed where there is a key: the same mail is the same bytes. */
export async function mailBytes(mail: Mail, sign?: Sign): Promise<Buffer> {
  const { issueId, from, to, messageId, inReplyTo, references, date, subject } = mail;
  const composer = new MailComposer({
    from: { ...from },
    to: { ...to },
    messageId,
    ...(inReplyTo === null ? {} : { inReplyTo }),
    ...(references.length === 0 ? {} : { references: [...references] }),
    date,
    subject,
    text: fillIn(mail.text, mail),
    html: fillIn(mail.html, mail),
    headers: {
      ...(mail.stop === null ? {} : listHeaders(mail, mail.stop)),
      "Auto-Submitted": "auto-generated", // RFC 3834: nobody's holiday answer comes back
    },
    newline: "\r\n",
    baseBoundary: issueId,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    composer.compile().build((error, built) => {
      if (error || !built) reject(error ?? new Error(`compose mail ${issueId}: no bytes`));
      else resolve(built);
    });
  });
  return sign ? sign(bytes) : bytes;
}

// Unfolded: some relays break folded links.
const asIs = (value: string) => ({ prepared: true, foldLines: false, value });

const listHeaders = (mail: Mail, stop: { url: string; mailto: string }) => ({
  // RFC 8058 §3.1: an https link and exactly this Post header; the mail address is for programs that know only RFC 2369.
  "List-Unsubscribe": asIs(`<${stop.url}>, <${stop.mailto}>`),
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  "List-Id": asIs(listId(mail)), // RFC 2919
});

/** One list per case, so that a reader can file each on its own; several cases in one mail share one. */
function listId({ topics, from }: Mail): string {
  const [only = "digest", ...others] = topics;
  const name = others.length > 0 ? "digest" : only.replace(/[^A-Za-z0-9-]+/g, "-");
  return `<${name}.${domainOf(from)}>`;
}
