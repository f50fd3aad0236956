import { type Entity, isPossessive, type Mention } from "../entities/mention.ts";
import { roleWords } from "../entities/words.ts";
import type { Article } from "../text/article.ts";
import { isCapital, type Token } from "../text/token.ts";
import { genderOfArticle, type Pointed, pointing } from "./bearer.ts";
import { isCue } from "./cue.ts";
import { belongsToNext, prepositions, speaksFor } from "./parts.ts";

/** Ends the subject of a verb. */
export const closing =
  /^(?:[;:“”«»"()]|who|which|that|que|quien|quienes|whose|cuyo|cuya|and|y|but|pero|after|tras|while|mientras|cuando|when)$/;

interface Found {
  readonly entity: Entity | null;
  /** Given when a title points back at someone. */
  readonly pointed?: Pointed;
}

/**
 * "said Ana Prado", "dijo la abogada Ana Prado", "señaló el secretario de Estado, Ana Prado": what follows the verb
 * up to the name that it ends in. Null entity when it ends without one; null when no subject follows at all.
 */
export function inverted(
  { tokens }: Article,
  verb: number,
  limit: number,
  speakers: readonly Mention[],
): Found | null {
  const starts = new Map(speakers.map((one) => [one.from, one]));
  let at = verb + 1;
  while (
    /^(?:ayer|hoy|also|then|tambien|el|la|este)$/.test(tokens[at]?.folded ?? "") &&
    isDay(tokens, at)
  )
    at++;
  at = afterPlace(tokens, at, starts);
  const first = tokens[at];
  if (!first || at >= limit || first.kind === "mark" || prepositions.test(first.folded))
    return null;
  let [comma, governed] = [false, false];
  for (; at < limit && at < verb + 22; at++) {
    const one = starts.get(at);
    if (one && !isPossessive({ tokens } as Article, one) && !governed) {
      if (!belongsToNext(tokens, one) || comma) return spokesman(tokens, verb, one);
      at = one.to - 1;
      continue;
    }
    const token = tokens[at];
    if (!token || isCue(token.folded) || closing.test(token.folded)) break;
    if (token.text === ",") {
      // "dijo el abogado, que conoce a Ana Prado": the name follows the comma at once, or its title does.
      if (comma || !namedAfter(tokens, at + 1, starts)) break;
      comma = true;
    }
    // "said the senator from Florida, Ana Prado": whoever is named inside does not speak.
    governed = token.text !== "," && (governed || prepositions.test(token.folded));
    // "." after anything but a title ends the subject: "said Rep. Ana Prado".
    if (token.text === "." && !isTitle(tokens[at - 1])) break;
  }
  return { entity: null, ...pointsBack(tokens, verb + 1) };
}

/** "dijo en Twitter la esposa de …", "aseguró desde Maracay Ana Prado", "told reporters": where or to whom comes before who. */
function afterPlace(
  tokens: Article["tokens"],
  from: number,
  starts: ReadonlyMap<number, Mention>,
): number {
  if (!/^(?:en|desde|a|al|ante)$/.test(tokens[from]?.folded ?? "")) return from;
  let at = from + 1;
  if (/^(?:el|la|los|las|un|una|su)$/.test(tokens[at]?.folded ?? "")) at++;
  if (starts.has(at)) at = starts.get(at)?.to ?? at;
  else at++;
  const next = tokens[at];
  const opens =
    next &&
    (/^(?:el|la|un|una)$/.test(next.folded) ||
      starts.has(at) ||
      (isCapital(next) && starts.has(at + 1)));
  return opens ? at : from;
}

const isDay = (tokens: Article["tokens"], at: number): boolean =>
  /^(?:ayer|hoy|also|then|tambien)$/.test(tokens[at]?.folded ?? "") ||
  /^(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)$/.test(tokens[at + 1]?.folded ?? "");

/** "said a spokesman for Citgo": the body speaks; "said a worker at Citgo" never came here. */
function spokesman(tokens: Article["tokens"], verb: number, one: Mention): Found {
  if (one.entity.type !== "organisation" || one.from === verb + 1) return { entity: one.entity };
  const between = tokens.slice(verb + 1, one.from).map((token) => token.folded);
  const isPlain = between.every((word) =>
    /^(?:the|el|la|los|las|state|oil|company|empresa|compania|estatal|petrolera|grupo|group|rights|organizacion|ong)$/.test(
      word,
    ),
  );
  return { entity: isPlain || between.some((word) => speaksFor.test(word)) ? one.entity : null };
}

const isTitle = (token: Token | undefined): boolean =>
  token !== undefined && (roleWords.has(token.folded) || /^\p{Lu}\p{L}{0,3}$/u.test(token.text));

/** A name, or titles and then a name, begins here. */
function namedAfter(
  tokens: Article["tokens"],
  from: number,
  starts: ReadonlyMap<number, Mention>,
): boolean {
  for (let at = from; at < from + 4; at++) {
    if (starts.has(at)) return true;
    if (
      !/^(?:el|la|the)$/.test(tokens[at]?.folded ?? "") &&
      !roleWords.has(tokens[at]?.folded ?? "")
    )
      return false;
  }
  return false;
}

/** "el mandatario", "the envoy" and nothing more. */
function pointsBack(tokens: Article["tokens"], from: number): { pointed?: Pointed } {
  const article = tokens[from]?.folded ?? "";
  if (!/^(?:el|la|the)$/.test(article) || !pointing.test(tokens[from + 1]?.folded ?? "")) return {};
  const next = tokens[from + 2];
  if (
    next &&
    next.kind !== "mark" &&
    !/^(?:en|in|on|a|al|to|tras|after|durante|el|la)$/.test(next.folded)
  )
    return {};
  return { pointed: { word: tokens[from + 1]?.folded ?? "", gender: genderOfArticle(article) } };
}
