import { type Entity, isPossessive, type Mention } from "../entities/mention.ts";
import { givenNames } from "../entities/words.ts";
import type { Article, ArticleSentence } from "../text/article.ts";
import { fold } from "../text/fold.ts";
import { isCue } from "./cue.ts";

export type Gender = "female" | "male";

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Given names whose last letter misleads, or says nothing. */
const women = set(`
abigail alice alison amy ann anne april ashley beatriz belkis betty carmen carol caroline carolyn catherine charlotte cheryl chloe
christine cindy claire consuelo deborah debbie delcy denise dennysse diane dolores doris dorothy edith eileen elizabeth ellen emily
erin esther evelyn frances gail gladys grace hannah harriet heather helen hillary inés ines irene iris isabel jacqueline jane janet
janice jean jen jennifer jenny jessie jill joan josephine joy joyce judith judy julie june karen karoline kate katherine kathleen kathy katie
kelly kim kimberly kristen kristi lauren laurie leslie lilian lisbeth liz lorraine lourdes louise lucy luz lynn maggie margaret maribel marie
marilyn marisol marjorie marlene mary maureen megan mercedes meredith michelle milagros mildred miriam nancy naomi natalie nicole noor olive
pam patty paulette pauline peggy penny phyllis pilar rachel raquel raven rebecca robin rocio rocío rosario rose rosemary ruth sally samantha sandy
sarah sharon sheryl shirley sophie soledad stacey stacy stephanie sue susan suzanne tiffany tracy trinidad valerie vivian wendy yanet yaneth
yvette yvonne mirelys adelys yamile zulay veronica verónica isabella`);
const men = set("joshua luca elisha ezra garcia nikita sasha costa barba attila");

/** As the given name says it; null when it does not. */
function genderOf({ name }: Entity): Gender | null {
  const first = fold(name.split(/[\s-]/)[0] ?? "");
  if (women.has(first)) return "female";
  if (men.has(first)) return "male";
  if (/a$/.test(first) && first.length > 2) return "female";
  return givenNames.has(first) || /o$/.test(first) ? "male" : null;
}

export const fits = (entity: Entity, gender: Gender | null): boolean => {
  const own = gender === null ? null : genderOf(entity);
  return own === null || own === gender;
};

/** How many sentences back one who is not named again may have been named. */
const reach = 3;

/**
 * Whom "she", "el mandatario" or a verb without a subject most likely means: one who spoke in the sentence before,
 * else the first person of it, else the same of the sentences before that.
 */
export function antecedent(
  article: Article,
  sentence: ArticleSentence,
  mentions: readonly Mention[],
  gender: Gender | null,
): Entity | null {
  for (let back = 1; back <= reach; back++) {
    const earlier = article.sentences[sentence.index - back];
    if (!earlier || sentence.paragraph - earlier.paragraph > 1) return null;
    const found = personOf(article, earlier, mentions, gender);
    if (found) return found;
  }
  return null;
}

function personOf(
  article: Article,
  { from, to }: ArticleSentence,
  mentions: readonly Mention[],
  gender: Gender | null,
): Entity | null {
  const persons = mentions.filter(
    (one) =>
      one.from >= from &&
      one.to <= to &&
      one.listed &&
      one.entity.type === "person" &&
      fits(one.entity, gender),
  );
  const speaker = persons.find((one) => speaks(article, one));
  const free = persons.find((one) => !isPossessive(article, one) && !isGoverned(article, one));
  return (speaker ?? free ?? persons[0])?.entity ?? null;
}

const speaks = ({ tokens }: Article, { from, to }: Mention): boolean =>
  isCue(tokens[to]?.folded ?? "") ||
  (isCue(tokens[from - 1]?.folded ?? "") && tokens[from - 1]?.kind === "word");

/** "to Ana Prado", "de Ana Prado": someone else does what the sentence tells. */
const isGoverned = ({ tokens }: Article, { from }: Mention): boolean =>
  /^(?:of|to|with|by|for|from|against|de|del|a|al|con|por|para|contra)$/.test(
    tokens[from - 1]?.folded ?? "",
  );
