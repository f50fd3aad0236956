/** Sentences that deny a change of custody: "was not freed", "sigue preso", "denied the release". */

export type Deniable = "free" | "prison" | "house-arrest" | "extradite" | "convict";

/** Words for what happened, as stems. */
const happened: Readonly<Record<Deniable, string>> = {
  free: "releas\\w*|freed|freeing|liberad\\w*|liberaci[oó]n\\w*|liberar\\w*|excarcel\\w*|en libertad|sal(?:ió|ieron) de (?:la )?(?:c[aá]rcel|prisi[oó]n)",
  prison:
    "arrest\\w*|detain\\w*|detention|jailed|imprison\\w*|taken back|deten(?:ido|ida|idos|idas|ción|cion)|arrestad\\w*|arresto|encarcelad\\w*|apresad\\w*",
  "house-arrest": "house arrest|arresto domiciliario|casa por c[aá]rcel|detenci[oó]n domiciliaria",
  extradite: "extradit\\w*|extradi[ct]\\w*",
  convict: "convict\\w*|sentenc\\w*|condenad\\w*|found guilty|declarad\\w* culpable",
};

/** The state that would have ended, had it happened. */
const lasting: Readonly<Partial<Record<Deniable, string>>> = {
  free: "(?:remain(?:s|ed)?|still|stay(?:s|ed)?) (?:\\S+ ){0,3}?(?:in (?:prison|jail|custody|detention)|detained|imprisoned|jailed|behind bars|under house arrest)|(?:sigue[n]?|contin[uú]a[n]?|permanece[n]?) (?:\\S+ ){0,2}?(?:pres[oa]s?|detenid\\w*|encarcelad\\w*|en prisi[oó]n|en la c[aá]rcel|tras las rejas|recluid\\w*|bajo arresto)",
  prison:
    "(?:remain(?:s|ed)?|still|stay(?:s|ed)?) (?:\\S+ ){0,2}?(?:free|at large|at liberty)|(?:sigue[n]?|contin[uú]a[n]?|permanece[n]?) (?:\\S+ ){0,2}?(?:libres?|en libertad)",
};

const not = "(?:not|never|n['’]t|no|nunca|jam[aá]s|tampoco)";
const denying =
  "(?:den(?:y|ies|ied)|refut\\w*|retract\\w*|false(?:ly)?|untrue|incorrect(?:ly)?|wrong(?:ly)?|hoax|desmint\\w*|desmient\\w*|neg(?:ó|aron|aba|aban)|niega[n]?|fals[oa]s?|err[oó]ne[oa]\\w*)";
/** "Not freed until Friday" says that it happened. */
const only = "(?! (?:\\S+ ){0,2}?(?:until|till|before|hasta|sino|yet another))";

const patterns = Object.fromEntries(
  Object.entries(happened).map(([kind, words]) => {
    const state = lasting[kind as Deniable];
    const ways = [
      `(?<!\\w)${not} (?:\\S+ ){0,3}?(?:${words})(?!\\w)${only}`,
      `\\b${denying}\\b.{0,90}?\\b(?:${words})`,
      `\\b(?:${words})\\b.{0,60}?\\b${denying}(?!\\w)`,
      ...(state ? [`\\b${state}`] : []),
    ];
    return [kind, new RegExp(ways.join("|"), "iu")];
  }),
);

/** Whether a sentence says that it did not happen. */
export const denies = (sentence: string, kind: Deniable): boolean =>
  patterns[kind]?.test(sentence.replace(/\s+/g, " ").replace(/(\w)n['’]t\b/g, "$1 n't")) ?? false;
