import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import {
  bodyOf,
  caseSensitiveAliases,
  contextAliases,
  corruptedAliases,
  detainees,
  displayNames,
  droppedAliases,
  furtherAliases,
  members,
  officials,
  ownContext,
  sharedAliases,
} from "./casework-decisions.ts";

/**
 * Makes knowledge/casework.json from a research file of entities:
 *   npx node packages/extraction/scripts/build-casework.ts <research.json>
 * Only entities are taken. Contradictions, leads and events of the research file are not facts to match names with.
 */
const researchFile = z.object({
  meta: z.object({ version: z.string(), built_at: z.string() }),
  entities: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      aliases: z.array(z.string()),
      lang_variants: z.object({ en: z.array(z.string()), es: z.array(z.string()) }),
      roles: z
        .array(
          z.object({ role: z.string(), from: z.string().nullable(), to: z.string().nullable() }),
        )
        .optional(),
      near_misses: z.array(z.string()).optional(),
      qid: z.string().optional(),
    }),
  ),
});
type Researched = z.output<typeof researchFile>["entities"][number];

const types: Record<string, string> = {
  person: "person",
  organization: "organisation",
  place: "place",
  group: "group",
  legal_instrument: "instrument",
  financial_instrument: "instrument",
  legal_case: "case",
  event_name: "event",
};

const path = process.argv[2];
if (!path) throw new Error("usage: build-casework.ts <research.json>");
const research = researchFile.parse(JSON.parse(readFileSync(path, "utf8")));
const target = new URL("../knowledge/casework.json", import.meta.url);
const entities = research.entities.map(entity);
writeFileSync(
  target,
  `{\n"source": ${JSON.stringify(`research ${research.meta.version} of ${research.meta.built_at}`)},\n"entities": [\n${entities
    .map((one) => JSON.stringify(one))
    .join(",\n")}\n]}\n`,
);

function entity(from: Researched) {
  const name = displayNames[from.id] ?? from.name;
  const type = types[from.type];
  if (!type) throw new Error(`${from.id}: unknown type ${from.type}`);
  const roles = (from.roles ?? []).map(({ role, from: start, to }) => ({
    role,
    ...(start ? { from: start } : {}),
    ...(to ? { to } : {}),
  }));
  if (detainees.has(from.id) && !roles.some(({ role }) => role.startsWith("detained")))
    roles.push({ role: "detained in Venezuela" });
  return {
    id: from.id,
    type,
    name,
    aliases: aliases(from, name),
    ...(from.qid ? { wikidata: from.qid } : {}),
    ...(roles.length ? { roles } : {}),
    ...(members[from.id] ? { members: members[from.id] } : {}),
    ...(bodyOf[from.id] ? { body: bodyOf[from.id] } : {}),
    ...(officials.has(from.id) ? { official: true } : {}),
    ...(ownContext[from.id] ? { context: ownContext[from.id] } : {}),
    ...(from.near_misses?.length ? { notMe: from.near_misses } : {}),
  };
}

function aliases(from: Researched, name: string) {
  const written: { text: string; lang?: "en" | "es" }[] = [
    { text: name },
    { text: from.name },
    ...from.aliases.map((text) => ({ text })),
    ...from.lang_variants.en.map((text) => ({ text, lang: "en" as const })),
    ...from.lang_variants.es.map((text) => ({ text, lang: "es" as const })),
    ...(furtherAliases[from.id] ?? []).map((text) => ({ text })),
    ...(sharedAliases[from.id] ?? []).map((text) => ({ text })),
  ];
  const seen = new Set<string>();
  return written.flatMap(({ text, lang }) => {
    const key = `${from.id}/${text}`;
    if (seen.has(text) || droppedAliases.has(key)) return [];
    seen.add(text);
    return [
      {
        text,
        ...(lang ? { lang } : {}),
        ...(isCaseSensitive(from, text) ? { caseSensitive: true } : {}),
        ...(contextAliases.has(key) || contextAliases.has(from.id) ? { needsContext: true } : {}),
        ...(corruptedAliases.has(key) ? { corrupted: true } : {}),
        ...(sharedAliases[from.id]?.includes(text) ? { shared: true } : {}),
      },
    ];
  });
}

/** Single words of persons, short acronyms, and words that mean something else in lower case. */
function isCaseSensitive(from: Researched, text: string): boolean {
  return (
    caseSensitiveAliases.has(text) ||
    (from.type === "person" && !text.includes(" ")) ||
    /^\p{Lu}[\p{Lu}\p{L}.]{1,4}$/u.test(text)
  );
}
