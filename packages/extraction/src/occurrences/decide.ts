import type { ArticleDate } from "@newsledger/core";
import type { Mention } from "../entities/mention.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { ruling, speaksAsCourt } from "./court.ts";
import { courts, hasWord, isBody, isPaper, isPerson, isPlace, prison } from "./kinds.ts";
import { isWelcome, meeting } from "./meeting.ts";
import { exchanged } from "./objects.ts";
import {
  holders,
  isPermit,
  permits,
  permitting,
  sanction,
  withBuyer,
  withCountry,
} from "./sanctions.ts";
import { dateNear, placeNear } from "./setting.ts";
import {
  asStatement,
  isCondemnation,
  isNoStance,
  isOfStatement,
  isRecognisedByEye,
  isReported,
} from "./stance.ts";

/** What the codes ask for beyond a trigger and its roles; null when it is not given. */
export function decide(
  article: Article,
  clause: Clause,
  candidate: Candidate,
  dates: readonly ArticleDate[],
): Candidate | null {
  const refined = refine(article, clause, candidate, dates);
  return refined && hasWhatItNeeds(article, clause, refined) ? refined : null;
}

function hasWhatItNeeds(
  article: Article,
  clause: Clause,
  { hit, code, actors, targets }: Candidate,
): boolean {
  if (code === "statement") return actors.length > 0;
  // "the government and the opposition signed …": where they did says which.
  if (code === "negotiate" && placeNear(article, clause, hit)) return true;
  if (code === "meet" && actors.some(isPerson)) return true;
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
      return isTaking(candidate) && isBackFromHome(article, clause)
        ? { ...people, code: "reimprison" }
        : people;
    case "reimprison":
    case "house-arrest":
    case "extradite":
      return people;
    case "release":
      if (isToHome(article, candidate)) return { ...people, code: "house-arrest" };
      return isExchange(article, clause) ? swap(article, clause, people) : people;
    case "convict":
      return convict(article, clause, people);
    case "meet":
      return meeting(article, candidate);
    case "sanction":
      return sanction(article, clause, candidate);
    case "court-ruling":
      return ruling(article, clause, candidate);
    case "statement":
      return said(article, clause, candidate);
    case "election":
      return election(article, clause, candidate, dates);
    case "asset-sale":
      return withBuyer(article, clause, {
        ...candidate,
        targets: candidate.targets.filter((one) => !isPlace(one) && !isPerson(one)),
      });
    case "sanction-relief":
      return relief(article, clause, candidate);
    case "negotiate":
      return { ...candidate, targets: candidate.targets.filter((one) => !isPlace(one)) };
    case "prisoner-swap":
      return swap(article, clause, {
        ...candidate,
        targets: candidate.targets.filter((one) => !isPlace(one)),
      });
  }
}

const isTaking = ({ hit }: Candidate): boolean =>
  /^(?:se|took|taken|picked|rounded|hauled|seized)$/.test(hit.trigger.words[0] ?? "");

/** Whoever is taken out of house arrest goes back. */
const isBackFromHome = (article: Article, { sentence }: Clause): boolean =>
  /\b(?:under house arrest|from house arrest|arresto domiciliario|casa por c[aá]rcel)\b/iu.test(
    article.text.slice(sentence.start, sentence.end),
  );

/** "released into house arrest", "excarcelada con casa por cárcel": eased, not free. */
function isToHome({ tokens, text }: Article, { hit }: Candidate): boolean {
  const after = text.slice(tokens[hit.to - 1]?.end ?? 0, (tokens[hit.to - 1]?.end ?? 0) + 90);
  return /^[^.;:“”"]{0,50}?(?<!\p{L})(?:to|into|on|under|with|con|bajo|a|en|por)\s(?:[\p{L}-]+\s){0,4}?(?:house arrest|arresto domiciliario|casa por cárcel|detención domiciliaria|prisión domiciliaria)/iu.test(
    after,
  );
}

/** "condenó el ataque" is said, "condenó a Ana Prado a tres años" done; "la condena de Naciones Unidas" is neither. */
function convict(article: Article, clause: Clause, people: Candidate): Candidate | null {
  const { hit, targets, actors } = people;
  if (isCondemnation(article, clause, people)) return null;
  const isSaid =
    hit.trigger.voice === "participle" &&
    /^condenad/.test(hit.trigger.words[0] ?? "") &&
    targets.length === 0 &&
    actors.length > 0;
  if (isSaid) return asStatement(people);
  return hasWord(article, clause, prison) ||
    hasWord(article, clause, courts) ||
    hit.trigger.voice !== "past"
    ? people
    : asStatement(people);
}

function said(article: Article, clause: Clause, candidate: Candidate): Candidate | null {
  if (isWelcome(article, candidate)) return meeting(article, { ...candidate, code: "meet" });
  const isOther =
    speaksAsCourt(article, clause, candidate) ||
    isNoStance(article, candidate) ||
    isRecognisedByEye(article, candidate) ||
    isReported(article, candidate);
  if (isOther) return null;
  const targets = candidate.targets.filter(
    (one) => !isPaper(one) && isOfStatement(article, candidate, one),
  );
  return { ...asStatement(candidate), targets };
}

function relief(article: Article, clause: Clause, candidate: Candidate): Candidate | null {
  const { hit, targets, actors } = candidate;
  const isUnderLicence =
    targets.some(isBody) && actors.length === 0 && hasWord(article, clause, permits);
  if (permitting.test(hit.trigger.words[0] ?? "") && !isPermit(candidate) && !isUnderLicence)
    return null;
  if (hit.trigger.voice === "participle") return { ...candidate, targets: targets.filter(isBody) };
  return withCountry(article, clause, {
    ...candidate,
    targets: holders(article, clause, candidate),
  });
}

/** Both sides go free: those whom the sentence tells of, and those given for them. */
function swap(article: Article, clause: Clause, candidate: Candidate): Candidate {
  const isNoun = candidate.hit.trigger.voice === "noun";
  const given = exchanged(article, clause);
  const keys = new Set(given.map((one) => one.entity.key));
  const isGiven = (one: Mention) => keys.has(one.entity.key);
  return {
    ...candidate,
    code: "prisoner-swap",
    actors: candidate.actors.filter(
      (one) => !isGiven(one) && (!isPerson(one) || one.entity.known?.official || isNoun),
    ),
    targets: [...candidate.targets.filter((one) => !isGiven(one)), ...given],
  };
}

const exchanging =
  /\b(?:(?:in|through|under|by|as part of|during|mediante|en|por|producto de|fruto de|parte de|gracias a) (?:an?|the|una?|el|la|otro|another|\p{L}+'s) (?:[\p{L}-]+ ){0,2}(?:swap|exchange|trade|canje|intercambio)(?: of| de)?(?! (?:de|of) (?:mensajes|messages|views|cartas|letters|visitas|opiniones|information))|in exchange for|in return for|in return,|a cambio,|in an? swap|in swap|swapped for|a cambio de[l]?|en un canje|prisoner swap|prisoner exchange|intercambio de prisioneros)(?!\p{L})/iu;
const exchanges = new WeakMap<ArticleSentence, boolean>();

/** Asked once for a sentence, however many releases it tells. */
function isExchange(article: Article, { sentence }: Clause): boolean {
  const known = exchanges.get(sentence);
  if (known !== undefined) return known;
  const found = exchanging.test(article.text.slice(sentence.start, sentence.end));
  exchanges.set(sentence, found);
  return found;
}

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
    const voided = article.tokens.slice(Math.max(clause.sentence.from, hit.from - 5), hit.from);
    if (voided.some((token) => /^(?:anul|suspend|annul|void|invalid)/.test(token.folded)))
      return null;
    const before = article.tokens.slice(Math.max(clause.sentence.from, hit.from - 4), hit.from);
    if (
      before.some((token) =>
        /^(?:before|ahead|upcoming|next|future|proximas|antes|futuras)$/.test(token.folded),
      )
    )
      return null;
    return { ...candidate, actors: [], targets: [] };
  }
  // "El consejo proclamó ganador a …": one declares, another has won.
  if (/^(?:proclaim|declar|proclam)/.test(hit.trigger.words[0] ?? "")) {
    const won = candidate.targets.filter(isPerson);
    return won.length > 0
      ? { ...candidate, actors: candidate.actors.filter((one) => !isPlace(one)), targets: won }
      : null;
  }
  const winners = [...candidate.actors, ...candidate.targets].filter(isPerson);
  const passive = hit.trigger.voice === "participle";
  return passive &&
    winners.length === 0 &&
    !/^(?:elections?|vote|elecciones)$/.test(hit.trigger.words[0] ?? "")
    ? null
    : { ...candidate, actors: [], targets: winners };
}
