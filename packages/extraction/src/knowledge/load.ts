import { loadWeights, type Weights } from "../names/tag.ts";
import { fold } from "../text/fold.ts";
import { type Token, tokens } from "../text/token.ts";
import { extractor } from "../version.ts";
import { type Entities, everyone, readCasework, readWorld } from "./entities.ts";
import { nameKey } from "./name-key.ts";
import { Phrases } from "./phrases.ts";
import { type Alias, alias, type KnownEntity, type World } from "./schema.ts";

/** One way in which an entity may be written. */
export interface NameUse {
  readonly entity: KnownEntity;
  readonly alias: Alias;
  readonly tokens: readonly Token[];
  /** Stands for the country's government: may act, does not name the place. */
  readonly government: boolean;
}

export interface Knowledge extends Entities {
  readonly version: string;
  readonly names: Phrases<NameUse>;
  /** Full names by their folded words, for names put together from coordinated ones. */
  readonly byName: ReadonlyMap<string, readonly NameUse[]>;
  /** Words that make a shared name one of ours. */
  readonly context: World["context"];
  /** What recognises names that nobody listed; null while it is being trained. */
  readonly weights: Readonly<Record<"en" | "es", Weights | null>>;
}

/** Reads the files of knowledge/ and models/ and makes them ready. */
export function loadKnowledge(
  weightsOf: (language: "en" | "es") => Weights | null = loadWeights,
): Knowledge {
  const cases = readCasework();
  const rest = readWorld();
  const version = `${/[\d.]+/.exec(cases.source)?.[0] ?? "0"}+${rest.version}`;
  if (version !== extractor.knowledgeVersion)
    throw new Error(
      `load knowledge: the files are version ${version}, the program says ${extractor.knowledgeVersion}: change both together`,
    );
  const weights = { en: weightsOf("en"), es: weightsOf("es") };
  return { ...compile(cases.entities, rest, version), weights };
}

/** Entities made ready for matching. */
function compile(
  cases: readonly KnownEntity[],
  rest: World,
  version: string,
): Omit<Knowledge, "weights"> {
  const entities = everyone(cases, rest);
  const names = new Phrases<NameUse>();
  const byName = new Map<string, NameUse[]>();
  const add = (entity: KnownEntity, one: Alias, government: boolean) => {
    const use = { entity, alias: one, tokens: tokens(one.text), government };
    names.add(use.tokens, use);
    const key = nameKey(one.text);
    byName.set(key, [...(byName.get(key) ?? []), use]);
  };
  for (const entity of entities.values())
    for (const one of spellings(entity)) add(entity, one, false);
  for (const [id, phrases] of Object.entries(rest.governments)) {
    const entity = entities.get(id);
    if (!entity) throw new Error(`load knowledge: governments of an unknown place ${id}`);
    for (const text of phrases) add(entity, alias.parse({ text }), true);
  }
  return { version, entities, names, byName, context: rest.context };
}

/** All aliases and the name itself; of spellings that are compared as one the first counts, with its flags. */
function spellings(entity: KnownEntity): Alias[] {
  const written = [...entity.aliases, alias.parse({ text: entity.name })];
  const [, licence] = /^General License (\d+)$/.exec(entity.name) ?? [];
  if (licence)
    for (const name of ["licencia general", "licencia"])
      written.push(alias.parse({ text: `${name} ${licence}`, needsContext: name === "licencia" }));
  return [
    ...new Map(
      written.toReversed().map((one) => [one.caseSensitive ? one.text : fold(one.text), one]),
    ).values(),
  ];
}
