import type {
  ArticleEntity,
  MatchReason,
  Occurrence,
  TopicMatch,
  TopicTier,
} from "@newsledger/core";
import { type Candidates, candidates } from "./candidates.ts";
import { type Evidence, evaluate, type Hit, together } from "./evidence.ts";
import { type Field, field } from "./field.ts";
import { hintList, mustNotList, type Topic } from "./load.ts";
import type { TopicRule } from "./schema.ts";

export interface ToMatch {
  readonly title: string;
  readonly summary: string;
  readonly text?: string | undefined;
  readonly language?: string | null | undefined;
  /** What was understood of `text`: a subject of a topic, found by name and context, is a match too. */
  readonly entities?: readonly ArticleEntity[] | undefined;
  /** What the article tells, for rules that ask for it. */
  readonly occurrences?: readonly Occurrence[] | undefined;
}

export interface TopicsFound {
  readonly matches: TopicMatch[];
  /** Why the page is worth reading though nothing matched yet; null when it is not. */
  readonly shortlist: string | null;
}

const openingWords = 60;
const maximalReasons = 6;

/** Which topics an item concerns, with the words that say so. */
export function matchTopics(topics: readonly Topic[], item: ToMatch): TopicsFound {
  const fields = [
    field("title", item.title),
    field("summary", item.summary),
    ...(item.text ? [field("text", item.text)] : []),
  ];
  const found = candidates(topics, fields, item);
  const matches = [...found.matching()].flatMap(
    (topic) => match(topic, hitsOf(topic, fields, found), item) ?? [],
  );
  return { matches, shortlist: matches.length > 0 ? null : shortlist(found, fields) };
}

const hitsOf = (topic: Topic, fields: readonly Field[], found: Candidates): Hit[] =>
  fields.flatMap((one) =>
    topic.terms.in(one, found.beginnings(topic, one)).map((hit) => ({
      list: hit.list,
      rank: hit.rank,
      from: hit.from,
      to: hit.to,
      field: one,
      opening: one.name !== "text" || hit.from < openingWords,
    })),
  );

function match(topic: Topic, hits: readonly Hit[], item: ToMatch): TopicMatch | null {
  const barred = isBarred(topic, hits);
  const met = topic.definition.rules.flatMap((rule) => {
    if (barred && !rule.strong) return [];
    const evidence = isInLanguage(rule, item.language) ? satisfied(topic, rule, hits, item) : null;
    if (!evidence) return [];
    const told = evidence.told.map((one) => toldReason(rule.rule, one));
    return [
      { tier: tierOf(rule, evidence), reasons: [...reasons(rule.rule, evidence.hits), ...told] },
    ];
  });
  const named = barred ? [] : subjectsNamed(topic, item.entities ?? []);
  if (named.length > 0) met.push({ tier: "alert", reasons: named });
  if (met.length === 0) return null;
  const tier: TopicTier = met.some((one) => one.tier === "alert") ? "alert" : "digest";
  // The rules that earn the tier speak first.
  const spoken = met.toSorted((a, b) => Number(b.tier === tier) - Number(a.tier === tier));
  return {
    topicId: topic.id,
    topicVersion: topic.version,
    tier,
    reasons: distinct(spoken.flatMap((one) => one.reasons)).slice(0, maximalReasons),
  };
}

/** Persons and groups that the topic is about, told from their namesakes by the whole article. */
function subjectsNamed(topic: Topic, entities: readonly ArticleEntity[]): MatchReason[] {
  return entities.flatMap(({ id, type, name, mentions }) => {
    const [first] = mentions;
    if (!first || !id || !topic.subjects.includes(id) || !["person", "group"].includes(type))
      return [];
    return [
      {
        rule: `names ${name}`,
        field: "text" as const,
        matched: first.text,
        start: first.start,
        end: first.end,
      },
    ];
  });
}

const ofList = (topic: Topic, name: string, hits: readonly Hit[]): Hit[] => {
  const number = topic.lists.get(name);
  return hits.filter((hit) => hit.list === number);
};

/** Sport, recipes, petrol stations: told at the start, and not outweighed by a serious word in the title. */
function isBarred(topic: Topic, hits: readonly Hit[]): boolean {
  if (!ofList(topic, mustNotList, hits).some((hit) => hit.opening)) return false;
  return !topic.definition["must not unless"].some((name) =>
    ofList(topic, name, hits).some((hit) => hit.field.name === "title"),
  );
}

/** A rule for one language does not judge a text that says it is in another. */
const isInLanguage = ({ languages }: TopicRule, language: string | null | undefined): boolean =>
  !languages || !language || languages.some((one) => language.toLowerCase().startsWith(one));

/** What satisfies the rule; null when nothing does. */
function satisfied(
  topic: Topic,
  rule: TopicRule,
  hits: readonly Hit[],
  { occurrences = [] }: ToMatch,
): Evidence | null {
  const eligible = hits.filter((hit) => isIn(rule, hit));
  const expression = topic.expressions.get(rule);
  if (!expression) {
    const words = listed(topic, rule, eligible);
    return words && { hits: words, told: [] };
  }
  return evaluate(expression, {
    hitsOf: (list) => ofList(topic, list, eligible),
    occurrences,
  });
}

const isIn = (rule: TopicRule, hit: Hit): boolean =>
  rule.in === "opening"
    ? hit.opening
    : rule.in === "anywhere" || rule.in === "paragraph" || hit.field.name === rule.in;

const toldReason = (rule: string, { sentence, start, end }: Occurrence): MatchReason => ({
  rule,
  field: "text",
  matched: sentence,
  start,
  end,
});

/** The words of a rule's lists; null when one of them is not met. */
function listed(topic: Topic, rule: TopicRule, eligible: readonly Hit[]): Hit[] | null {
  if (rule.any) {
    const found = rule.any.flatMap((name) => ofList(topic, name, eligible));
    return found.length > 0 ? found : null;
  }
  const lists = (rule.all ?? []).map((name) =>
    ofList(topic, name, eligible).toSorted((a, b) => a.rank - b.rank),
  );
  if (lists.some((list) => list.length === 0)) return null;
  return together(lists, (a, b) => isTogether(rule, a, b));
}

function isTogether(rule: TopicRule, a: Hit, b: Hit): boolean {
  if (rule.within !== undefined)
    return a.field === b.field && Math.abs(a.from - b.from) <= rule.within;
  if (rule.in !== "paragraph") return true;
  return (
    a.field === b.field &&
    a.field.name === "text" &&
    a.field.words[a.from]?.paragraph === b.field.words[b.from]?.paragraph
  );
}

const tierOf = (rule: TopicRule, { hits, told }: Evidence): TopicTier =>
  told.length > 0 || hits.some((hit) => hit.opening) ? rule.tier : (rule["deep tier"] ?? rule.tier);

const reasons = (rule: string, evidence: readonly Hit[]): MatchReason[] =>
  evidence.map(({ field: one, from, to }) => {
    const start = one.words[from]?.token.start ?? 0;
    const end = one.words[to - 1]?.token.end ?? 0;
    return { rule, field: one.name, matched: one.text.slice(start, end), start, end };
  });

/** The same words under the same rule once, wherever they stand first. */
function distinct(all: readonly MatchReason[]): MatchReason[] {
  const seen = new Set<string>();
  return all.filter(({ rule, matched }) => {
    const key = `${rule}/${matched.toLowerCase()}`;
    return !seen.has(key) && seen.add(key);
  });
}

const fewWords = 12;

function shortlist(found: Candidates, fields: readonly Field[]): string | null {
  const words = fields.reduce((sum, one) => sum + one.words.length, 0);
  for (const topic of found.hinting()) {
    const hits = hitsOf(topic, fields, found);
    const [hint] = ofList(topic, hintList, hits);
    if (!hint || isBarred(topic, hits)) continue;
    const [reason] = reasons("", [hint]);
    const mention = `mentions “${reason?.matched}” (${hint.field.name})`;
    return words < fewWords ? `${mention} and says little more` : mention;
  }
  // Titles alone lose half of what matters: with nothing else to go by, the page decides.
  const titleOnly = fields.every((one) => one.name === "title" || one.words.length === 0);
  if (!titleOnly || words === 0) return null;
  for (const topic of found.barring())
    if (isBarred(topic, hitsOf(topic, fields, found))) return null;
  return "the feed gives only a title";
}
