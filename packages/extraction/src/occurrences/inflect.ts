import type { Trigger } from "./trigger.ts";

/** English verbs whose participle is another word than their past. */
const participles: ReadonlyMap<string, string> = new Map(
  "took taken,gave given,froze frozen,flew flown,wrote written,drove driven,threw thrown,began begun,broke broken,went gone,saw seen,overthrew overthrown,withdrew withdrawn,forgave forgiven,chose chosen"
    .split(",")
    .map((pair) => pair.split(" ") as [string, string]),
);
const gerunds: ReadonlyMap<string, string> = new Map(
  "met meeting,freed freeing,held holding,saw seeing,sold selling,bought buying,won winning,let letting,sent sending,brought bringing,led leading,put putting,threw throwing,took taking,gave giving,froze freezing,flew flying,drove driving,began beginning,struck striking,swapped swapping,found finding,got getting,sat sitting,slapped slapping,handed handing,slammed slamming,denied denying,swept sweeping,went going,set setting"
    .split(",")
    .map((pair) => pair.split(" ") as [string, string]),
);

function gerundOf(past: string): string | null {
  const irregular = gerunds.get(past);
  if (irregular) return irregular;
  return /[a-z]{2}ed$/.test(past)
    ? past.replace(/(?:i)?ed$/, (end) => (end === "ied" ? "ying" : "ing"))
    : null;
}

/** "has taken Ana", "after arresting Ana": the other forms of what is listed in the past. */
export const inflectedEnglish = (all: readonly Trigger[]): Trigger[] =>
  all.flatMap((trigger): Trigger[] => {
    const [first = "", ...rest] = trigger.words;
    if (trigger.voice !== "past" && trigger.voice !== "verb") return [];
    const participle = participles.get(first);
    const gerund = gerundOf(first);
    return [
      ...(participle
        ? [{ ...trigger, voice: "perfect" as const, words: [participle, ...rest] }]
        : []),
      ...(gerund ? [{ ...trigger, voice: "joined" as const, words: [gerund, ...rest] }] : []),
    ];
  });

const irregular: ReadonlyMap<
  string,
  readonly [plural: string, participle: string, infinitive: string]
> = new Map(
  `detuvo detuvieron detenido detener,sostuvo sostuvieron sostenido sostener,obtuvo obtuvieron obtenido obtener,
mantuvo mantuvieron mantenido mantener,puso pusieron puesto poner,impuso impusieron impuesto imponer,
reimpuso reimpusieron reimpuesto reimponer,trajo trajeron traído traer,dio dieron dado dar,vio vieron visto ver,
volvió volvieron vuelto volver,devolvió devolvieron devuelto devolver,resolvió resolvieron resuelto resolver,
eligió eligieron elegido elegir,pidió pidieron pedido pedir,suscribió suscribieron suscrito suscribir,
condujo condujeron conducido conducir,hizo hicieron hecho hacer,reunió reunieron reunido reunir,
pudo pudieron podido poder`
    .split(",")
    .map((row) => row.trim().split(" ") as [string, string, string, string])
    .map(([singular, ...others]) => [singular, others]),
);
/** "anunció" is of "anunciar"; other verbs in -ió are of -er or -ir. */
const inIar =
  /(?:nunci|egoci|nici|livi|ambi|tenci|opici|inanci|vari|stri|pli|aprec|opi|odi|vi|fili|premi|evidenci|silenci|potenci)$/;

function spanishForms(singular: string): readonly [string, string, string] | null {
  const known = irregular.get(singular);
  if (known) return known;
  if (!singular.endsWith("ó")) return null;
  const stem = singular.slice(0, -1);
  if (stem.endsWith("i") && !(inIar.test(stem) && !/(?:recib|viv|serv|escrib)i$/.test(stem))) {
    const bare = stem.slice(0, -1);
    const infinitive =
      /(?:aprehend|vend|conced|acog|reconoc|promet|extend|met|comet|respond)$/.test(bare)
        ? `${bare}er`
        : `${bare}ir`;
    return [`${bare}ieron`, `${bare}ido`, infinitive];
  }
  return [`${stem}aron`, `${stem}ado`, `${stem}ar`];
}

/** "han detenido a Ana", "tras detener a Ana", "después de reunirse con Ana": the other forms of a preterite. */
export const inflectedSpanish = (all: readonly Trigger[]): Trigger[] =>
  all.flatMap((trigger): Trigger[] => {
    const at = trigger.words[0] === "se" ? 1 : 0;
    const forms = trigger.voice === "past" ? spanishForms(trigger.words[at] ?? "") : null;
    if (!forms) return [];
    const [plural, participle, infinitive] = forms;
    const rest = trigger.words.slice(at + 1);
    const reflexive = at === 1;
    return [
      { ...trigger, words: [...trigger.words.slice(0, at), plural, ...rest] },
      { ...trigger, voice: "perfect", words: [participle, ...rest] },
      { ...trigger, voice: "joined", words: [reflexive ? `${infinitive}se` : infinitive, ...rest] },
    ];
  });
