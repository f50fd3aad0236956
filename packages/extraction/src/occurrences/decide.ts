import type { ArticleDate, OccurrenceCode } from "@newsledger/core";
import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { exchanged } from "./objects.ts";
import { dateNear } from "./setting.ts";

const isPerson = (one: Mention): boolean =>
  one.entity.type === "person" || one.entity.type === "group";
const isBody = (one: Mention): boolean => one.entity.type === "organisation";
const isPlace = (one: Mention): boolean => one.entity.type === "place" && one.listed;

/** A licence or a case is what is issued or ruled on, not one who takes part. */
const isPaper = (one: Mention): boolean => ["instrument", "case"].includes(one.entity.type);

const courts =
  /^(?:judge|judges|court|courts|tribunal|tribunals|jury|magistrate|panel|justices|juez|jueza|jueces|corte|cortes|sala|magistrado|magistrada|magistrados|jurado|circuit)$/;
const prison = /^(?:years?|months?|prison|jail|life|anos|meses|prision|carcel)$/;

/** What the codes ask for beyond a trigger and its roles; null when it is not given. */
export function decide(
  article: Article,
  clause: Clause,
  candidate: Candidate,
  dates: readonly ArticleDate[],
): Candidate | null {
  const refined = refine(article, clause, candidate, dates);
  return refined && hasWhatItNeeds(refined) ? refined : null;
}

function hasWhatItNeeds({ hit, code, actors, targets }: Candidate): boolean {
  if (code === "statement") return actors.length > 0;
  switch (hit.trigger.needs) {
    case "person":
      return targets.some(isPerson);
    case "body":
      return targets.some(isBody);
    case "anyone":
      return actors.length + targets.length > 0;
    case "nothing":
      return true;
  }
}

function refine(
  article: Article,
  clause: Clause,
  candidate: Candidate,
  dates: readonly ArticleDate[],
): Candidate | null {
  const people = {
    ...candidate,
    targets: candidate.targets.filter(isPerson),
    actors: candidate.actors,
  };
  switch (candidate.code) {
    case "arrest":
    case "reimprison":
    case "house-arrest":
    case "extradite":
      return people;
    case "release":
      return isExchange(article, clause) ? swap(article, clause, people) : people;
    case "convict":
      return hasWord(article, clause, prison) ||
        hasWord(article, clause, courts) ||
        candidate.hit.trigger.voice !== "past"
        ? people
        : asStatement(candidate);
    case "meet":
      return meeting(article, candidate);
    case "sanction":
      return sanction(article, clause, candidate);
    case "court-ruling":
      return ruling(article, clause, candidate);
    case "statement":
      return speaksAsCourt(article, clause, candidate) ? null : asStatement(candidate);
    case "election":
      return election(article, clause, candidate, dates);
    case "asset-sale":
      return {
        ...candidate,
        targets: candidate.targets.filter((one) => !isPlace(one) && !isPerson(one)),
      };
    case "sanction-relief":
      return { ...candidate, targets: candidate.targets.filter((one) => !isPaper(one)) };
    case "negotiate":
      return { ...candidate, targets: candidate.targets.filter((one) => !isPlace(one)) };
    case "prisoner-swap":
      return candidate;
  }
}

/** Both sides go free: those whom the sentence tells of, and those given for them. */
function swap(article: Article, clause: Clause, candidate: Candidate): Candidate {
  const given = exchanged(article, clause);
  const keys = new Set(given.map((one) => one.entity.key));
  const isGiven = (one: Mention) => keys.has(one.entity.key);
  return {
    ...candidate,
    code: "prisoner-swap",
    actors: candidate.actors.filter((one) => !isGiven(one) && !isPerson(one)),
    targets: [...candidate.targets.filter((one) => !isGiven(one)), ...given],
  };
}

const asStatement = (candidate: Candidate): Candidate => ({
  ...candidate,
  code: "statement" as OccurrenceCode,
});

const words = ({ tokens }: Article, { sentence }: Clause): string[] =>
  tokens.slice(sentence.from, sentence.to).map((token) => token.folded);

const hasWord = (article: Article, clause: Clause, pattern: RegExp): boolean =>
  words(article, clause).some((word) => pattern.test(word));

const isExchange = (article: Article, { sentence }: Clause): boolean =>
  /\b(?:in exchange for|in return for|in an? swap|in swap|swapped for|a cambio de[l]?|en un canje|prisoner swap|prisoner exchange|intercambio de prisioneros)\b/iu.test(
    article.text.slice(sentence.start, sentence.end),
  );

const travelling =
  /^(?:traveled|travelled|flew|arrived|landed|viajo|viajaron|volo|volaron|llego|llegaron|aterrizo)$/;
const visiting =
  /^(?:visited|visito|visitaron|visits|visita|visit|able|managed|allowed|pudo|logro)$/;

/** People meet people; a country is met by going there, and only those who hold an office go in its name. */
function meeting(article: Article, candidate: Candidate): Candidate | null {
  const { hit, targets } = candidate;
  const first = article.tokens[hit.from]?.folded ?? "";
  const met = targets.filter((one) => !isPlace(one));
  const actors = candidate.actors.filter((one) => !isPlace(one) || hasDelegation(article, one));
  if (met.length > 0 && (actors.length > 0 || hit.trigger.voice === "noun"))
    return { ...candidate, actors, targets: met };
  if (travelling.test(first) || visiting.test(first)) {
    const guests = actors.filter(
      (one) => one.entity.known?.official || isBody(one) || isPlace(one),
    );
    return targets.some(isPlace) && guests.length > 0
      ? { ...candidate, actors: guests, targets: [] }
      : null;
  }
  return met.length === 0 && actors.length > 1 && /^(?:met|se)$/.test(first)
    ? { ...candidate, actors, targets: [] }
    : null;
}

/** "una delegación de EE. UU.": a country goes by those whom it sends. */
const hasDelegation = ({ tokens }: Article, one: Mention): boolean =>
  tokens
    .slice(Math.max(0, one.from - 3), one.from)
    .some((token) => /^(?:delegation|delegacion|team|mision|mission|comision)$/.test(token.folded));

/** "US sanctions on Venezuela" is a noun; "US sanctions judge" a verb. */
function sanction(article: Article, clause: Clause, candidate: Candidate): Candidate | null {
  const { hit, actors, targets } = candidate;
  if (hit.trigger.words.join() === "sanctions") {
    const next = article.tokens[hit.to];
    if (!next || /^(?:on|against|and|are|have|were|over|for|in|relief|to|,|\.)$/.test(next.folded))
      return null;
    if (actors.length === 0) return null;
  }
  // "designated as wrongfully detained", "a designated airport": not each designation is a sanction.
  if (hit.trigger.words[0] === "designated")
    return actors.some(isSanctioner) &&
      !hasWord(article, clause, /^(?:as|wrongfully|como)$/) &&
      targets.some((one) => isPerson(one) || isBody(one))
      ? candidate
      : null;
  if (isReturn.test(hit.trigger.words[0] ?? ""))
    return { ...candidate, targets: targets.filter((one) => !isPaper(one)) };
  return targets.length > 0 ? candidate : null;
}

const isSanctioner = (one: Mention): boolean => one.entity.id === "united-states" || isBody(one);
/** Sanctions that come back need nobody named whom they meet. */
const isReturn = /^(?:re|snapped|let|lets|allowed|revoked|revokes|dejo|deja|dejó|volvió|no)/;

/** Only a court rules: one named as the subject, or the word right before the verb. */
function ruling(article: Article, clause: Clause, candidate: Candidate): Candidate | null {
  if (!speaksAsCourt(article, clause, candidate)) return null;
  const { actors } = candidate;
  return {
    ...candidate,
    actors: actors.filter((one) => !isPlace(one)),
    // "a ruling by Judge Prado": whose judgment it was does not take part in the next one.
    targets: candidate.targets.filter(
      (one) => !isPlace(one) && !isPaper(one) && !hasRole(article, one),
    ),
  };
}

const courtIds = new Set([
  "d-del",
  "ca3",
  "sdny",
  "tsj",
  "us-supreme-court",
  "international-criminal-court",
  "leonard-stark",
  "alvin-hellerstein",
  "lorena-cornielles",
  "rosvelin-gil",
]);

function speaksAsCourt(
  article: Article,
  { sentence }: Clause,
  { hit, actors }: Candidate,
): boolean {
  if (
    actors.some(
      (one) =>
        courtIds.has(one.entity.id ?? "") || /court|tribunal|corte|juzgado/i.test(one.entity.name),
    )
  )
    return true;
  if (actors.length > 0 && actors.every((one) => !isPlace(one) && !hasRole(article, one)))
    return false;
  return article.tokens
    .slice(Math.max(sentence.from, hit.from - 9), hit.from)
    .some((token) => courts.test(token.folded));
}

const hasRole = ({ tokens }: Article, one: Mention): boolean =>
  tokens.slice(Math.max(0, one.from - 3), one.from).some((token) => courts.test(token.folded)) ||
  tokens.slice(one.to, one.to + 5).some((token) => courts.test(token.folded));

/** A vote that has a winner or a day. */
function election(
  article: Article,
  clause: Clause,
  candidate: Candidate,
  dates: readonly ArticleDate[],
): Candidate | null {
  const { hit } = candidate;
  if (hit.trigger.voice === "noun") {
    if (!dateNear(article, clause, hit, dates)) return null;
    const before = article.tokens.slice(Math.max(clause.sentence.from, hit.from - 4), hit.from);
    if (
      before.some((token) =>
        /^(?:before|ahead|upcoming|next|future|proximas|antes|futuras)$/.test(token.folded),
      )
    )
      return null;
    return { ...candidate, actors: [], targets: [] };
  }
  const winners = [...candidate.actors, ...candidate.targets].filter(isPerson);
  const passive = hit.trigger.voice === "participle";
  return passive &&
    winners.length === 0 &&
    !/^(?:elections?|vote|elecciones)$/.test(hit.trigger.words[0] ?? "")
    ? null
    : { ...candidate, actors: winners, targets: [] };
}
