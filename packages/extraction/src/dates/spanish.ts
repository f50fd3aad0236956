import { englishMonthDay, isoRule } from "./english.ts";
import {
  afterPrevious,
  beforeThat,
  monthAfterPrevious,
  monthDay,
  monthOfYear,
  monthOnly,
  relative,
  sameDay,
  thatDay,
  today,
  weekday,
  yearOnly,
} from "./readings.ts";
import type { DateRule } from "./rule.ts";

const month =
  "(?<month>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre|(?:ene|feb|abr|jun|jul|ago|sept?|oct|nov|dic)\\.)";
const monthName = month.replace("?<month>", "?:");
const weekdayName = "(?:domingo|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado)";
const dayNumber = "(?<day>\\d{1,2}|[Pp]rimero)(?:\\.?[º°ª]|ro|o)?";
const year = "(?<year>(?:19|20)\\d{2})";
const count = "(?<count>\\d{1,3}|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)";
const rule = (source: string, read: DateRule["read"], flags = "gu"): DateRule => ({
  pattern: new RegExp(source, flags),
  read,
});
/** \b knows ASCII letters only: "año" and "Ángel" need these. */
const open = "(?<![\\p{L}\\p{N}])";
const close = "(?![\\p{L}\\p{N}])";

/** Weekdays and months are written small in Spanish: "Domingo" and "Abril" are names of people and places. */
export const spanish: readonly DateRule[] = [
  isoRule,
  rule(
    `(?<date>(?:${weekdayName},?\\s)?(?<!\\d)${dayNumber}(?:\\s(?:al|y|a)\\s(?:el\\s)?(?<until>\\d{1,2}))?\\sde\\s${month}(?:(?:,|\\sde|\\sdel)\\s(?:año\\s)?${year})?)${close}`,
    monthDay,
  ),
  ...englishMonthDay,
  rule(`(?<date>${open}${month}(?:\\sde|\\sdel|,)?\\s(?:año\\s)?${year})${close}`, monthOnly),
  rule(
    `${open}(?<date>${month}\\s(?:del|de)\\s(?:(?<when>este)\\saño|año\\s(?<then>pasado|anterior|próximo)))${close}`,
    monthOfYear,
  ),
  rule(`${open}(?:ese|aquel)\\s(?<date>${month})${close}`, monthAfterPrevious, "giu"),
  rule(
    `(?<=[,—–-]\\s|^)(?<date>(?:apenas\\s|solo\\s)?${count}\\sdías?\\s(?:después|luego)\\sde(?:\\sque)?)${close}`,
    beforeThat,
    "giu",
  ),
  rule(
    `${open}(?:[Ee]n|[Dd]esde|[Hh]asta|[Aa]|[Dd]e|[Dd]urante|[Ee]ste|(?<last>[Pp]asado)|(?<next>[Pp]róximo)|(?:principios|inicios|comienzos|finales|fines|mediados)\\sde)(?:\\s(?:el\\s)?mes\\sde)?\\s(?<date>${month})${close}`,
    monthOnly,
  ),
  rule(`${open}(?<date>${month}\\s(?<last>pasado|último))${close}`, monthOnly),
  rule(
    `(?<=${open}(?:en|de|desde|entre)\\s${monthName}\\s(?:y|a|hasta)\\s)(?<date>${month})${close}(?!\\sde\\s\\d)`,
    monthOnly,
  ),
  rule(
    `${open}(?<date>(?:(?<last>pasado|último)\\s|(?<next>próximo)\\s)(?<weekday>${weekdayName}))${close}`,
    weekday,
  ),
  rule(
    `${open}(?<date>(?<weekday>${weekdayName})(?:\\s(?<last>pasado|último)|\\s(?<next>próximo|siguiente|que viene))?)${close}`,
    weekday,
  ),
  rule(
    `(?<date>${open}(?<year>(?:19|20)\\d{2})\\s?(?:[-–—]|a|y|al)\\s?(?<until>(?:19|20)\\d{2}))(?![\\d-])`,
    yearOnly,
  ),
  rule(
    `${open}(?:en|de|desde|hasta|hacia|del|para|entre|y|año|durante|a|En|Desde|Durante|Para|Hacia|Entre)\\s(?:el\\s)?(?:año\\s)?(?<date>${year})(?![\\d,.-]\\d|\\d|-|\\s(?:personas|barriles|presos|detenidos|dólares|votos|\\p{Ll}+s\\b(?<!\\b(?:las|los|sus|tras|es|elecciones|sanciones))))`,
    yearOnly,
  ),
  rule(`(?<=\\()(?<date>${year})(?=\\))`, yearOnly),
  rule(`${open}(?<date>hace\\s(?<half>medio)\\s(?<unit>año))${close}`, relative, "giu"),
  rule(
    `${open}(?<date>hace\\s(?:ya\\s|unos\\s|unas\\s|casi\\s|más de\\s)?${count}\\s(?<unit>días?|semanas?|mes(?:es)?|años?))${close}`,
    relative,
    "giu",
  ),
  rule(
    `${open}(?<date>(?:la|el)\\s(?<unit>semana|mes|año)\\s(?:(?<last>pasad[oa]|anterior|últim[oa])|(?<next>próxim[oa]|que viene|entrante)))${close}`,
    relative,
    "giu",
  ),
  rule(
    `${open}(?<date>(?:la|el)\\s(?:(?<last>pasad[oa])|(?<next>próxim[oa]))\\s(?<unit>semana|mes|año))${close}`,
    relative,
    "giu",
  ),
  rule(`${open}(?<date>(?<current>este)\\s(?<unit>mes|año))${close}`, relative, "giu"),
  rule(
    `${open}(?<date>${count}\\sdías?\\s(?:después|más\\starde|(?<before>antes)))${close}(?!\\sde)`,
    afterPrevious,
    "giu",
  ),
  rule(`${open}(?<date>(?:al|el)\\sdía\\ssiguiente)${close}`, afterPrevious, "giu"),
  rule(`${open}(?<date>(?:el|ese|este)\\smismo\\sdía)${close}`, thatDay, "giu"),
  rule(`${open}(?<date>ayer|anoche)${close}`, today(-1), "giu"),
  rule(`${open}(?<date>anteayer|antier|antes\\sde\\sayer)${close}`, today(-2), "giu"),
  rule(`${open}(?<date>hoy|esta\\s(?:mañana|tarde|noche))${close}`, today(0), "giu"),
  rule(`${open}(?<date>(?:media|primera hora de la|horas de la)\\smañana)${close}`, sameDay, "giu"),
  rule(
    `(?<!(?:la|esta|cada|misma|una|media)\\s)${open}(?<date>mañana)${close}(?!\\s(?:del|de))`,
    today(1),
    "giu",
  ),
];

/** "amplía la licencia hasta el 20 de marzo". */
export const spanishLimit = /(?<!\p{L})(?:hasta|para|al|a)(?: el)?\s*$/iu;
export const spanishMoved =
  /(?<!\p{L})(?:dio|dieron|da|dan|tiene|tienen|plazo|extend|extiend|prolong|posp|aplaz|difier|difir|prorrog|ampl[ií]|renov|renuev|proteg|suspend|mov|muev|reprogram)\p{L}*/iu;
export const spanishLasted =
  /(?<!\p{L})(?:estuv\p{L}+|estaba\p{L}*|fue|fueron|era|eran|permaneci\p{L}+|qued[óo]\p{L}*|tuvo|tuvieron|vivi[óe]\p{L}*|trabaj[óa]\p{L}*|pas[óa]\p{L}*|sirvi\p{L}+|dirigi\p{L}+|hab[ií]an?|esper[óa]\p{L}*)(?!\p{L})/iu;

export const spanishFuture =
  /(?<![\p{L}])(?:(?:visita|juega|enfrenta|debuta|comienza|empieza|arranca|viaja)\s+(?=(?:el|este)\s*\|)(?:el|este)\s+|próxim[oa]s?|previst[oa]s?|programad[oa]s?|vence|expira|pospuest[oa]s?|aplazad[oa]s?|fijad[oa]s?|para (?:este|el)\s+(?=\|)|\p{L}{2,}(?:rá|rán|remos))(?![\p{L}])/iu;
