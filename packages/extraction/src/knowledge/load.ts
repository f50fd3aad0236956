import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { loadWeights, type Weights } from "../names/tag.ts";
import { fold } from "../text/fold.ts";
import { type Token, tokens } from "../text/token.ts";
import { extractor } from "../version.ts";
import { countries } from "./countries.ts";
import { Phrases } from "./phrases.ts";
import {
  type Alias,
  alias,
  casework,
  type KnownEntity,
  knownEntity,
  type World,
  world,
} from "./schema.ts";

/** One way in which an entity may be written. */
export interface NameUse {
  readonly entity: KnownEntity;
  readonly alias: Alias;
  readonly tokens: readonly Token[];
  /** Stands for the country's government: may act, does not name the place. */
  readonly government: boolean;
}

export interface Knowledge {
  readonly version: string;
  readonly entities: ReadonlyMap<string, KnownEntity>;
  readonly names: Phrases<NameUse>;
  /** Full names by their folded words, for names put together from coordinated ones. */
  readonly byName: ReadonlyMap<string, readonly NameUse[]>;
  /** Words that make a shared name one of ours. */
  readonly context: World["context"];
  /** What recognises names that nobody listed; null while it is being trained. */
  readonly weights: Readonly<Record<"en" | "es", Weights | null>>;
}

const folder = new URL("../../knowledge/", import.meta.url);

const readCasework = () =>
  casework.parse(JSON.parse(readFileSync(new URL("casework.json", folder), "utf8")));

/** The entities of the cases alone: quick to read, and all that a topic's terms can name. */
export const loadCasework = (): Pick<Knowledge, "entities"> => ({
  entities: new Map(readCasework().entities.map((entity) => [entity.id, entity])),
});

/** Reads the files of knowledge/ and models/ and makes them ready. */
export function loadKnowledge(
  weightsOf: (language: "en" | "es") => Weights | null = loadWeights,
): Knowledge {
  const cases = readCasework();
  const rest = world.parse(parse(readFileSync(new URL("world.yaml", folder), "utf8")));
  const version = `${/[\d.]+/.exec(cases.source)?.[0] ?? "0"}+${rest.version}`;
  if (version !== extractor.knowledgeVersion)
    throw new Error(
      `load knowledge: the files are version ${version}, the program says ${extractor.knowledgeVersion}: change both together`,
    );
  const weights = { en: weightsOf("en"), es: weightsOf("es") };
  return { ...compile(cases.entities, rest, version), weights };
}

/** Entities made ready for matching; a later entity replaces an earlier one of the same id. */
function compile(
  cases: readonly KnownEntity[],
  rest: World,
  version: string,
): Omit<Knowledge, "weights"> {
  const entities = new Map(cases.map((entity) => [entity.id, entity]));
  for (const entity of fromWorld(rest)) entities.set(entity.id, entity);
  for (const entity of countries(entities, rest)) entities.set(entity.id, entity);
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

/** The words of a name without case, accents and marks: what makes two spellings one. */
export const nameKey = (name: string): string =>
  tokens(name)
    .filter((token) => token.kind !== "mark")
    .map((token) => fold(token.text))
    .join(" ");

function fromWorld(rest: World): KnownEntity[] {
  const made =
    (type: string) =>
    ([id, entry]: [string, World["places"][string]]) =>
      // Persons of the wide world are known for their office, unless the file says otherwise.
      knownEntity.parse({ official: type === "person", ...entry, id, type });
  return [
    ...Object.entries(rest.organisations).map(made("organisation")),
    ...Object.entries(rest.persons).map(made("person")),
    ...Object.entries(rest.places).map(made("place")),
    ...Object.entries(rest.towns).flatMap(([country, towns]) =>
      towns.map((spellings) => town(country, spellings)),
    ),
  ];
}

/** "Munich|Múnich", "Mendoza?". */
function town(country: string, spellings: string): KnownEntity {
  const locative = spellings.endsWith("?");
  const names = spellings.replace(/\?$/, "").split("|");
  const [name = ""] = names;
  return knownEntity.parse({
    id: `town-${country.toLowerCase()}-${nameKey(name).replace(/[^a-z0-9]+/g, "-")}`,
    type: "place",
    name,
    aliases: names.map((text) => ({ text, locative })),
    ...(country === "XX" ? {} : { country }),
  });
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
