import { createHash } from "node:crypto";
import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import PostalMime, { type Email } from "postal-mime";
import type { FeedOutcome, Validators } from "../fetch/types.ts";
import { failed, fetched } from "./answer.ts";

/** So many of the newest mails are looked at. */
const mostMails = 500;
/** What a mail says is at its beginning; attachments come after it. */
const mailBytes = 2 << 20;

/** The mails of a maildir as a document of items, one a line, oldest first. A mail is read, and never moved or marked. */
export async function mailbox(
  directory: string,
  url: string,
  known: Validators,
): Promise<FeedOutcome> {
  const [fresh, read] = await Promise.all(["new", "cur"].map((part) => mailsIn(directory, part)));
  if (!fresh && !read)
    return failed("no-mailbox", `${directory} is no mailbox: it has neither new/ nor cur/.`);
  const mails = [...(fresh ?? []), ...(read ?? [])]
    .sort((a, b) => a.time - b.time || (a.unique < b.unique ? -1 : 1))
    .slice(-mostMails);
  const etag = `"${createHash("sha256")
    .update(mails.map(({ unique }) => unique).join("\n"))
    .digest("hex")}"`;
  if (known.etag === etag) return { outcome: "not-modified", status: 304, etag, finalUrl: url };
  const lines: string[] = [];
  for (const mail of mails) {
    const bytes = await startOf(mail.path);
    if (bytes) lines.push(JSON.stringify(await itemOf(bytes, mail.unique)));
  }
  return fetched(url, Buffer.from(lines.join("\n")), etag);
}

interface Mail {
  readonly path: string;
  /** The name without its flags, which change when somebody reads the mail. */
  readonly unique: string;
  /** Seconds since 1970, with which the names of mails begin. */
  readonly time: number;
}

async function mailsIn(directory: string, part: string): Promise<Mail[] | null> {
  const names = await readdir(join(directory, part)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return (
    names
      ?.filter((name) => !name.startsWith("."))
      .map((name) => ({
        path: join(directory, part, name),
        unique: name.split(":")[0] ?? name,
        time: Number.parseInt(name, 10) || 0,
      })) ?? null
  );
}

/** Null when another program has moved it meanwhile: it is there at the next look. */
async function startOf(path: string): Promise<Buffer | null> {
  try {
    await using handle = await open(path);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(mailBytes), 0, mailBytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** A mail that is made to be unreadable is told of, and costs only itself. */
async function itemOf(bytes: Buffer, unique: string): Promise<Record<string, unknown>> {
  const mail = await PostalMime.parse(bytes).catch(() => null);
  if (!mail) return { id: unique, title: "(a mail that could not be read)" };
  const { subject, html, text, from, date, messageId } = mail;
  return {
    id: messageId ?? unique,
    url: archivedAt(mail),
    title: subject?.trim() || "(no subject)",
    content_html: html,
    content_text: text,
    author: from?.name || from?.address,
    date_published: date,
  };
}

/** Where the same text stands on the web (RFC 5064), when the sender says so. */
const archivedAt = ({ headers }: Email): string | undefined =>
  /https?:\/\/[^\s<>]+/i.exec(headers.find(({ key }) => key === "archived-at")?.value ?? "")?.[0];
