import type { Article } from "../text/article.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Said not to have happened, or not yet, or only wished for. */
const unreal = set(
  `not never no without nor cannot denied deny refused failed would will wont could may might should must can shall ought
if unless whether until nobody neither
no nunca jamas sin ni tampoco nego podria podrian puede pueden podra podran deberia deberian debe deben si aunque evitar
sera seran seria serian habria habrian`,
);
/** Verbs of wanting and asking: what they ask for is not a fact. */
const wishes =
  /^(?:demand|urg|ask|request|seek|sought|want|wish|hop|plead|press|push|pray|plan|aim|try|tried|attempt|threat|expect|promis|await|call|advocat|campaign|lobby|appeal|negotiat|secur|obtain|effort|propos|consider|offer|refus|block|prevent|avoid|bid|work|discuss|condition|exchange|possib|potential|exig|pid|pedi|solicit|busc|esper|reclam|inst|clam|ruega|rogar|intent|quier|quer|prometi|amenaz|propon|propus|planea|gestion|lograr|logren|obtener|ofrec|evit|impid|conversar|negoci|posib|eventual|condicion)/;
/** Whether any of these words makes what is told unreal: "elections will be held". */
export const hasUnreal = (
  { tokens }: Article,
  { from, to }: { from: number; to: number },
  own: readonly string[],
): boolean =>
  tokens
    .slice(from, to)
    .some(
      (token) =>
        (unreal.has(token.folded) || negated.test(token.folded)) &&
        !own.includes(token.text.toLowerCase()),
    );

const negated = /n['’]t$/;
/** What comes after these is told as having happened. */
const afterwards = set("after since following upon despite tras luego despues desde");
const passive = set(
  "was were been being be got get gets getting fue fueron fuera fueran fuese fuesen sido siendo ser quedo quedaron resulto resultaron",
);
const perfect = set("has have had having ha han habia habian haber habiendo");
const state = set("is are am esta estan estaba estaban es son sigue siguen");
const skipped =
  /(?:ly|mente)$|^(?:also|then|later|now|all|both|again|once|already|just|reportedly|tambien|luego|nuevamente|ya|todos|ambos)$/;

export type Auxiliary = "passive" | "perfect" | "state" | "none";

/** The auxiliary before a verb form, adverbs between: "were arrested", "has arrested", "are detained" (a state), or none; and where it begins. */
export function auxiliaryBefore(
  { tokens }: Article,
  at: number,
  from: number,
): { kind: Auxiliary; start: number } {
  let start = at;
  let kind: Auxiliary = "none";
  for (let index = at - 1; index >= from && at - index < 6; index--) {
    const word = tokens[index]?.folded ?? "";
    const own = passive.has(word)
      ? "passive"
      : perfect.has(word)
        ? "perfect"
        : state.has(word)
          ? "state"
          : null;
    if (!own && !skipped.test(word)) break;
    if (!own) continue;
    start = index;
    if (kind === "none" || own === "passive") kind = own;
  }
  return kind === "none" ? sharedAuxiliary(tokens, at, from) : { kind, start };
}

/** "fueron liberados el sábado y recibidos por …": the second participle shares the auxiliary of the first. */
function sharedAuxiliary(
  tokens: Article["tokens"],
  at: number,
  from: number,
): { kind: Auxiliary; start: number } {
  if (/^(?:and|y|e)$/.test(tokens[at - 1]?.folded ?? ""))
    for (let index = at - 2; index >= from && at - index < 16; index--) {
      const word = tokens[index]?.folded ?? "";
      if (/^[;:()]$/.test(word) || /^(?:who|which|that|que|quien)$/.test(word)) break;
      if (passive.has(word) && /(?:ed|en|ad[oa]s?|id[oa]s?)$/.test(tokens[index + 1]?.folded ?? ""))
        return { kind: "passive", start: index };
    }
  return { kind: "none", start: at };
}

/** Whether the words before a verb say that it happened: no negation, no modal, no wish, no bare infinitive. */
export function isFactualVerb({ tokens }: Article, start: number, from: number): boolean {
  const before = tokens[start - 1]?.folded ?? "";
  // "only to be sent back": it happened.
  if (before === "to" && tokens[start - 2]?.folded === "only") return true;
  if (before === "to" || before === "para" || before === "a") return false;
  if (isSubjunctive(tokens[start]?.text ?? "")) return followsEvent(tokens, start, from);
  for (let at = start - 1; at >= from && start - at <= 4; at--) {
    const token = tokens[at];
    if (!token) break;
    if (/^[;:.()—–]$/.test(token.text)) break;
    if (afterwards.has(token.folded)) return true;
    // A comma or a relative pronoun begins another statement.
    if (token.text === "," || /^(who|which|that|que|quien|quienes)$/.test(token.folded)) {
      return !/^(?:if|unless|si)$/.test(tokens[from]?.folded ?? "");
    }
    if (unreal.has(token.folded) || negated.test(token.folded)) return false;
  }
  return true;
}

/** "recibiera", "fueran". */
const isSubjunctive = (word: string): boolean =>
  /(?:[ai]era|[ai]eran|ara|aran|ese|iesen|fuera|fueran|hubiera|hubieran|hubiese)$/.test(word) &&
  !/^(?:para|era|eran)$/.test(word);

/** "horas después de que …", "luego de que …": what Spanish tells in the subjunctive, though it happened. */
function followsEvent(tokens: Article["tokens"], start: number, from: number): boolean {
  for (let at = start - 1; at > from && start - at < 28; at--) {
    if (tokens[at]?.folded !== "que") continue;
    const before = tokens.slice(Math.max(from, at - 2), at).map((token) => token.folded);
    return before.some((word) => /^(?:despues|luego|tras|desde)$/.test(word));
  }
  return false;
}

const announcing =
  /^(?:announc|confirm|report|welcom|celebrat|condemn|denounc|hail|prais|critici|protest|mark|led|result|approv|authoriz|order|anunci|confirm|inform|celebr|conden|denunci|critic|repudi|salud|agradec|thank|aprob|aprueb|autoriz|orden)/;

/** A noun counts only when its surroundings tell of it as done: "after the arrest of …", "announced the release of …". */
export function isFactualNoun(
  { tokens }: Article,
  at: number,
  from: number,
  to: number,
  hasDate: boolean,
): boolean {
  const before = tokens.slice(Math.max(from, at - 9), at).map((token) => token.folded);
  const clause = tokens.slice(from, to).map((token) => token.folded);
  if (before.some((word) => unreal.has(word) || wishes.test(word))) return false;
  if (clause.some((word) => /^(?:demand|exig|solicit|urg|reclam|unreal)/.test(word))) return false;
  const near = before.slice(-5);
  if (near.some((word) => afterwards.has(word) || announcing.test(word))) return true;
  if (tokens.slice(at, Math.min(to, at + 12)).some((token) => taking.test(token.folded)))
    return true;
  return hasDate;
}

/** What the noun names took place. */
const taking =
  /^(?:ocurrid[oa]s?|firmad[oa]s?|concedid[oa]s?|otorgad[oa]s?|signed|granted|announced|anunciad[oa]s?|resumed|opened|began|continued|started|dated|cerro|cierra|reanudaron|iniciaron|comenzaron|tuvo|tuvieron|celebro|celebraron|consumo|duro|lasted|produjo|concreto|concluyo|culmino|happened|occurred|ended|concluded)$/;
