import type { ArticleDate, Occurrence } from "@newsledger/core";
import { bySentence, type Mention } from "../entities/mention.ts";
import type { Article } from "../text/article.ts";
import { bind } from "./bind.ts";
import type { Candidate } from "./candidate.ts";
import type { Clause } from "./clause.ts";
import { decide } from "./decide.ts";
import { type TriggerHit, triggerHits } from "./match.ts";
import { merge, newestFirst } from "./merge.ts";
import { unnamedPeople } from "./people.ts";
import { dateNear, participant, placeNear } from "./setting.ts";
import { standIns } from "./standins.ts";

/** Who did what to whom, told as having happened. Precision before recall: what is not bound to someone named is left out. */
export function findOccurrences(
  article: Article,
  mentions: readonly Mention[],
  dates: readonly ArticleDate[],
  publishedDay: string | null,
): Occurrence[] {
  const whole = mentions.filter((one) => !isPart(article, one));
  const all = [
    ...whole,
    ...unnamedPeople(article, mentions),
    ...standIns(article, mentions),
  ].toSorted((a, b) => a.from - b.from);
  const grouped = bySentence(article, all);
  const found = article.sentences.flatMap((sentence, index) => {
    const clause: Clause = {
      sentence,
      mentions: grouped[index] ?? [],
      before: isNear(article, index) ? (grouped[index - 1] ?? []) : [],
      all,
    };
    return triggerHits(article, sentence).flatMap((hit) => {
      const bound = bind(article, clause, hit, dates);
      const decided = bound && decide(article, clause, bound, dates);
      if (!decided) return [];
      const made = occurrence(article, clause, decided, dates);
      if (made.date === undefined && isBackground(article, hit)) return [];
      // What is dated after the publication is announced, not told.
      return made.date && publishedDay && made.date > publishedDay ? [] : [made];
    });
  });
  return newestFirst(merge(found), publishedDay);
}

/** "freed, 1,700 days after they were arrested": without its day the first is only how long it took. */
const isBackground = ({ tokens }: Article, { from }: TriggerHit): boolean =>
  tokens
    .slice(Math.max(0, from - 5), from)
    .some(
      (token, at, before) =>
        /^(?:he|she|they)$/.test(token.folded) &&
        /^(?:after|since|until|before)$/.test(before[at - 1]?.folded ?? ""),
    );

/** "two of the Citgo 6": not the group, but the two. */
function isPart({ tokens }: Article, { from, entity }: Mention): boolean {
  if (entity.type !== "group") return false;
  let at = from - 1;
  // "uno de los seis exejecutivos": the article and the number belong to the group.
  while (from - at < 6 && /^(?:the|los|six|seis|6|former|citgo)$/.test(tokens[at]?.folded ?? ""))
    at--;
  return (
    /^(?:of|de)$/.test(tokens[at]?.folded ?? "") &&
    /^(?:\d+|one|two|three|four|five|some|several|un[oa]?|dos|tres|cuatro|cinco|varios|algunos)$/.test(
      tokens[at - 1]?.folded ?? "",
    )
  );
}

/** What the sentence before names may be meant: not the headline, and no farther than the paragraph before. */
function isNear(article: Article, index: number): boolean {
  const own = article.sentences[index];
  const previous = article.sentences[index - 1];
  return (
    previous !== undefined &&
    own !== undefined &&
    index > 1 &&
    own.paragraph - previous.paragraph <= 1
  );
}

function occurrence(
  article: Article,
  clause: Clause,
  { code, hit, actors, targets }: Candidate,
  dates: readonly ArticleDate[],
): Occurrence {
  const { sentence } = clause;
  const date = dateNear(article, clause, hit, dates);
  const place = placeNear(article, clause, hit);
  return {
    code,
    actors: unique(actors),
    targets: unique(targets),
    ...(date ? { date: date.iso, precision: date.precision } : {}),
    ...(place ? { place: { id: place.id, name: place.name } } : {}),
    sentence: article.text.slice(sentence.start, sentence.end),
    start: sentence.start,
    end: sentence.end,
  };
}

const unique = (mentions: readonly Mention[]) => [
  ...new Map(mentions.map((one) => [one.entity.key, participant(one)])).values(),
];
