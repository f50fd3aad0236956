import { z } from "zod";
import { parseFeed } from "./parse/parse.ts";
import type { ParsedItem } from "./parse/types.ts";

const question = z.object({
  id: z.union([z.string(), z.number()]),
  bytes: z.base64(),
  contentType: z.string().nullish(),
  url: z.string().nullish(),
  headers: z.record(z.string(), z.unknown()).nullish(),
});

/** One question in, one answer out, never an exception: the protocol of `newsledger feeds parse --ndjson`. */
export function parseNdjsonLine(line: string): string {
  let id: unknown = null;
  try {
    const asked: unknown = JSON.parse(line);
    id = idOf(asked);
    const { bytes, contentType, url, headers } = question.parse(asked);
    const feed = parseFeed({
      bytes: Buffer.from(bytes, "base64"),
      contentType: contentType ?? null,
      url: url ?? null,
      headers: lowerCased(headers ?? {}),
    });
    const { titleHtml, link, language, encoding, warnings } = feed;
    const entries = feed.items.map(entry);
    return JSON.stringify({
      id,
      feed: { title: titleHtml ?? feed.title, link, language, encoding, entries, warnings },
    });
  } catch (error) {
    return JSON.stringify({ id, error: described(error) });
  }
}

const entry = (item: ParsedItem) => ({
  id: item.guid,
  title: item.titleHtml ?? item.title,
  link: item.link,
  summary: item.description,
  content: item.content,
  published: item.published,
  updated: item.updated,
  author: item.author,
});

function idOf(asked: unknown): unknown {
  return typeof asked === "object" && asked !== null && "id" in asked ? asked.id : null;
}

function lowerCased(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name.toLowerCase(), value]] : [],
  );
  return Object.fromEntries(lines);
}

function described(error: unknown): { name: string; message: string } {
  if (error instanceof z.ZodError) return { name: "BadQuestion", message: z.prettifyError(error) };
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: "Error", message: String(error) };
}
