export type Language = "en" | "es" | "other";

const english = new Set(
  "the of and to in that is was for on with as by at from he she it his her they their were been has have had not but which who an be this are said after before or its would will also when than".split(
    " ",
  ),
);
const spanish = new Set(
  "el la los las de del que y en un una por con para se su sus al lo como mas pero fue fueron han ha es son este esta no tras segun sobre entre desde quien dijo tambien ya le les ser sin porque cuando".split(
    " ",
  ),
);
/** Words of other Romance languages that Spanish does not have; without them Portuguese would pass for Spanish. */
const foreign = new Set(
  "o os um uma nao com foi sao dos das pelo pela mais tambem les des et dans est une pour qui sur avec il che di della per sono gli und der die das ist nicht mit von".split(
    " ",
  ),
);

/** The language by its function words; "other" when neither English nor Spanish clearly leads. */
export function languageOf(folded: readonly string[]): Language {
  let en = 0;
  let es = 0;
  let other = 0;
  for (const word of folded) {
    if (english.has(word)) en++;
    if (spanish.has(word)) es++;
    if (foreign.has(word)) other++;
  }
  if (en === 0 && es === 0) return "other";
  if (other > en && other > es) return "other";
  if (en === es) return "other";
  return en > es ? "en" : "es";
}
