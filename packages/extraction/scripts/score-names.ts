// Says how well names are found in IOB2 text, span for span, by everything that `understand` does:
// node scripts/score-names.ts <en|es> <file.iob2> <weights trained without it> [--differences]
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadKnowledge } from "../src/knowledge/load.ts";
import { understand } from "../src/understand.ts";

interface Span {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}
interface Document {
  text: string;
  names: Span[];
}

const documentSentences = 25;
const kinds: Record<string, string> = { person: "PER", organisation: "ORG", place: "LOC" };

/** Tokens put together again as they are written, with the spans of the names. */
function read(file: string): Document[] {
  const documents: Document[] = [];
  let open = { text: "", names: [] as Span[], sentences: 0 };
  const close = () => {
    if (open.names.length > 0 || open.text !== "") documents.push(open);
    open = { text: "", names: [], sentences: 0 };
  };
  for (const block of readFileSync(file, "utf8").split(/\n\s*\n/)) {
    const lines = block.split("\n").filter((line) => /\S \S+$/.test(line));
    if (lines.some((line) => line.startsWith("-DOCSTART-"))) close();
    const own = lines.filter((line) => !line.startsWith("-DOCSTART-"));
    if (own.length === 0) continue;
    if (open.sentences++ >= documentSentences) close();
    addSentence(open, own);
  }
  close();
  return documents;
}

function addSentence(document: Document, lines: readonly string[]): void {
  let glued = true;
  for (const line of lines) {
    const cut = line.lastIndexOf(" ");
    const [word, tag] = [line.slice(0, cut), line.slice(cut + 1)];
    if (!glued && !/^(?:[.,;:!?)\]%”’»]|['’](?:s|re|ve|ll|d|m)|n['’]t)/.test(word))
      document.text += " ";
    glued = /^[([“«¿¡$]$/.test(word);
    const start = document.text.length;
    document.text += word;
    const last = document.names.at(-1);
    if (tag.startsWith("B-"))
      document.names.push({ start, end: document.text.length, kind: tag.slice(2) });
    else if (tag.startsWith("I-") && last)
      document.names[document.names.length - 1] = { ...last, end: document.text.length };
  }
  document.text += "\n";
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { differences: { type: "boolean" } },
});
const [language = "en", file = "", weightsFile = ""] = positionals;
const weights = new Int8Array(readFileSync(weightsFile));
const knowledge = loadKnowledge(() => weights);
const counts = new Map<string, { right: number; found: number; gold: number }>();
for (const { text, names } of read(file)) {
  const { entities } = understand(
    { title: "", text, language, publishedAt: "2010-06-01T00:00:00Z", url: null, source: "" },
    knowledge,
  );
  const found = entities.flatMap(({ type, mentions }) =>
    mentions.flatMap(({ start, end }) => (kinds[type] ? [{ start, end, kind: kinds[type] }] : [])),
  );
  const key = ({ start, end, kind }: Span) => `${start} ${end} ${kind}`;
  const [gold, system] = [
    new Map(names.map((one) => [key(one), one])),
    new Map(found.map((one) => [key(one), one])),
  ];
  for (const [id, one] of [...gold, ...system]) {
    if (gold.has(id) && system.get(id) === one) continue;
    for (const kind of [one.kind, "all"]) {
      const row = counts.get(kind) ?? { right: 0, found: 0, gold: 0 };
      counts.set(kind, row);
      if (gold.has(id) && system.has(id)) row.right++;
      if (system.has(id)) row.found++;
      if (gold.has(id)) row.gold++;
    }
    if (values.differences && !(gold.has(id) && system.has(id)))
      console.log(
        `${gold.has(id) ? "missed  " : "invented"} ${one.kind} “${text.slice(one.start, one.end)}” in …${text.slice(Math.max(0, one.start - 50), one.end + 40).replaceAll("\n", " / ")}…`,
      );
  }
}
for (const [kind, { right, found, gold }] of counts)
  console.log(
    `${kind}: precision ${(right / found).toFixed(3)} recall ${(right / gold).toFixed(3)} F1 ${((2 * right) / (found + gold)).toFixed(3)}`,
  );
