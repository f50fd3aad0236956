import type { Knowledge } from "../knowledge/load.ts";
import { nameKey } from "../knowledge/name-key.ts";
import { type Surroundings, surroundings } from "../names/features.ts";
import { tagSentence } from "../names/tag.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { isCapital, isUpper, type Token } from "../text/token.ts";
import { type Entity, type Mention, surface, Taken } from "./mention.ts";
import { unknownPerson } from "./persons.ts";
import {
  givenNames,
  notNames,
  officeWords,
  roleWords,
  smallWords,
  weekdaysAndMonths,
} from "./words.ts";

type Kind = "PER" | "ORG" | "LOC";

interface Span {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  /** The least of its tokens' margins over "no name". */
  readonly margin: number;
}

/** What a name must lead by to count: single words are told from common nouns with less certainty. */
const margins: Record<Kind, { single: number; several: number }> = {
  PER: { single: 120, several: 20 },
  ORG: { single: 120, several: 30 },
  LOC: { single: 80, several: 30 },
};

/** Names that neither the knowledge base nor the cues find: read off their words and those around them by trained weights. */
export function recognised(
  article: Article,
  knowledge: Knowledge,
  mentions: readonly Mention[],
): Mention[] {
  const { sentences, tokens } = article;
  const taken = new Taken(tokens.length, mentions);
  const around = surroundings(tokens, openings(article), knowledge);
  const spans = sentences.flatMap((sentence) => {
    const weights = sentence.language === "other" ? null : knowledge.weights[sentence.language];
    const isHeadline = sentence.titleCase && sentence.index === 0;
    if (!weights || sentence.capitals || isHeadline) return [];
    if (!hasFreeCapital(article, sentence, taken)) return [];
    const { from, to } = sentence;
    return spansOf(from, tagSentence(weights, tokens, from, to, around));
  });
  const sure = spans
    .map((span) => fitted(article, span))
    .map((span) => asTeam(article, span, around))
    .map((span) => bySite(article, span))
    .filter((span) => span.to > span.from && !taken.overlaps(span) && isSure(span))
    .filter((span) => !waitsForSurname(article, span) && standsAlone(article, span, around))
    .filter((span) => !isDescription(article, span));
  const kinds = agreed(article, sure);
  return sure.map((span) => mention(article, span, kinds.get(keyOf(article, span)) ?? span.kind));
}

/** Where a capital says nothing: the first word of a sentence, also of one that is quoted. */
function openings({ sentences, tokens }: Article): Set<number> {
  const found = new Set(sentences.map(({ from }) => from));
  for (const [at, token] of tokens.entries())
    if (/^[“«¡¿]$/.test(token.text) || (token.text === '"' && tokens[at + 1]?.start === token.end))
      found.add(at + 1);
  return found;
}

/** One word that no surname of the article explains: it may still be a name by itself. */
export const isSingle = ({ from, to }: Mention): boolean => to - from === 1;

const hasFreeCapital = ({ tokens }: Article, { from, to }: ArticleSentence, taken: Taken) => {
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (!token || !isCapital(token) || taken.overlaps({ from: at, to: at + 1 })) continue;
    if (!smallWords.has(token.folded)) return true;
  }
  return false;
};

function spansOf(start: number, tagged: ReturnType<typeof tagSentence>): Span[] {
  const found: Span[] = [];
  for (const [index, { tag, margin }] of tagged.entries()) {
    if (tag === "O") continue;
    const kind = tag.slice(2) as Kind;
    const open = found.at(-1);
    if (tag.startsWith("I-") && open && open.to === start + index)
      found[found.length - 1] = {
        ...open,
        to: open.to + 1,
        margin: Math.min(open.margin, margin),
      };
    else found.push({ from: start + index, to: start + index + 1, kind, margin });
  }
  return found;
}

/** Without titles, articles and weekdays at its edges; with the second half of "Kwok-hung". */
function fitted({ tokens }: Article, span: Span): Span {
  let { from, to } = span;
  const isEdge = (at: number) => {
    const token = tokens[at];
    if (!token || token.kind === "mark") return true;
    if (weekdaysAndMonths.has(token.folded) || smallWords.has(token.folded)) return true;
    return span.kind === "PER" && roleWords.has(token.folded);
  };
  while (from < to && isEdge(from)) from++;
  while (to > from && isEdge(to - 1)) to--;
  // "St. Vincent".
  if (
    /^St$/.test(tokens[to - 1]?.text ?? "") &&
    tokens[to]?.text === "." &&
    tokens[to + 1] &&
    isCapital(tokens[to + 1] as Token)
  )
    to += 2;
  const [dash, half] = [tokens[to], tokens[to + 1]];
  if (to > from && dash?.text === "-" && dash.start === tokens[to - 1]?.end)
    if (half?.kind === "word" && half.start === dash.end) to += 2;
  // One word after "in" is where, whoever else is called so.
  const isWhere = to - from === 1 && /^(?:in|from|en|near)$/.test(tokens[from - 1]?.folded ?? "");
  if (span.kind === "PER" && isWhere) return { ...span, from, to, kind: "LOC" };
  return { ...span, from, to };
}

/** "the Detroit Tigers" play, they are not where one goes. */
function asTeam({ tokens }: Article, span: Span, around: Surroundings): Span {
  const [first, last] = [tokens[span.from], tokens[span.to - 1]];
  const isTeam =
    span.kind === "LOC" &&
    span.to - span.from >= 2 &&
    around.known[span.from] === "L" &&
    last !== undefined &&
    first !== undefined &&
    /^\p{Lu}\p{Ll}+s$/u.test(last.text) &&
    !/^(?:islands|hills|heights|springs|falls|mountains|states|gardens|virgin)$/.test(last.folded);
  return isTeam ? { ...span, kind: "ORG" } : span;
}

const sites =
  /^(?:tribunal|terminal|puerto|isla|playa|pueblo|localidad|ciudad|municipio|aldea|parroquia|carcel|prision|penal|frontera|island|port|town|village|city|beach|prison)$/;
const employed =
  /^(?:soci[oa]|director|directora|fundador|fundadora|economista|analista|investigador|investigadora|gerente|abogad[oa]|partner|analyst|director|founder|economist|researcher|manager|consultora|firma|empresa|consultancy|firm|think|encuestadora|pollster)$/;
const moving =
  /^(?:trasladad[oa]s?|viaj\p{L}+|vol[óo]|volaron|lleg[óo]|llegaron|rumbo|enviad[oa]s?|llevad[oa]s?|deportad[oa]s?|destino)$/u;

/** "tribunal de Prado" is a place, "socia de Prado" a body, "trasladada a Prado" a place: the word before says it. */
function bySite({ tokens }: Article, span: Span): Span {
  const [before, earlier] = [
    tokens[span.from - 1]?.folded ?? "",
    tokens[span.from - 2]?.folded ?? "",
  ];
  const isOf = /^(?:of|at|de|del|in|en)$/.test(before);
  const words = tokens.slice(span.from, span.to).map((token) => token.folded);
  if (
    span.kind !== "PER" &&
    words.length > 1 &&
    words.some((word) =>
      /^(?:base|fort|airport|aeropuerto|stadium|estadio|hotel|park|parque|plaza)$/.test(word),
    )
  )
    return { ...span, kind: "LOC" };
  if (isOf && sites.test(earlier) && span.to - span.from <= 2) return { ...span, kind: "LOC" };
  if (isOf && employed.test(earlier) && span.kind === "LOC" && span.to - span.from === 1)
    return { ...span, kind: "ORG" };
  if (before === "a" && moving.test(earlier) && span.kind === "PER")
    return { ...span, kind: "LOC" };
  return span;
}

/** "José Luis and Alirio Zambrano": given names alone borrow the surname that follows. */
const waitsForSurname = ({ tokens }: Article, { from, to, kind }: Span): boolean =>
  kind === "PER" &&
  /^(?:and|y|e)$/.test(tokens[to]?.folded ?? "") &&
  tokens.slice(from, to).every((token) => givenNames.has(token.folded));

/** Where something was written, not who wrote it. */
const platforms = /^(?:twitter|facebook|instagram|tiktok|telegram|whatsapp|youtube|truth social)$/;

const holidays =
  /^(?:navidad|navidades|pascuas|nochebuena|ano nuevo|semana santa|pascua|christmas|easter|thanksgiving|ramadan|hanukkah|clasico mundial(?: de beisbol)?|world series|super bowl)$/;

/** "ministro de Petróleo", "Venezuelan-born", "Tropical Storm Ana": an office, an origin, a storm. */
function isDescription({ tokens }: Article, { from, to, kind }: Span): boolean {
  const folded = tokens.slice(from, to).map((token) => token.folded);
  // "the American Embassy": where, and of whom, other words say.
  if (folded.some((word) => /^(?:embassy|embajada|consulate|consulado)$/.test(word))) return true;
  if (platforms.test(folded.join(" ")) || holidays.test(folded.join(" "))) return true;
  // "Salvadoran": where someone is from.
  const isWhere = /^(?:in|at|from|to|near|en|desde|hacia)$/.test(tokens[from - 1]?.folded ?? "");
  const describes = to - from === 1 || /^\p{Ll}/u.test(tokens[to]?.text ?? "");
  if (
    kind === "LOC" &&
    describes &&
    !isWhere &&
    /(?:[^t]ans?|ese|ish|ians?)$/.test(folded.at(-1) ?? "")
  )
    return true;
  const [before2, before, next] = [tokens[from - 2], tokens[from - 1], tokens[to]];
  if (
    /^(?:storm|hurricane|huracan|tormenta|cyclone|typhoon|ciclon|tifon|buque|uss|hms)$/.test(
      before?.folded ?? "",
    )
  )
    return true;
  if (
    tokens
      .slice(from, to)
      .some((token) => /^(?:born|based|led|backed|style|uss)$/.test(token.folded))
  )
    return true;
  if (
    next?.text === "-" &&
    /^(?:born|based|led|backed|style|owned|run)$/.test(tokens[to + 1]?.folded ?? "")
  )
    return true;
  // "Homeland Security Secretary": the office.
  if (kind === "ORG" && /^(?:secretary|minister|prosecutor|judge)$/.test(next?.folded ?? ""))
    return true;
  const ofOffice = /^(?:de|del)$/.test(before?.folded ?? "") && to - from === 1;
  return (
    ofOffice &&
    /^(?:vice|ex)?(?:ministr[oa]|ministerio|viceministr[oa]|consejer[oa]|comisari[oa]|secretari[oa]|cartera)$/.test(
      before2?.folded ?? "",
    )
  );
}

/** A single word counts when the text never writes it small, and writes it with a capital inside a sentence. */
function standsAlone({ tokens }: Article, { from, to }: Span, around: Surroundings): boolean {
  const word = tokens[from]?.folded ?? "";
  if (to - from > 1) return true;
  if ([notNames, officeWords, commonCapitals].some((words) => words.has(word))) return false;
  const token = tokens[from];
  if (token && isUpper(token)) return true;
  return around.capital.has(word) && !around.small.has(word);
}

/** Written with a capital out of respect. */
const commonCapitals = new Set(
  "estado gobierno nacion republica patria industria ejecutivo constitucion marine marines ong ongs ngo ngos ceo iglesia".split(
    " ",
  ),
);

const isSure = ({ from, to, kind, margin }: Span): boolean =>
  margin >= margins[kind][to - from === 1 ? "single" : "several"];

const keyOf = (article: Article, span: Span): string => nameKey(surface(article, span));

/** One name is one kind of thing throughout an article: the kind with the most behind it. */
function agreed(article: Article, spans: readonly Span[]): Map<string, Kind> {
  const totals = new Map<string, Map<Kind, number>>();
  for (const span of spans) {
    const key = keyOf(article, span);
    const own = totals.get(key) ?? new Map<Kind, number>();
    totals.set(key, own.set(span.kind, (own.get(span.kind) ?? 0) + span.margin));
  }
  return new Map(
    [...totals].map(([key, own]) => {
      const [best] = [...own].toSorted((a, b) => b[1] - a[1]);
      return [key, best?.[0] ?? "ORG"];
    }),
  );
}

function mention(article: Article, { from, to }: Span, kind: Kind): Mention {
  const name = surface(article, { from, to }).replace(/\s+/g, " ");
  return { from, to, entity: entity(name, kind), how: "name", listed: true, corrupted: false };
}

function entity(name: string, kind: Kind): Entity {
  if (kind === "PER") return unknownPerson(name);
  const [prefix, type] =
    kind === "ORG" ? (["body", "organisation"] as const) : (["place", "place"] as const);
  return { key: `${prefix}:${nameKey(name)}`, id: null, type, name, known: null };
}
