import type { ArticleEntity } from "@newsledger/core";
import type { Knowledge } from "../knowledge/load.ts";
import type { Article } from "../text/article.ts";
import { isUpper } from "../text/token.ts";
import { acronyms, unknownBodies } from "./bodies.ts";
import {
  coordinated,
  relatives,
  surnames,
  surnamesBorne,
  withoutSurnamesAsPlaces,
} from "./coreference.ts";
import { groupPhrases } from "./groups.ts";
import { knownMentions } from "./known.ts";
import { type Entity, knownAs, type Mention, spanOf, surface, Taken } from "./mention.ts";
import { unknownPersons } from "./persons.ts";
import { isSingle, recognised } from "./recognised.ts";
import { stateMentions, unknownSites } from "./sites.ts";

/** Everyone and everything named in the article, in the order of the text. */
export function resolve(article: Article, knowledge: Knowledge): Mention[] {
  const known = knownMentions(article, knowledge);
  const bodies = unknownBodies(article, known);
  const inBodies = new Taken(article.tokens.length, bodies);
  const sites = unknownSites(article, [...known, ...bodies]);
  const inSites = new Taken(article.tokens.length, sites);
  const inKnown = new Taken(article.tokens.length, known);
  const named = [
    ...known.filter((one) => !inBodies.overlaps(one) && !inSites.overlaps(one)),
    ...bodies,
    ...sites,
    ...stateMentions(article, knowledge).filter((one) => !inKnown.overlaps(one)),
  ];
  const cued = [...named, ...unknownPersons(article, named)];
  const read = recognised(article, knowledge, cued);
  const found = [...cued, ...read.filter((one) => !isSingle(one))];
  const members = membersMeant(knowledge, [...found, ...groupPhrases(article, knowledge, found)]);
  const persons = withoutSurnamesAsPlaces(article, found, members);
  const kinned = [...persons, ...relatives(article, knowledge, persons)];
  const joined = [...kinned, ...coordinated(article, knowledge, kinned)];
  const withSurnames = [...joined, ...surnames(article, joined, members)];
  const withAcronyms = [...withSurnames, ...acronymMentions(article, withSurnames)];
  const withGroups = [...withAcronyms, ...groupPhrases(article, knowledge, withAcronyms)];
  const all = [...withGroups, ...singles(article, withGroups, read)];
  return merged(all).toSorted((a, b) => a.from - b.from || b.to - a.to);
}

/** The members of a group that the article speaks of: their surnames may stand alone though nobody is named in full. */
function membersMeant(knowledge: Knowledge, mentions: readonly Mention[]): Entity[] {
  const groups = new Set(mentions.flatMap(({ entity }) => entity.known?.members ?? []));
  return [...groups].flatMap((id) => {
    const known = knowledge.entities.get(id);
    return known && groups.size <= 12 ? [knownAs(known)] : [];
  });
}

/** Single words that were recognised, where nothing else claims them and no person of the article bears them. */
function singles(
  article: Article,
  mentions: readonly Mention[],
  read: readonly Mention[],
): Mention[] {
  const taken = new Taken(article.tokens.length, mentions);
  const borne = surnamesBorne(mentions);
  // "Amber" after "Amber Energy" is no one new.
  const inNames = new Set(
    mentions.flatMap(({ from, to }) =>
      to - from > 1 ? article.tokens.slice(from, to).map((token) => token.folded) : [],
    ),
  );
  return read.filter((one) => {
    const word = article.tokens[one.from]?.folded ?? "";
    return isSingle(one) && !taken.overlaps(one) && !borne.has(word) && !inNames.has(word);
  });
}

function acronymMentions(article: Article, mentions: readonly Mention[]): Mention[] {
  const meanings = acronyms(article, mentions);
  if (meanings.size === 0) return [];
  const taken = new Taken(article.tokens.length, mentions);
  return article.tokens.flatMap((token, at): Mention[] => {
    const meaning = isUpper(token) ? meanings.get(token.text) : undefined;
    if (!meaning || taken.overlaps({ from: at, to: at + 1 })) return [];
    return [{ ...meaning, from: at, to: at + 1, how: "short" }];
  });
}

/** A person first called "Ana Prado" and then "Ana Lucía Prado Gil" is one: the longer name that holds all words of the other. */
function merged(mentions: readonly Mention[]): Mention[] {
  const persons = new Map<string, Entity>();
  for (const { entity } of mentions) if (entity.type === "person") persons.set(entity.key, entity);
  const named = [...persons.values()].map((entity): Named => ({ entity, words: words(entity) }));
  const bearers = Map.groupBy(
    named.flatMap((one) => [...new Set(one.words)].map((word) => ({ word, one }))),
    ({ word }) => word,
  );
  const same = new Map<string, Entity>();
  for (const { entity, words: own } of named) {
    if (entity.known || own.length < 2) continue;
    // Whoever bears all of the words bears the rarest of them.
    const [rarest = []] = own
      .map((word) => bearers.get(word) ?? [])
      .toSorted((a, b) => a.length - b.length);
    const [only, other] = rarest.filter(({ one }) => holds(one.words, own));
    if (only && !other) same.set(entity.key, only.one.entity);
  }
  return mentions.map((mention) => ({
    ...mention,
    entity: same.get(mention.entity.key) ?? mention.entity,
  }));
}

interface Named {
  readonly entity: Entity;
  readonly words: readonly string[];
}

const words = ({ key }: Entity): string[] => key.replace(/^person:/, "").split(/[ -]/);

const holds = (longer: readonly string[], shorter: readonly string[]): boolean =>
  longer[0] === shorter[0] &&
  shorter.length < longer.length &&
  shorter.every((word) => longer.includes(word));

/** One entry an entity, under its canonical name, with every place where it is mentioned. */
export function listed(article: Article, mentions: readonly Mention[]): ArticleEntity[] {
  const entries = new Map<string, ArticleEntity>();
  for (const mention of mentions) {
    if (!mention.listed) continue;
    const { entity } = mention;
    const entry = entries.get(entity.key) ?? {
      id: entity.id,
      type: entity.type,
      name: entity.name,
      ...(entity.known?.wikidata ? { wikidata: entity.known.wikidata } : {}),
      mentions: [],
    };
    entry.mentions.push({ text: surface(article, mention), ...spanOf(article, mention) });
    entries.set(entity.key, entry);
  }
  return [...entries.values()];
}
