import MailComposer from "nodemailer/lib/mail-composer";
import { type Address, domainOf } from "./address.ts";
import { unsubscribeMark } from "./render.ts";

/** One issue on its way to one reader. */
export interface Mail {
  readonly issueId: string;
  readonly from: Address;
  readonly to: Address;
  readonly messageId: string;
  /** The Message-ID of the issue before: mail programs show the issues of a subscription as one conversation. */
  readonly inReplyTo: string | null;
  readonly date: Date;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly topics: readonly string[];
  readonly unsubscribeUrl: string;
}

/** The mail as bytes (RFC 5322): the same mail is the same bytes. */
export function mailBytes(mail: Mail): Promise<Buffer> {
  const { issueId, from, to, messageId, inReplyTo, date, subject, unsubscribeUrl } = mail;
  const composer = new MailComposer({
    from: { ...from },
    to: { ...to },
    messageId,
    ...(inReplyTo === null ? {} : { inReplyTo, references: [inReplyTo] }),
    date,
    subject,
    text: mail.text.replaceAll(unsubscribeMark, unsubscribeUrl),
    html: mail.html.replaceAll(unsubscribeMark, unsubscribeUrl),
    headers: {
      // RFC 8058 §3.1: an https link and exactly this Post header. Unfolded: some relays break folded links.
      "List-Unsubscribe": { prepared: true, foldLines: false, value: `<${unsubscribeUrl}>` },
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "List-Id": { prepared: true, foldLines: false, value: listId(mail) }, // RFC 2919
      "Auto-Submitted": "auto-generated", // RFC 3834: nobody's holiday answer comes back
    },
    newline: "\r\n",
    baseBoundary: issueId,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error, bytes) => {
      if (error || !bytes) reject(error ?? new Error(`compose mail ${issueId}: no bytes`));
      else resolve(bytes);
    });
  });
}

/** One list per case, so that a reader can file each on its own; several cases in one mail share one. */
function listId({ topics, from }: Mail): string {
  const [only = "digest", ...others] = topics;
  const name = others.length > 0 ? "digest" : only.replace(/[^A-Za-z0-9-]+/g, "-");
  return `<${name}.${domainOf(from)}>`;
}
