import type { Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import type { Candidate } from "./candidate.ts";
import { isBody, isPlace } from "./kinds.ts";
import { isPeople } from "./people.ts";

/** "welcomed Ana Prado at the palace" is a meeting, "welcomed the ruling" a word about it. */
export const isWelcome = ({ tokens }: Article, { hit, targets }: Candidate): boolean =>
  /^(?:welcomed|saludo)$/.test(tokens[hit.from]?.folded ?? "") &&
  targets.some((one) => one.entity.type === "person" && one.from <= hit.to + 3);

const travelling =
  /^(?:traveled|travelled|flew|arrived|landed|viajo|viajaron|volo|volaron|llego|llegaron|aterrizo)$/;

const visiting =
  /^(?:visited|visito|visitaron|visits|visita|visit|able|managed|allowed|pudo|logro)$/;

/** People meet people; a country is met by going there, and only those who hold an office go in its name. */
export function meeting(article: Article, candidate: Candidate): Candidate | null {
  const { hit, targets } = candidate;
  if (hit.trigger.needs === "nothing") return { ...candidate, actors: [], targets: [] };
  const first = article.tokens[hit.from]?.folded ?? "";
  const met = targets.filter((one) => !isPlace(one) || hasDelegation(article, one));
  const actors = candidate.actors.filter((one) => !isPlace(one) || hasDelegation(article, one));
  if (seeing.test(first) && !actors.some((one) => one.entity.known?.official)) return null;
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

/** "saw Ana Prado" is a meeting when an official did. */
const seeing = /^(?:estuvo|estuvieron|saw|seen|seeing|vio|visto|ver)$/;

const receiving =
  /^(?:hosted|acogio|visited|received|greeted|embraced|welcomed|met|visito|visitaron|recibio|recibieron|abrazo|saludo)$/;

const meetsPeople = ({ tokens }: Article, from: number): boolean =>
  tokens
    .slice(from, from + 7)
    .some(
      (token, at) =>
        isPeople(token.folded) &&
        (at === 0 ||
          /^(?:the|los|las|al?|american|political|jailed|other|otros)$/.test(
            tokens[from + at - 1]?.folded ?? "",
          )),
    );

/** "una delegación de EE. UU.": a country goes by those whom it sends. */
const hasDelegation = ({ tokens }: Article, one: Mention): boolean =>
  tokens
    .slice(Math.max(0, one.from - 5), one.from)
    .some((token) => /^(?:delegation|delegacion|team|mision|mission|comision)$/.test(token.folded));
