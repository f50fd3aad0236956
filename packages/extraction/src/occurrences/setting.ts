import type { ArticleDate } from "@newsledger/core";
import { type Entity, knownAs, type Mention, spanOf } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Clause } from "./clause.ts";
import type { TriggerHit } from "./match.ts";

/** The date that belongs to the words at [from, to): the nearest of the sentence that no verb of saying holds ("said Tuesday"). */
export function dateNear(
  article: Article,
  { sentence }: Clause,
  { from, to, reduced, trigger }: Dated,
  dates: readonly ArticleDate[],
): ArticleDate | undefined {
  const { start, end } = spanOf(article, { from, to });
  const own = dates.filter((date) => date.start >= sentence.start && date.end <= sentence.end);
  const isSince = trigger?.code === "arrest" || trigger?.words.includes("since");
  const free = own.filter(
    (date) =>
      !isOfSaying(article, date) &&
      !isLimit(article, date) &&
      (isSince || !isStart(article, date)) &&
      !(trigger?.code === "statement" && isOfOther(article, date, start)),
  );
  const between = (date: ArticleDate): string =>
    date.end <= start ? article.text.slice(date.end, start) : article.text.slice(end, date.start);
  const distance = (date: ArticleDate): number =>
    between(date).length +
    (between(date).match(/[,;:]|\b(?:and|y|when|cuando)\b/gu)?.length ?? 0) * 25;
  const near = free
    .filter((date) => !isElsewhere(between(date), date.end <= start))
    .filter((date) => !(reduced && date.start >= end && mainVerb.test(between(date))))
    .toSorted((a, b) => distance(a) - distance(b))[0];
  // "agents arrested Ana Prado, police said Tuesday": in the news itself the day of saying is the day.
  return (
    near ??
    (free.length === 0 && sentence.index <= 2
      ? own.find((date) => isOfSaying(article, date))
      : undefined)
  );
}

/** "Five Americans imprisoned in Iran walked out on Monday": the day is that of the verb that follows. */
const mainVerb =
  /(?<![\p{L}])(?:\p{Ll}{2,}ed|walked|left|went|came|flew|met|said|told|took|made|got|fueron|fue|\p{Ll}{2,}(?:aron|ieron|ó))(?!\p{L})/u;

interface Dated {
  readonly from: number;
  readonly to: number;
  readonly reduced?: boolean;
  readonly trigger?: TriggerHit["trigger"];
}

/** "since August": when something else began. */
const isStart = ({ text }: Article, { start }: ArticleDate): boolean =>
  /(?<!\p{L})(?:since|desde)(?: el)?(?: (?:early|late|mid))?\s$/iu.test(
    text.slice(Math.max(0, start - 14), start),
  );

/** "condemned Wednesday's detention of …": the day belongs to the noun that follows it. */
const isOfOther = ({ text }: Article, { end }: ArticleDate, start: number): boolean =>
  /^['’]s\s/u.test(text.slice(end, end + 3)) && !(start >= end && start - end < 24);

/** Before these the sentence tells of something else: "flew home on Friday after the arrest of …". */
const turn =
  /(?<!\b(?:hours|minutes|horas|minutos) )\b(?:after|following|since|before|tras|después|desde|antes)\b/u;
/** For places also "hours after": another thing happened there. */
const elsewhere =
  /\b(?:after|following|since|before|tras|después|desde|antes|cuando|when|while|mientras)\b/u;
const relative = /\b(?:who|which|whom|where|(?<!\bde )que|quien|quienes)\b/u;
const otherVerb =
  /\b(?:was|were|fue|fueron)\b|(?:,|\b(?:and|y|e|then|but|pero)\b)[^,]*(?<!\p{L})(?:was|were|had|has|\p{Ll}\p{L}+(?:ed|ó|aron|ieron)|left|went|came|flew|fue|fueron)(?!\p{L})/u;

/** "… migrants held in El Salvador since March": where and since when others are. */
const lasting =
  /\b(?:held|jailed|imprisoned|based|living|born|presos?|recluid[oa]s?|radicad[oa]s?|condenad[oa]s?|detenid[oa]s?|acusad[oa]s?|buscad[oa]s?|convicted|accused|charged|wanted)\b/u;

/** "the capture of Ana Prado was announced on Monday": the day of the news. */
const announced =
  /\b(?:fue|fueron|was|were|has been|ha sido) (?:announced|confirmed|reported|anunciad[oa]s?|confirmad[oa]s?|informad[oa]s?|difundid[oa]s?)\s*(?:on|el|este)?\s*$/u;

/** A relative clause stands between, or another verb begins that the date belongs to. */
const isElsewhere = (between: string, before: boolean): boolean =>
  relative.test(between) ||
  (before
    ? turn.test(between)
    : (otherVerb.test(between) && !announced.test(between)) || lasting.test(between));

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
const actingThere = new Set(["court-ruling", "convict", "arrest"]);
const ofCourts = new Set(["court-ruling", "convict"]);

const heldAt =
  /\b(?:incarcerated|held|jailed|imprisoned|presos?|recluid[oa]s?|detenid[oa]s?)(?: (?:at|in|en|the|el|la))*\s*$/u;

/** "un tribunal de Caracas". */
const isSeat = ({ tokens }: Article, one: Mention): boolean =>
  /^(?:of|de)$/.test(tokens[one.from - 1]?.folded ?? "") &&
  /^(?:tribunal|corte|juzgado|juez|jueza|court|judge|jury|apelaciones|appeals)$/.test(
    tokens[one.from - 2]?.folded ?? "",
  );

const here = /^(?:in|at|en|inside|outside|near)$/;
/** One goes to a meeting or back to a prison; where someone is sent to is not where it happened. */
const arriving: ReadonlySet<string> = new Set(["meet", "negotiate", "reimprison", "house-arrest"]);

const isWhereOf = (code: string, word: string, { entity }: Mention): boolean =>
  here.test(word) ||
  (word === "to" && arriving.has(code)) ||
  // "freed from El Helicoide", but "out of Venezuela".
  (word === "from" && code === "release" && !isCountry(entity));

const isCountry = ({ id }: Entity): boolean =>
  id !== null &&
  /^(?:country-.*|venezuela|united-states|colombia|el-salvador|qatar|cape-verde|guyana)$/.test(id);

const inside =
  /^(?:in|at|en|inside|near|to|a|into|from|desde|outside|toward|hacia|visit|visited|visito)$/;

/** Where it happened: a place of the clause after "in", "at" or "en"; the most particular of several. */
export function placeNear(article: Article, clause: Clause, hit: TriggerHit): Entity | undefined {
  const places = placesOf(article, clause, hit);
  const { from, to } = hit;
  const told = placeInTrigger(article, clause, hit, places);
  if (told) return told.entity;
  const after = places.find(
    (one) => one.from >= to && !isElsewhere(wordsOf(article, to, one.from), false),
  );
  // What is said is said where the verb stands: "denunció ataques en La Guaira" tells of La Guaira.
  const reach = hit.trigger.code === "statement" ? 2 : 25;
  const isNear =
    after !== undefined &&
    after.from - to < reach &&
    !elsewhere.test(wordsOf(article, to, after.from));
  if (isNear) return after.entity;
  const acting = actingThere.has(hit.trigger.code)
    ? places.findLast((one) => one.to <= from && from - one.to < 6 && isSeatOf(article, one))
    : undefined;
  if (acting) return acting.entity;
  // Before the verb only where the sentence begins with it: else it tells where someone lives or is held.
  return places.findLast(
    (one) =>
      one.to <= from &&
      (isOpening(article, clause.sentence, one) || ofCourts.has(hit.trigger.code)) &&
      !isElsewhere(wordsOf(article, one.to, from), true),
  )?.entity;
}

const wordsOf = ({ tokens }: Article, first: number, last: number): string =>
  tokens
    .slice(first, last)
    .map((token) => token.text)
    .join(" ");

const placesOf = (
  article: Article,
  { sentence, mentions }: Clause,
  { trigger }: TriggerHit,
): Mention[] =>
  mentions.filter(
    (one) =>
      (one.entity.type === "place" || buildings.has(one.entity.id ?? "")) &&
      one.listed &&
      one.from >= sentence.from &&
      one.to <= sentence.to &&
      (isWhereOf(trigger.code, preposition(article, one), one) ||
        (ofCourts.has(trigger.code) && isSeat(article, one)) ||
        (actingThere.has(trigger.code) && isSeatOf(article, one))),
  );

/** What the words of the trigger themselves say of the place, or those that touch them. */
function placeInTrigger(
  article: Article,
  { mentions }: Clause,
  { from, to, trigger }: TriggerHit,
  places: readonly Mention[],
): Mention | undefined {
  const { code } = trigger;
  // "se reunió en Caracas con"; but "moved from a jail in Caracas to" says where it began.
  if (ofCourts.has(code)) {
    const seat = places.find(
      (one) => one.to <= from && (isSeat(article, one) || isSeatOf(article, one)),
    );
    if (seat) return seat;
  }
  // "was in Prado to meet", "flew to Prado to see".
  if (trigger.voice === "purpose") {
    const there = places.findLast((one) => one.to <= from && from - one.to < 12);
    if (there) return there;
  }
  // "able to visit the six, who are held at El Helicoide": whoever visits them goes there.
  const prison = trigger.words.some((word) => /^visit/.test(word))
    ? places.find(
        (one) =>
          one.from >= to && heldAt.test(wordsOf(article, Math.max(to, one.from - 4), one.from)),
      )
    : undefined;
  if (prison) return prison;
  // "walked out of El Helicoide", "allowed to leave El Rodeo".
  const left = mentions.find(
    (one) =>
      code === "release" &&
      one.entity.type === "place" &&
      one.listed &&
      one.from >= to &&
      one.from <= to + 1 &&
      !isCountry(one.entity) &&
      /^(?:leave|left|of|from|del?|prison)$/.test(article.tokens[one.from - 1]?.folded ?? ""),
  );
  if (left) return left;
  return /^(?:meet|negotiate)$/.test(code)
    ? places.find((one) => one.from > from && one.to < to)
    : undefined;
}

/** "A Caracas court", "police in Cali": where those are who act. */
const isSeatOf = ({ tokens }: Article, one: Mention): boolean =>
  /^(?:court|jury|judge|tribunal|jurors)$/.test(tokens[one.to]?.folded ?? "") ||
  (/^(?:in|en|of|de)$/.test(tokens[one.from - 1]?.folded ?? "") &&
    /^(?:police|policia|agents|agentes|authorities|autoridades|soldiers|soldados|officers|prosecutors|fiscales|troops|militares|guards)$/.test(
      tokens[one.from - 2]?.folded ?? "",
    ));

/** "In Caracas, agents …": nothing stands before the place but its preposition and its kind. */
const isOpening = (
  { tokens }: Article,
  { from }: { from: number },
  place: { from: number; to: number },
): boolean =>
  place.from - from <= 7 &&
  (/^(?:in|at|en)$/.test(tokens[from]?.folded ?? "") ||
    (/^(?:on|el|late|early|desde|from)$/.test(tokens[from]?.folded ?? "") &&
      tokens[place.to]?.text === ",")) &&
  !tokens.slice(from, place.from).some((token, at) => token.kind === "mark" && at > 4);

const siteKinds =
  /^(?:carcel|prision|palacio|base|aeropuerto|sede|ciudad|pueblo|poblacion|localidad|municipio|aldea|isla|puerto|provincia|estado|region|terminal|hotel|embajada|frontera|barrio|sector|plaza|calle|penal|autopista|carretera|centro|este|oeste|norte|sur)$/;

function preposition({ tokens, sentences, sentenceOf }: Article, one: Mention): string {
  for (let at = one.from - 1; at >= one.from - 5 && at >= 0; at--) {
    const word = tokens[at]?.folded ?? "";
    const isEnglishArticle = word === "a" && sentences[sentenceOf[at] ?? 0]?.language !== "es";
    if (inside.test(word) && !isEnglishArticle) return word === "a" ? "to" : word;
    const isOf = word === "del" && at === one.from - 1;
    if (isOf && !siteKinds.test(tokens[at - 1]?.folded ?? "")) return "from";
    if (
      !/^(?:the|el|la|los|las|infamous|notorious|carcel|prision|prison|palace|palacio|base|airport|aeropuerto|sede|ciudad|city|town|village|capital|border|frontera|pueblo|poblacion|localidad|municipio|aldea|island|isla|port|puerto|province|provincia|estado|state|region|region|terminal|hotel|embassy|embajada|central|eastern|western|northern|southern|downtown|nearby|of|de|del)$/.test(
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
