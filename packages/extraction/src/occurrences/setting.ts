import type { ArticleDate } from "@newsledger/core";
import { type Entity, knownAs, type Mention, spanOf } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Clause } from "./clause.ts";
import type { TriggerHit } from "./match.ts";

/** The date that belongs to the words at [from, to): the nearest of the sentence that no verb of saying holds ("said Tuesday"). */
export function dateNear(
  article: Article,
  { sentence }: Clause,
  { from, to }: { from: number; to: number },
  dates: readonly ArticleDate[],
): ArticleDate | undefined {
  const { start, end } = spanOf(article, { from, to });
  const own = dates.filter((date) => date.start >= sentence.start && date.end <= sentence.end);
  const free = own.filter((date) => !isOfSaying(article, date) && !isLimit(article, date));
  const between = (date: ArticleDate): string =>
    date.end <= start ? article.text.slice(date.end, start) : article.text.slice(end, date.start);
  const distance = (date: ArticleDate): number =>
    between(date).length +
    (between(date).match(/[,;:]|\b(?:and|y|when|cuando)\b/gu)?.length ?? 0) * 25;
  return free
    .filter((date) => !isElsewhere(between(date), date.end <= start))
    .toSorted((a, b) => distance(a) - distance(b))[0];
}

/** Before these the sentence tells of something else: "flew home on Friday after the arrest of …". */
const turn =
  /(?<!\b(?:hours|minutes|horas|minutos) )\b(?:after|following|since|before|tras|después|desde|antes)\b/u;
const relative = /\b(?:who|which|whom|where|(?<!\bde )que|quien|quienes)\b/u;
const otherVerb =
  /\b(?:was|were|fue|fueron)\b|(?:,|\b(?:and|y|e|then|but|pero)\b)[^,]*(?<!\p{L})(?:was|were|had|has|\p{Ll}\p{L}+(?:ed|ó|aron|ieron)|left|went|came|flew|fue|fueron)(?!\p{L})/u;

/** "… migrants held in El Salvador since March": where and since when others are. */
const lasting =
  /\b(?:held|jailed|imprisoned|based|living|born|presos?|recluid[oa]s?|radicad[oa]s?|condenad[oa]s?|detenid[oa]s?|acusad[oa]s?|buscad[oa]s?|convicted|accused|charged|wanted)\b/u;

/** A relative clause stands between, or another verb begins that the date belongs to. */
const isElsewhere = (between: string, before: boolean): boolean =>
  relative.test(between) ||
  (before ? turn.test(between) : otherVerb.test(between) || lasting.test(between));

function isOfSaying({ text }: Article, { start }: ArticleDate): boolean {
  return /\b(?:said|announced|told \w+|wrote|reported|dijo|informó|anunció|declaró|señaló|afirmó)(?: (?:on|el|este|este))?\s$/u.test(
    text.slice(Math.max(0, start - 30), start),
  );
}

/** "until Feb. 3", "hasta el 3 de febrero": how long, not when. */
function isLimit({ text }: Article, { start }: ArticleDate): boolean {
  return /\b(?:until|till|through|hasta|vence|expires? on)(?: el)?\s$/u.test(
    text.slice(Math.max(0, start - 14), start),
  );
}

/** Bodies that are houses too: one meets there. */
const buildings = new Set(["white-house"]);

/** "A court in Caracas convicted …": where the court is, it ruled. */
const ofCourts = new Set(["court-ruling", "convict"]);

const heldAt =
  /\b(?:incarcerated|held|jailed|imprisoned|presos?|recluid[oa]s?|detenid[oa]s?)(?: (?:at|in|en|the|el|la))*\s*$/u;

/** "un tribunal de Caracas". */
const isSeat = ({ tokens }: Article, one: Mention): boolean =>
  /^(?:of|de)$/.test(tokens[one.from - 1]?.folded ?? "") &&
  /^(?:tribunal|corte|juzgado|juez|jueza|court|judge|jury|apelaciones|appeals)$/.test(
    tokens[one.from - 2]?.folded ?? "",
  );

const inside =
  /^(?:in|at|en|inside|near|to|a|into|from|desde|outside|toward|hacia|visit|visited|visito)$/;

/** Where it happened: a place of the clause after "in", "at" or "en"; the most particular of several. */
export function placeNear(
  article: Article,
  { sentence, mentions }: Clause,
  { from, to, trigger }: TriggerHit,
): Entity | undefined {
  const places = mentions.filter(
    (one) =>
      (one.entity.type === "place" || buildings.has(one.entity.id ?? "")) &&
      one.listed &&
      one.from >= sentence.from &&
      one.to <= sentence.to &&
      (/^(?:in|at|en|inside|outside|near|to)$/.test(preposition(article, one)) ||
        (ofCourts.has(trigger.code) && isSeat(article, one))),
  );
  const words = (first: number, last: number): string =>
    article.tokens
      .slice(first, last)
      .map((token) => token.text)
      .join(" ");
  // "se reunió en Caracas con"; but "moved from a jail in Caracas to" says where it began.
  const seat = ofCourts.has(trigger.code)
    ? places.find((one) => one.to <= from && isSeat(article, one))
    : undefined;
  if (seat) return seat.entity;
  // "able to visit the six, who are held at El Helicoide": whoever visits them goes there.
  const prison = trigger.words.some((word) => /^visit/.test(word))
    ? places.find(
        (one) => one.from >= to && heldAt.test(words(Math.max(to, one.from - 4), one.from)),
      )
    : undefined;
  if (prison) return prison.entity;
  const within = places.find((one) => one.from > from && one.to < to);
  if (within && /^(?:meet|negotiate)$/.test(trigger.code)) return within.entity;
  const after = places.find((one) => one.from >= to && !isElsewhere(words(to, one.from), false));
  // What is said is said where the verb stands: "denunció ataques en La Guaira" tells of La Guaira.
  const reach = trigger.code === "statement" ? 2 : 25;
  const isNear =
    after !== undefined && after.from - to < reach && !turn.test(words(to, after.from));
  if (isNear) return after.entity;
  // Before the verb only where the sentence begins with it: else it tells where someone lives or is held.
  return places.findLast(
    (one) =>
      one.to <= from &&
      (isOpening(article, sentence, one) || ofCourts.has(trigger.code)) &&
      !isElsewhere(words(one.to, from), true),
  )?.entity;
}

/** "In Caracas, agents …": nothing stands before the place but its preposition and its kind. */
const isOpening = (
  { tokens }: Article,
  { from }: { from: number },
  place: { from: number },
): boolean =>
  place.from - from <= 5 &&
  /^(?:in|at|en)$/.test(tokens[from]?.folded ?? "") &&
  !tokens.slice(from, place.from).some((token) => token.kind === "mark");

function preposition({ tokens, sentences, sentenceOf }: Article, one: Mention): string {
  for (let at = one.from - 1; at >= one.from - 3 && at >= 0; at--) {
    const word = tokens[at]?.folded ?? "";
    const isEnglishArticle = word === "a" && sentences[sentenceOf[at] ?? 0]?.language !== "es";
    if (inside.test(word) && !isEnglishArticle) return word === "a" ? "to" : word;
    if (
      !/^(?:the|el|la|los|las|infamous|notorious|carcel|prision|prison|palace|palacio|base|airport|aeropuerto|sede|ciudad|city|of|de)$/.test(
        word,
      )
    )
      return "";
  }
  return "";
}

/** Words that stand for a government take part as the country. */
export const participant = ({ entity }: Mention): { id: string | null; name: string } => ({
  id: entity.id,
  name: entity.known ? knownAs(entity.known).name : entity.name,
});
