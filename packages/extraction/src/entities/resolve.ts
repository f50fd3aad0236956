import type { ArticleEntity } from "@newsledger/core";
import type { Knowledge } from "../knowledge/load.ts";
import type { Article } from "../text/article.ts";
import { isUpper } from "../text/token.ts";
import { acronyms, unknownBodies } from "./bodies.ts";
import { coordinated, surnames } from "./coreference.ts";
import { groupPhrases } from "./groups.ts";
import { knownMentions } from "./known.ts";
import { type Entity, type Mention, overlaps, spanOf, surface } from "./mention.ts";
import { unknownPersons } from "./persons.ts";

/** Everyone and everything named in the article, in the order of the text. */
export function resolve(article: Article, knowledge: Knowledge): Mention[] {
  const known = knownMentions(article, knowledge);
  const bodies = unknownBodies(article, known);
  const named = [...known.filter((one) => !bodies.some((body) => overlaps(one, body))), ...bodies];
  const persons = [...named, ...unknownPersons(article, named)];
  const joined = [...persons, ...coordinated(article, knowledge, persons)];
  const withSurnames = [...joined, ...surnames(article, joined)];
  const withAcronyms = [...withSurnames, ...acronymMentions(article, withSurnames)];
  const all = [...withAcronyms, ...groupPhrases(article, knowledge, withAcronyms)];
  return merged(all).toSorted((a, b) => a.from - b.from || b.to - a.to);
}

function acronymMentions(article: Article, mentions: readonly Mention[]): Mention[] {
  const meanings = acronyms(article, mentions);
  if (meanings.size === 0) return [];
  return article.tokens.flatMap((token, at): Mention[] => {
    const meaning = isUpper(token) ? meanings.get(token.text) : undefined;
    if (!meaning || mentions.some((other) => overlaps(other, { from: at, to: at + 1 }))) return [];
    return [{ ...meaning, from: at, to: at + 1, how: "short" }];
  });
}

/** A person first called "Ana Prado" and then "Ana Lucía Prado Gil" is one: the longer name that holds all words of the other. */
function merged(mentions: readonly Mention[]): Mention[] {
  const persons = new Map<string, Entity>();
  for (const { entity } of mentions) if (entity.type === "person") persons.set(entity.key, entity);
  const same = new Map<string, Entity>();
  for (const entity of persons.values()) {
    if (entity.known) continue;
    const longer = [...persons.values()].filter(
      (other) => other.key !== entity.key && holds(other, entity),
    );
    const [only] = longer;
    if (only && longer.length === 1) same.set(entity.key, only);
  }
  return mentions.map((mention) => ({
    ...mention,
    entity: same.get(mention.entity.key) ?? mention.entity,
  }));
}

function holds(longer: Entity, shorter: Entity): boolean {
  const words = longer.key.replace(/^person:/, "").split(/[ -]/);
  const own = shorter.key.replace(/^person:/, "").split(/[ -]/);
  return (
    own.length >= 2 &&
    own.length < words.length &&
    own[0] === words[0] &&
    own.every((word) => words.includes(word))
  );
}

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
