import { createPrivateKey, createPublicKey } from "node:crypto";
import Dkim from "nodemailer/lib/dkim";
import { domainOf, parseSender } from "./address.ts";

/** Signs a mail (RFC 6376): the same mail gets the same signature. */
export type Sign = (mail: Buffer) => Promise<Buffer>;

export interface DkimSettings {
  /** The private key, PEM. */
  readonly key: string;
  readonly selector: string;
  /** Default: that of the sender. */
  readonly domain?: string | undefined;
  readonly mailFrom: string;
}

class DkimKeyInvalid extends Error {
  override name = "DkimKeyInvalid";
}

/**
 * RFC 8058 §4: both headers of the one-click button must be signed, or the mail program does not show it. nodemailer
 * itself leaves the second one out.
 */
export const signedHeaders = [
  "from",
  "to",
  "subject",
  "date",
  "message-id",
  "in-reply-to",
  "references",
  "mime-version",
  "content-type",
  "list-id",
  "list-unsubscribe",
  "list-unsubscribe-post",
  "auto-submitted",
] as const;

/** Reads the key once; throws with a sentence when it cannot sign. */
export function dkimSigner({ key, selector, domain, mailFrom }: DkimSettings): Sign {
  const privateKey = checkedKey(key);
  const domainName = domain ?? domainOf(parseSender(mailFrom));
  const dkim = new Dkim({
    domainName,
    keySelector: selector,
    privateKey,
    headerFieldNames: signedHeaders.join(":"),
  });
  return async (mail) => {
    const chunks: Buffer[] = [];
    for await (const chunk of dkim.sign(mail)) chunks.push(Buffer.from(chunk as Buffer));
    return Buffer.concat(chunks);
  };
}

/** What belongs into DNS so that receivers can check the signature. */
export function dnsRecord({ key, selector, domain, mailFrom }: DkimSettings): {
  name: string;
  value: string;
} {
  const publicKey = createPublicKey(checkedKey(key)).export({ type: "spki", format: "der" });
  const name = `${selector}._domainkey.${domain ?? domainOf(parseSender(mailFrom))}`;
  return { name, value: `v=DKIM1; k=rsa; p=${publicKey.toString("base64")}` };
}

function checkedKey(pem: string): string {
  let key: ReturnType<typeof createPrivateKey>;
  try {
    key = createPrivateKey(pem);
  } catch (cause) {
    throw new DkimKeyInvalid(
      "DKIM key: not a private key in PEM form; make one with: openssl genrsa -out dkim.pem 2048",
      { cause },
    );
  }
  // RFC 8301: 1024 bits at least. Ed25519 (RFC 8463) is not yet checked by the large receivers.
  if (key.asymmetricKeyType !== "rsa" || (key.asymmetricKeyDetails?.modulusLength ?? 0) < 1024)
    throw new DkimKeyInvalid("DKIM key: an RSA key of 1024 bits or more is needed");
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
