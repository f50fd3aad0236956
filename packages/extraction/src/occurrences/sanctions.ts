import { isPossessive, type Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import { beforeArticles, type Clause } from "./clause.ts";
import { hasWord, isBody, isPaper, isPerson, isPlace } from "./kinds.ts";

export const permitting = /^(?:authori[sz]ed|allowed|cleared|autorizó|permitió)$/;

/** "OFAC allowed Chevron to …", "Chevron was allowed to … under a licence": one who sanctions lets a company. */
export const isPermit = ({ actors, targets }: Candidate): boolean =>
  actors.some(isSanctioner) && targets.some(isBody) && !targets.some(isPerson);

export const permits =
  /^(?:licen[cs]es?|licencias?|sanctions|sanciones|ofac|treasury|tesoro|permits?|permisos?|waivers?)$/;

/** "renewed Prado’s license": whose the licence is. */
export function holders(
  article: Article,
  { mentions }: Clause,
  { hit, targets }: Candidate,
): Mention[] {
  const named = targets.filter((one) => !isPaper(one));
  if (named.length > 0) return named;
  return mentions.filter(
    (one) => isBody(one) && one.from > hit.from && one.to <= hit.to && isPossessive(article, one),
  );
}

/** "sanctions on Venezuela’s oil sector", "sanciones al petróleo venezolano": the country is meant. */
export function withCountry(article: Article, clause: Clause, candidate: Candidate): Candidate {
  if (candidate.targets.length > 0) return candidate;
  const { from, to } = clause.sentence;
  const at = article.tokens.findIndex(
    (token, index) =>
      index >= from &&
      index < to &&
      /^(?:sanctions|sanciones|licen[cs]es?|licencias?|order|orden|decreto)$/.test(token.folded),
  );
  if (at < 0) return candidate;
  const reach = article.tokens.slice(Math.max(from, at - 3), Math.min(to, at + 9));
  const owner = clause.mentions.find(
    (one) => isPlace(one) && one.from > at && one.to <= at + 9 && !candidate.actors.includes(one),
  );
  const wide = article.tokens.slice(at, Math.min(to, at + 14));
  const isNational = [...reach, ...wide].some((token) =>
    /^(?:venezuelan|venezolan[oa]s?)$/.test(token.folded),
  );
  const venezuela = isNational
    ? clause.all.find(({ entity }) => entity.id === "venezuela")
    : undefined;
  const country = owner ?? venezuela ?? (isNational ? unlistedVenezuela : undefined);
  return country ? { ...candidate, targets: [country] } : candidate;
}

/** "Venezuelan debt", in an article that does not name the country. */
const unlistedVenezuela: Mention = {
  from: 0,
  to: 0,
  entity: { key: "venezuela", id: "venezuela", type: "place", name: "Venezuela", known: null },
  how: "phrase",
  listed: false,
  corrupted: false,
};

/** "the sale of Ana Holding to Prado Energy", "of Citgo’s parent": what is sold, and who gets it. */
export function withBuyer(
  article: Article,
  { sentence, mentions }: Clause,
  candidate: Candidate,
): Candidate {
  const bodies = mentions.filter(
    (one) => isBody(one) && one.from >= candidate.hit.to && one.to <= sentence.to,
  );
  const chosen = bodies.filter((one, index) => {
    const before = [
      article.tokens[one.from - 1],
      article.tokens[beforeArticles(article.tokens, one.from)],
    ];
    const isNear = one.from - candidate.hit.to < 16;
    return (
      isNear &&
      (before.some((token) => /^(?:to|a|by|por)$/.test(token?.folded ?? "")) ||
        (index === 0 && isPossessive(article, one)))
    );
  });
  const targets = [
    ...new Map([...candidate.targets, ...chosen].map((one) => [one.entity.key, one])).values(),
  ];
  return { ...candidate, targets };
}

/** "US sanctions on Venezuela" is a noun; "US sanctions judge" a verb. */
export function sanction(article: Article, clause: Clause, bound: Candidate): Candidate | null {
  const candidate = withCountry(article, clause, bound);
  const { hit, actors, targets } = candidate;
  if (hit.trigger.words.join() === "sanctions") {
    const next = article.tokens[hit.to];
    if (!next || /^(?:on|against|and|are|have|were|over|for|in|relief|to|,|\.)$/.test(next.folded))
      return null;
    if (actors.length === 0) return null;
  }
  // "designated as wrongfully detained", "a designated airport": not each designation is a sanction.
  if (
    /^(?:designated|designating|design[óo]\p{L}*|designaron|designado|designar)$/u.test(
      hit.trigger.words[0] ?? "",
    )
  )
    return actors.some(isSanctioner) &&
      !hasWord(article, clause, /^(?:as|wrongfully|como)$/) &&
      targets.some((one) => isPerson(one) || isBody(one))
      ? candidate
      : null;
  if (isDecree.test(hit.trigger.words[0] ?? ""))
    return { ...candidate, targets: targets.filter((one) => !isPaper(one) && !isPerson(one)) };
  if (isReturn.test(hit.trigger.words[0] ?? ""))
    return { ...candidate, targets: targets.filter((one) => !isPaper(one)) };
  return targets.length > 0 ||
    (actors.some(isSanctioner) &&
      hit.trigger.voice === "past" &&
      !/^sancion/.test(hit.trigger.words[0] ?? ""))
    ? candidate
    : null;
}

/** "signed an order that bars …". */
const isDecree = /^(?:signed|issued|firmó|firmaron|signing|firmado|firmara)$/;

const isSanctioner = (one: Mention): boolean => one.entity.id === "united-states" || isBody(one);

/** Sanctions that come back need nobody named whom they meet. */
const isReturn =
  /^(?:re|snapped|let|lets|allowed|revoked|revokes|did|would|will|declined|dejo|deja|dejó|volvió|no)/;
