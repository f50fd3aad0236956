import { extractNdjsonLine, loadKnowledge } from "@newsledger/extraction";
import { type Labelled, readPart } from "./labelled.ts";
import {
  compareArticle,
  type Difference,
  type Extracted,
  type Field,
  f1,
  fields,
  type SameName,
  type Tally,
  total,
} from "./measure.ts";

const targets: Record<Field, number> = {
  topics: 0.97,
  persons: 0.95,
  orgs: 0.88,
  places: 0.9,
  dates: 0.92,
  quotes: 0.98,
  "attributed quotes": 0.93,
  "event codes": 0.75,
  "event arguments": 0.65,
};

/** Names are one when the knowledge holds both for one entity, else when they differ in case, accents and marks only. */
function sameName(): SameName {
  const bare = (name: string) =>
    name
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .replace(/^(?:the|el|la|los|las) /, "")
      .trim();
  const ids = new Map<string, string>();
  for (const { id, name, aliases } of loadKnowledge().entities.values())
    for (const text of [...aliases.map((one) => one.text), name])
      if (!ids.has(bare(text))) ids.set(bare(text), id);
  return (name) => ids.get(bare(name)) ?? bare(name);
}

function extract({ id, language, title, text, published }: Labelled): Extracted {
  const line = { id, lang: language, source: "score", title, text, publishedAt: published };
  return JSON.parse(extractNdjsonLine(JSON.stringify(line))) as Extracted;
}

interface Measured {
  readonly scores: Record<Field, number>;
  readonly falseAlarms: number;
  readonly differences: readonly Difference[];
}

function measure(articles: readonly Labelled[], same: SameName): Measured {
  const tallies: Record<Field, Tally>[] = [];
  const differences: Difference[] = [];
  let falseAlarms = 0;
  for (const article of articles) {
    const found = extract(article);
    const compared = compareArticle(article, found, same);
    tallies.push(compared.tallies);
    differences.push(...compared.differences);
    if (article.topics.length === 0 && found.topics.length > 0) falseAlarms++;
  }
  const scores = Object.fromEntries(
    fields.map((field) => [field, f1(total(tallies.map((one) => one[field])))]),
  ) as Record<Field, number>;
  return { scores, falseAlarms, differences };
}

const same = sameName();
const [dev, heldOut] = [readPart("dev"), readPart("held-out")];
const parts = { dev: measure(dev, same), "held-out": measure(heldOut, same) };
console.log(`${dev.length} articles for development, ${heldOut.length} held out\n`);
console.log(
  `${"F1".padEnd(20)}${"target".padStart(8)}${"dev".padStart(8)}${"held out".padStart(10)}`,
);
for (const field of fields)
  console.log(
    field.padEnd(20) +
      targets[field].toFixed(2).padStart(8) +
      parts.dev.scores[field].toFixed(3).padStart(8) +
      parts["held-out"].scores[field].toFixed(3).padStart(10),
  );
console.log(
  `${"false alarms".padEnd(20)}${"0".padStart(8)}${String(parts.dev.falseAlarms).padStart(8)}${String(parts["held-out"].falseAlarms).padStart(10)}`,
);
if (process.argv.includes("--differences"))
  for (const { article, field, missed, invented } of parts.dev.differences)
    console.log(
      `${article} ${field}: missed ${missed.join(" ; ")} | invented ${invented.join(" ; ")}`,
    );

const short = fields.filter((field) => parts["held-out"].scores[field] < targets[field]);
if (short.length > 0 || parts["held-out"].falseAlarms > 0) {
  console.error(`below target on the held-out part: ${short.join(", ") || "false alarms"}`);
  process.exitCode = 1;
}
