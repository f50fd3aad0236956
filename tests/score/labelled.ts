import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const topicId = z.enum(["citgo-6", "us-venezuela"]);
const names = z.array(z.string());

/** An article in our own words, with what a careful reader takes from it. */
const labelled = z.strictObject({
  id: z.string(),
  published: z.iso.datetime(),
  title: z.string(),
  text: z.string(),
  topics: z.array(topicId),
  persons: names,
  orgs: names,
  places: names,
  dates: z.array(z.coerce.string()),
  /** `first words | speaker`, "-" for nobody named. */
  quotes: names,
  /** `code | actors | targets | date | place`. */
  events: names,
});

export interface Happening {
  readonly code: string;
  readonly actor: readonly string[];
  readonly target: readonly string[];
  readonly date: string | null;
  readonly place: string | null;
}

export interface Quote {
  readonly text: string;
  readonly speaker: string | null;
}

export interface Labelled extends Omit<z.output<typeof labelled>, "quotes" | "events"> {
  readonly language: "en" | "es";
  readonly quotes: readonly Quote[];
  readonly events: readonly Happening[];
}

export type Part = "dev" | "dev-more" | "held-out" | "fresh" | "unseen";

/** The articles of one part, English and Spanish. Throws when a label does not fit its text. */
export function readPart(part: Part): Labelled[] {
  return (["en", "es"] as const).flatMap((language) => {
    const file = new URL(`${part}-${language}.yaml`, import.meta.url);
    return z
      .array(labelled)
      .parse(parse(readFileSync(file, "utf8")))
      .map((article) => ({
        ...article,
        language,
        quotes: article.quotes.map((label) => quote(article, label)),
        events: article.events.map(happening),
      }));
  });
}

/** The label gives the first words; the text gives the rest, up to the mark that closes. */
function quote(
  { id, title, text }: { id: string; title: string; text: string },
  label: string,
): Quote {
  const [start = "", speaker = "-"] = label.split(" | ");
  const whole = `${title}\n\n${text}`;
  const at = whole.indexOf(start);
  if (at < 0) throw new Error(`labelled article ${id}: no quote begins with “${start}”`);
  const [words = ""] = /^[^”»"]+/.exec(whole.slice(at)) ?? [];
  return { text: words, speaker: speaker === "-" ? null : speaker };
}

function happening(label: string): Happening {
  const [code = "", actor = "-", target = "-", date = "-", place = "-"] = label.split(" | ");
  const list = (value: string) => (value === "-" ? [] : value.split("+"));
  return {
    code,
    actor: list(actor),
    target: list(target),
    date: date === "-" ? null : date,
    place: place === "-" ? null : place,
  };
}
