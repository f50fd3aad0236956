import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sign } from "./dkim.ts";
import { type Mail, mailBytes } from "./mail.ts";
import type { SendResult, Transport } from "./transport.ts";

/** Puts mails into a directory as .eml files, which any mail program opens. The same issue is the same file. */
export function fileTransport(directory: string, sign?: Sign): Transport {
  return {
    kind: "file",
    async send(mail: Mail): Promise<SendResult> {
      const name = `${mail.date.toISOString().slice(0, 10)}-${mail.issueId}.eml`;
      const path = join(directory, name);
      const unfinished = join(directory, `.${name}.${process.pid}`);
      try {
        const bytes = await mailBytes(mail, sign);
        await mkdir(directory, { recursive: true });
        await writeFile(unfinished, bytes, { flush: true });
        await rename(unfinished, path); // never half a mail under its name
        return { outcome: "sent" };
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => {}); // the first error is the one to report
        const reason = error instanceof Error ? error.message : String(error);
        return { outcome: "later", reason: `write ${path}: ${reason}` };
      }
    },
  };
}
