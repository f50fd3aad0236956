import type { ArticleDate, OccurrenceCode } from "@newsledger/core";
import { isPossessive, type Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import { beforeArticles, type Clause } from "./clause.ts";
import { exchanged } from "./objects.ts";
import { isPeople } from "./people.ts";
import { dateNear, placeNear } from "./setting.ts";

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
      if (isWelcome(article, candidate)) return meeting(article, { ...candidate, code: "meet" });
      return speaksAsCourt(article, clause, candidate) || isNoStance(article, candidate)
        ? null
        : { ...asStatement(candidate), targets: candidate.targets.filter((one) => !isPaper(one)) };
    case "election":
      return election(article, clause, candidate, dates);
    case "asset-sale":
      return withBuyer(article, clause, {
        ...candidate,
        targets: candidate.targets.filter((one) => !isPlace(one) && !isPerson(one)),
      });
    case "sanction-relief":
      if (permitting.test(candidate.hit.trigger.words[0] ?? "") && !isPermit(candidate))
        return null;
      return withCountry(article, clause, {
        ...candidate,
        targets: candidate.targets.filter((one) => !isPaper(one)),
      });
    case "negotiate":
      return { ...candidate, targets: candidate.targets.filter((one) => !isPlace(one)) };
    case "prisoner-swap":
      return swap(article, clause, {
        ...candidate,
        targets: candidate.targets.filter((one) => !isPlace(one)),
      });
  }
}

/** "welcomed Ana Prado at the palace" is a meeting, "welcomed the ruling" a word about it. */
const isWelcome = ({ tokens }: Article, { hit, targets }: Candidate): boolean =>
  /^(?:welcomed|saludo)$/.test(tokens[hit.from]?.folded ?? "") &&
  targets.some((one) => one.entity.type === "person" && one.from <= hit.to + 3);

const isTaking = ({ hit }: Candidate): boolean =>
  /^(?:se|took|taken|picked|rounded|hauled|seized)$/.test(hit.trigger.words[0] ?? "");

/** Whoever is taken out of house arrest goes back. */
const isBackFromHome = (article: Article, { sentence }: Clause): boolean =>
  /\b(?:under house arrest|from house arrest|arresto domiciliario|casa por c[aá]rcel)\b/iu.test(
    article.text.slice(sentence.start, sentence.end),
  );

/** "declared a state of emergency", "declared victory": done by saying, but no word about anyone. */
const isNoStance = ({ tokens }: Article, { hit }: Candidate): boolean =>
  /^(?:declared|declaro|declares)$/.test(tokens[hit.from]?.folded ?? "") &&
  tokens
    .slice(hit.to, hit.to + 4)
    .some((token) =>
      /^(?:state|emergency|war|victory|bankruptcy|holiday|estado|emergencia|guerra|duelo|quiebra)$/.test(
        token.folded,
      ),
    );

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

const asStatement = (candidate: Candidate): Candidate => ({
  ...candidate,
  code: "statement" as OccurrenceCode,
});

const words = ({ tokens }: Article, { sentence }: Clause): string[] =>
  tokens.slice(sentence.from, sentence.to).map((token) => token.folded);

const hasWord = (article: Article, clause: Clause, pattern: RegExp): boolean =>
  words(article, clause).some((word) => pattern.test(word));

const isExchange = (article: Article, { sentence }: Clause): boolean =>
  /\b(?:in exchange for|in return for|in return,|a cambio,|in an? swap|in swap|swapped for|a cambio de[l]?|en un canje|prisoner swap|prisoner exchange|intercambio de prisioneros)(?!\p{L})/iu.test(
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
    if (targets.some(isPlace) && guests.length > 0)
      return { ...candidate, actors: guests, targets: [] };
  }
  // "received the deportees": people whom nobody counts or names.
  if (receiving.test(first) && actors.length > 0 && meetsPeople(article, hit.to))
    return { ...candidate, actors, targets: [] };
  return met.length === 0 && actors.length > 1 && /^(?:met|se)$/.test(first)
    ? { ...candidate, actors, targets: [] }
    : null;
}

const receiving =
  /^(?:visited|received|greeted|embraced|welcomed|met|visito|visitaron|recibio|recibieron|abrazo|saludo)$/;

const meetsPeople = ({ tokens }: Article, from: number): boolean =>
  tokens
    .slice(from, from + 7)
    .some(
      (token, at) =>
        isPeople(token.folded) && /^(?:the|los|las|al?)$/.test(tokens[from + at - 1]?.folded ?? ""),
    );

/** "una delegación de EE. UU.": a country goes by those whom it sends. */
const hasDelegation = ({ tokens }: Article, one: Mention): boolean =>
  tokens
    .slice(Math.max(0, one.from - 3), one.from)
    .some((token) => /^(?:delegation|delegacion|team|mision|mission|comision)$/.test(token.folded));

const permitting = /^(?:authori[sz]ed|allowed|cleared|autorizó|permitió)$/;

/** "OFAC allowed Chevron to …": one who sanctions lets a company. */
const isPermit = ({ actors, targets }: Candidate): boolean =>
  actors.some(isSanctioner) && targets.some(isBody) && !targets.some(isPerson);

/** "sanctions on Venezuela’s oil sector", "sanciones al petróleo venezolano": the country is meant. */
function withCountry(article: Article, clause: Clause, candidate: Candidate): Candidate {
  if (candidate.targets.length > 0) return candidate;
  const { from, to } = clause.sentence;
  const at = article.tokens.findIndex(
    (token, index) =>
      index >= from &&
      index < to &&
      /^(?:sanctions|sanciones|licen[cs]es?|licencias?)$/.test(token.folded),
  );
  if (at < 0) return candidate;
  const reach = article.tokens.slice(Math.max(from, at - 3), Math.min(to, at + 9));
  const owner = clause.mentions.find(
    (one) => isPlace(one) && one.from > at && one.to <= at + 9 && !candidate.actors.includes(one),
  );
  const isNational = reach.some((token) => /^(?:venezuelan|venezolan[oa]s?)$/.test(token.folded));
  const venezuela = isNational
    ? clause.all.find(({ entity }) => entity.id === "venezuela")
    : undefined;
  const country = owner ?? venezuela;
  return country ? { ...candidate, targets: [country] } : candidate;
}

/** "the sale of Ana Holding to Prado Energy", "of Citgo’s parent": what is sold, and who gets it. */
function withBuyer(
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
function sanction(article: Article, clause: Clause, bound: Candidate): Candidate | null {
  const candidate = withCountry(article, clause, bound);
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
const isReturn =
  /^(?:re|snapped|let|lets|allowed|revoked|revokes|did|would|will|declined|dejo|deja|dejó|volvió|no)/;

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
    : { ...candidate, actors: winners, targets: [] };
}
