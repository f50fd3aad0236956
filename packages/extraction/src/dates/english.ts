import {
  afterPrevious,
  beforeThat,
  isoDay,
  monthAfterPrevious,
  monthDay,
  monthOfYear,
  monthOnly,
  relative,
  thatDay,
  today,
  weekday,
  yearOnly,
} from "./readings.ts";
import type { DateRule } from "./rule.ts";

const month =
  "(?<month>January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\\b\\.?)";
const monthName = month.replace("?<month>", "?:");
const weekdayName =
  "(?:Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|(?:Tues|Wed|Thurs|Fri)\\.)";
const dayNumber = "(?<day>\\d{1,2})(?:st|nd|rd|th)?";
const range = "(?:\\s?[-–—]\\s?|\\s(?:to|through|and)\\s)(?<until>\\d{1,2})(?:st|nd|rd|th)?";
const year = "(?<year>(?:19|20)\\d{2})";
const count =
  "(?<count>\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
const rule = (source: string, read: DateRule["read"], flags = "gu"): DateRule => ({
  pattern: new RegExp(source, flags),
  read,
});

export const isoRule = rule(
  "(?<![\\d-])(?<date>(?<year>(?:19|20)\\d{2})-(?<month>\\d{2})-(?<day>\\d{2}))(?![\\d-])",
  isoDay,
);

/** "Nov. 21", "December 7-10, 2021": also met in Spanish texts that quote the American press. */
export const englishMonthDay: readonly DateRule[] = [
  rule(
    `(?<date>(?:${weekdayName},?\\s)?\\b${month}\\s${dayNumber}(?:${range})?(?!\\d)(?:,?\\s${year})?)(?![\\d.,]\\d)`,
    monthDay,
  ),
];

/** Ordered from the most to the least specific: the first that claims a span keeps it. */
export const english: readonly DateRule[] = [
  isoRule,
  ...englishMonthDay,
  rule(
    `(?<date>(?:${weekdayName},?\\s)?(?<!\\d)${dayNumber}(?:${range})?\\s(?:of\\s)?${month}(?:,?\\s${year})?)(?!\\p{L})`,
    monthDay,
  ),
  rule(`(?<date>\\b${month},?\\s(?:of\\s)?${year})\\b`, monthOnly),
  rule(`(?<date>\\b${month}\\s(?:of\\s)?(?<when>last|this|next)\\syear)\\b`, monthOfYear),
  rule(`\\b[Tt]hat\\s(?<date>${month})(?![\\p{L}]|\\s\\d)`, monthAfterPrevious),
  rule(
    `(?<=[,—–-]\\s|^)(?<date>(?:just\\s|only\\s|barely\\s)?${count}\\sdays?\\safter)\\b`,
    beforeThat,
    "giu",
  ),
  rule(
    `\\b(?:(?<last>[Ll]ast)\\s|(?<next>[Nn]ext)\\s|[Ii]n\\s(?:(?:early|late|mid)[\\s-])?|[Ss]ince\\s|(?:[Ee]arly|[Ll]ate|[Mm]id)[\\s-]|[Bb]y\\s|[Uu]ntil\\s|[Tt]his\\s(?:past\\s)?|[Ff]rom\\s|(?:end|beginning|start|middle)\\sof\\s|[Dd]uring\\s|[Bb]efore\\s|[Aa]fter\\s|[Tt]hrough\\s)(?<date>${month})(?![\\p{L}]|\\s\\d)`,
    monthOnly,
  ),
  rule(
    `(?<=\\b(?:[Ii]n|[Ff]rom|[Bb]etween|[Ss]ince)\\s${monthName}\\s(?:and|to|through)\\s)(?<date>${month})(?![\\p{L}]|\\s\\d)`,
    monthOnly,
  ),
  rule(
    `(?<![\\p{L}-])(?:(?<last>[Ll]ast|[Pp]ast|[Pp]revious)\\s|(?<next>[Nn]ext|[Ff]ollowing)\\s)?(?<!\\b(?:Black|Good|Super|Holy|Ash|Palm|Easter)\\s)(?<date>(?<weekday>${weekdayName}))(?![\\p{L}-])`,
    weekday,
  ),
  rule(
    `(?<date>\\b(?<year>(?:19|20)\\d{2})\\s?(?:[-–—]|to|through)\\s?(?<until>(?:19|20)\\d{2}))(?![\\d-])`,
    yearOnly,
  ),
  rule(
    `\\b(?:in|since|of|by|until|till|from|to|through|during|before|after|early|mid|late|around|and|or|between|year|fiscal|[Tt]he|a|for|[Ii]n|[Ss]ince|[Bb]y|[Ff]rom|[Bb]etween|[Dd]uring|[Aa]fter|[Bb]efore|[Uu]ntil|[Tt]hrough|[Ii]ts|[Hh]is|[Tt]heir|[Dd]isputed|Thanksgiving|Christmas|Easter|[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)[\\s-](?:early\\s|late\\s|mid[-\\s])?(?<date>${year})(?![\\d,.-]\\d|\\d|s\\b|['’]?s\\b|-|\\s(?:people|barrels|inmates|dollars|prisoners|votes|others|men|women|miles|members|\\p{Ll}+s\\b(?<!\\b(?:was|is|has|as|its|this|protests|elections|talks|sanctions))))`,
    yearOnly,
  ),
  rule(`(?<=\\()(?<date>${year})(?=\\))`, yearOnly),
  rule(`\\b(?<date>(?<half>half)\\sa\\s(?<unit>year)\\sago)\\b`, relative, "giu"),
  rule(`\\b(?<date>${count}\\s(?<unit>days?|weeks?|months?|years?)\\sago)\\b`, relative, "giu"),
  rule(
    `\\b(?<date>(?:(?<last>last)|(?<next>next)|(?<current>this(?=\\s(?:month|year))))\\s(?<unit>week|month|year))\\b`,
    relative,
    "giu",
  ),
  rule(
    `\\b(?<date>${count}\\sdays?\\s(?:later|(?<before>earlier|before)))\\b`,
    afterPrevious,
    "giu",
  ),
  rule("\\b(?<date>the\\s(?:next|following)\\sday)\\b", afterPrevious, "giu"),
  rule("\\b(?<date>(?:the\\ssame|that\\s(?:same|very))\\sday)\\b", thatDay, "giu"),
  rule("\\b(?<date>yesterday|last\\snight)\\b", today(-1), "giu"),
  rule("\\b(?<date>tomorrow)\\b", today(1), "giu"),
  rule("\\b(?<date>today|tonight|this\\s(?:morning|afternoon|evening))\\b", today(0), "giu"),
];

/** "extends the protection to March 20": what is moved or made longer ends ahead. */
export const englishLimit = /\b(?:until|till|through|to|by)(?: the)?\s*$/iu;
export const englishMoved =
  /\b(?:gave|given|gives|giving|has|have|extend|prolong|postpone|delay|defer|push|move|reschedule|renew|protect|shield|suspend|adjourn)\w*/iu;
/** What someone did or was for as long as the limit says, and no longer. */
export const englishLasted =
  /\b(?:was|were|had been|served|remained|stayed|held|lived|worked|led|ran|headed|spent|waited)\b/iu;

/** What makes a clause speak of what is to come. */
export const englishFuture =
  /\b(?:will|would|expects?|won['’]t|shall|due|runs out|lapses|ends|scheduled|upcoming|expected|expires?|planned|postponed|slated|(?:ordered|required|told|asked|agreed|vowed|plans?|promised|summoned|set) to|starts|begins|opens|resumes|takes effect|is to|are to|set (?:for|to)|next)\b/iu;
