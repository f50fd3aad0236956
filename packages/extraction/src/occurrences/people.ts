import { type Mention, surface, Taken } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";

const numbers =
  /^(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds|several|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|decenas|cientos|varios)$/;
const people =
  /^(?:suspects|sospechosos|rebels|guerrillas|parliamentarians|legislators|legisladores|diputados|exdirectivos|exgerentes|parientes|allegados|daughters|sons|brothers|hermanos|hijos|partners|socios|capturados|jueces|judges|magistrados|ministers|ministros|companies|empresas|firms|banks|bancos|compatriotas|españolas|secuestradores|sindicalistas|mercenarios|mercenaries|cooperantes|turistas|tourists|pilots|pilotos|uniformados|managers|bosses|jefes|iranians|russians|cubans|cubanos|americans|venezuelans|colombians|foreigners|prisoners|detainees|executives|migrants|nationals|citizens|hostages|people|men|women|activists|opponents|soldiers|relatives|lawyers|journalists|leaders|presidents|families|captives|oilmen|employees|colleagues|defendants|students|protesters|dissidents|allies|candidates|crew|sailors|contractors|inmates|nephews|residents|veterans|officials|officers|deportees|marines|envoys|emissaries|diplomats|senators|lawmakers|enviados|emisarios|diplomaticos|senadores|estadounidenses|venezolanos|norteamericanos|presos|detenidos|prisioneros|ejecutivos|exejecutivos|directivos|exdirectivos|migrantes|ciudadanos|rehenes|personas|hombres|mujeres|activistas|opositores|militares|familiares|familias|abogados|periodistas|dirigentes|directivos|vicepresidentes|gerentes|empleados|estudiantes|manifestantes|aliados|candidatos|tripulantes|contratistas|reclusos|colombianos|españoles|espanoles|extranjeros|sobrinos|residentes|funcionarios|politicos)$/;
const between =
  /^(?:of|de|state|estatales|senior|government|other|more|other|mas|otros|jailed|american|venezuelan|political|former|us|detained|imprisoned|u\.s\.|the|los|vice|ex|oil|senior|top|young|citgo|ciudadanos|altos|jovenes|presuntos|alleged|wrongfully|fellow)$/;

export const isPeople = (word: string): boolean =>
  people.test(word) ||
  /^(?:deported|deportados|repatriados|liberados|freed|prisioneros|delegacion|delegation)$/.test(
    word,
  );

/** "two nephews of Ana Prado": relatives are told apart by whose they are. */
function withWhose({ tokens }: Article, mentions: readonly Mention[], end: number): number {
  if (!/^(?:of|de)$/.test(tokens[end]?.folded ?? "")) return end;
  if (
    !/^(?:nephews|relatives|sobrinos|familiares|parientes|sons|daughters|brothers|hijos|hermanos|allegados|allies|aliados)$/.test(
      tokens[end - 1]?.folded ?? "",
    )
  )
    return end;
  const owner = mentions.find((one) => one.from === end + 1 && one.entity.type === "person");
  return owner?.to ?? end;
}

/** "ten Americans", "más de cien presos políticos": people who take part without being named. */
export function unnamedPeople(article: Article, mentions: readonly Mention[]): Mention[] {
  const taken = new Taken(
    article.tokens.length,
    mentions.filter((one) => one.entity.type !== "place"),
  );
  const found: Mention[] = [];
  for (const sentence of article.sentences) {
    for (let at = sentence.from; at < sentence.to; at++) {
      if (!numbers.test(article.tokens[at]?.folded ?? "")) continue;
      let to = at + 1;
      while (to < at + 4 && between.test(article.tokens[to]?.folded ?? "")) to++;
      if (!people.test(article.tokens[to]?.folded ?? "")) continue;
      if (/^politic(?:os|as)$/.test(article.tokens[to + 1]?.folded ?? "")) to++;
      const run = { from: at, to: withWhose(article, mentions, to + 1) };
      if (taken.overlaps({ from: at, to: to + 1 })) continue;
      const name = surface(article, run).replace(/\s+/g, " ");
      const key = `people:${name.toLowerCase()}`;
      found.push({
        ...run,
        entity: { key, id: null, type: "group", name, known: null },
        how: "phrase",
        listed: false,
        corrupted: false,
      });
      at = to;
    }
  }
  return found;
}
