import { bySentence, isPossessive, type Mention } from "../entities/mention.ts";
import { bareRole as bare, headOfState, rolesOf } from "../entities/roles.ts";
import { roleWords } from "../entities/words.ts";
import { antecedent, fits, type Gender } from "../quotes/antecedent.ts";
import { quoteSpans } from "../quotes/spans.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital } from "../text/token.ts";
import { withCoordinated } from "./list.ts";

/** Unfolded: "él" is he, "el" the. */
const singular: ReadonlyMap<string, Gender> = new Map([
  ["he", "male"],
  ["él", "male"],
  ["she", "female"],
  ["ella", "female"],
]);
const plural = /^(?:they|ellos|ellas)$/;

/** As far back as a pronoun reaches. */
const reach = 3;

/** Pronouns and bare roles ("the envoy", "el empresario") that stand for people whom the article names. */
export function standIns(article: Article, mentions: readonly Mention[]): Mention[] {
  const persons = mentions.filter((one) => one.entity.type === "person" && one.listed);
  if (persons.length === 0) return [];
  const quoted = inQuotes(article);
  const roles = rolesOf(article, persons);
  const grouped = bySentence(article, mentions);
  return article.sentences.flatMap((sentence, index) => {
    const near = grouped.slice(Math.max(0, index - reach), index + 1).flat();
    const named = (grouped[index] ?? []).filter(
      (one) => one.entity.type === "person" && one.listed,
    );
    const found: Mention[] = [];
    for (let at = sentence.from; at < sentence.to; at++) {
      if (quoted(at)) continue;
      found.push(
        ...pronoun(article, sentence, near, named, at),
        ...roleAlone(article, sentence, { roles, mentions, near }, at),
        ...company(article, sentence, near, at),
      );
    }
    return found;
  });
}

interface Known {
  readonly roles: ReadonlyMap<string, Mention | null>;
  readonly mentions: readonly Mention[];
  readonly near: readonly Mention[];
}

/** "el mandatario": the head of state named last, else whoever was spoken of. */
function ruler(article: Article, sentence: ArticleSentence, known: Known): Mention | undefined {
  const head = headOfState("mandatario", known.mentions, sentence.from);
  if (head) return head;
  const entity = antecedent(article, sentence, known.near, null);
  return entity ? ({ entity } as Mention) : undefined;
}

function inQuotes({ text, tokens }: Article): (at: number) => boolean {
  const inside = new Uint8Array(tokens.length);
  let at = 0;
  for (const { open, close } of quoteSpans(text)) {
    while (at < tokens.length && (tokens[at]?.start ?? 0) < open) at++;
    while (at < tokens.length && (tokens[at]?.start ?? 0) < close) inside[at++] = 1;
  }
  return (index) => inside[index] === 1;
}

const standing = (from: number, to: number, { entity }: Mention): Mention => ({
  from,
  to,
  entity,
  how: "phrase",
  listed: false,
  corrupted: false,
});

function pronoun(
  article: Article,
  sentence: ArticleSentence,
  mentions: readonly Mention[],
  named: readonly Mention[],
  at: number,
): Mention[] {
  const word = article.tokens[at]?.text.toLowerCase() ?? "";
  const gender = singular.get(word);
  if (gender !== undefined) {
    const own = named.find(
      (one) => one.to <= at && fits(one.entity, gender) && isFree(article, one),
    );
    const entity = own?.entity ?? antecedent(article, sentence, mentions, gender);
    return entity ? [standing(at, at + 1, { entity } as Mention)] : [];
  }
  if (!plural.test(word)) return [];
  return together(article, sentence, mentions, named, at).map((one) => standing(at, at + 1, one));
}

const isFree = (article: Article, one: Mention): boolean =>
  !isPossessive(article, one) &&
  !/^(?:of|to|with|by|for|from|against|de|del|a|al|con|por|para|contra)$/.test(
    article.tokens[one.from - 1]?.folded ?? "",
  );

/** "They": the group, or those whom a list names together, of this sentence or the one before. */
function together(
  article: Article,
  sentence: ArticleSentence,
  mentions: readonly Mention[],
  named: readonly Mention[],
  at: number,
): Mention[] {
  const previous = article.sentences[sentence.index - 1];
  const before =
    previous && sentence.index > 1 && sentence.paragraph - previous.paragraph <= 1
      ? mentions.filter((one) => one.from >= previous.from && one.to <= previous.to)
      : [];
  for (const list of [named.filter((one) => one.to <= at), before]) {
    const group = list.find((one) => one.entity.type === "group" && isFree(article, one));
    if (group) return [group];
    const people = list.filter((one) => one.entity.type === "person" && one.listed);
    for (const first of people) {
      const all = withCoordinated(article, people, first, 1);
      if (all.length > 1) return all;
    }
  }
  return [];
}

/** Nobody else is called so: whoever was spoken of last. */
const ruling = /^(?:mandatari[oa]|gobernante|strongman)$/;
const companies =
  /^(?:petrolera|empresa|compania|firma|refinadora|company|firm|refiner|corporation|multinacional|minera)$/;

/** "la petrolera", "the company": the body named last that is no office of a state. */
function company(
  { tokens, sentences }: Article,
  sentence: ArticleSentence,
  mentions: readonly Mention[],
  at: number,
): Mention[] {
  if (
    !companies.test(tokens[at]?.folded ?? "") ||
    !/^(?:the|la)$/.test(tokens[at - 1]?.folded ?? "")
  )
    return [];
  const next = tokens[at + 1];
  if (!next || isCapital(next) || /^(?:of|de|del|that|which|que)$/.test(next.folded)) return [];
  const since = sentences[sentence.index - 2]?.from ?? 0;
  const last = mentions.findLast(
    (one) =>
      one.entity.type === "organisation" &&
      one.from >= since &&
      one.to <= at - 1 &&
      !offices.test(one.entity.name),
  );
  return last ? [standing(at - 1, at + 1, last)] : [];
}

const offices =
  /Department|Ministry|Ministerio|Congress|Senate|House|Court|Tribunal|OFAC|Assembly|Union|Nations|Council|Police|Press|Reuters|AFP|EFE|Treasury|Foro|SEBIN|DGCIM/;

const definite = /^(?:the|el|la)$/;

function roleAlone(
  article: Article,
  sentence: ArticleSentence,
  known: Known,
  at: number,
): Mention[] {
  const { tokens } = article;
  const token = tokens[at];
  if (token?.kind !== "word" || isCapital(token)) return [];
  const isRuler = ruling.test(token.folded);
  if (!(roleWords.has(token.folded) || isRuler)) return [];
  const one =
    known.roles.get(bare(token.folded)) ?? (isRuler ? ruler(article, sentence, known) : undefined);
  if (!one) return [];
  const first = definite.test(tokens[at - 1]?.folded ?? "")
    ? at - 1
    : definite.test(tokens[at - 2]?.folded ?? "") && at - 2 >= sentence.from
      ? at - 2
      : /^['’]s$/.test(tokens[at - 1]?.text ?? "")
        ? at
        : -1;
  const next = tokens[at + 1];
  if (first === at && next?.folded === "for") return [standing(first, at + 1, one)];
  // "the president of …", "the lawyer Ana Prado", "the lawyer, Ana Prado": someone who is told of otherwise.
  const isSomeone =
    /^(?:of|de|del|for|who|que|quien)$/.test(next?.folded ?? "") ||
    (next && isCapital(next)) ||
    (next?.text === "," && isCapital(tokens[at + 2] ?? next));
  return first >= sentence.from && !isSomeone ? [standing(first, at + 1, one)] : [];
}
