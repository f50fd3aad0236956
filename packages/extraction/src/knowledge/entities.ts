import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { countries } from "./countries.ts";
import { nameKey } from "./name-key.ts";
import { casework, type KnownEntity, knownEntity, type World, world } from "./schema.ts";

/** Whom and what the files of knowledge/ know, by id. */
export interface Entities {
  readonly entities: ReadonlyMap<string, KnownEntity>;
}

const folder = new URL("../../knowledge/", import.meta.url);

export const readCasework = () =>
  casework.parse(JSON.parse(readFileSync(new URL("casework.json", folder), "utf8")));

export const readWorld = (): World =>
  world.parse(parse(readFileSync(new URL("world.yaml", folder), "utf8")));

/** The entities of the cases alone: quick to read, and all that a topic's terms can name. */
export const loadCasework = (): Entities => ({ entities: byId(readCasework().entities) });

/** All entities, without what finding them in texts takes. */
export const loadEntities = (): Entities => ({
  entities: everyone(readCasework().entities, readWorld()),
});

const byId = (entities: readonly KnownEntity[]): Map<string, KnownEntity> =>
  new Map(entities.map((entity) => [entity.id, entity]));

/** A later entity replaces an earlier one of the same id. */
export function everyone(cases: readonly KnownEntity[], rest: World): Map<string, KnownEntity> {
  const entities = byId([...cases, ...fromWorld(rest)]);
  for (const entity of countries(entities, rest)) entities.set(entity.id, entity);
  return entities;
}

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
