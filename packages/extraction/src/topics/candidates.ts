import type { Field } from "./field.ts";
import type { Topic } from "./load.ts";
import type { ToMatch } from "./match.ts";
import { isOneLetterOff, longWord } from "./terms.ts";

const remembered = new WeakMap<readonly Topic[], Candidates>();
const rememberedWords = 200_000;

/** From this many topics on it is cheaper to ask first which of them an item can concern at all. */
const fewTopics = 8;

/** The topics that an item may concern: one of its words begins a term of theirs, or it tells of what they ask for. */
export function candidates(
  topics: readonly Topic[],
  fields: readonly Field[],
  item: ToMatch,
): readonly Topic[] {
  if (topics.length <= fewTopics) return topics;
  const known = remembered.get(topics) ?? new Candidates(topics);
  remembered.set(topics, known);
  return known.of(fields, item);
}

/** Many topics under the first words of their terms: a thousand are asked in the time of a few. */
class Candidates {
  readonly #topics: readonly Topic[];
  readonly #bySteps = new Map<string, number[]>();
  readonly #bySubject = new Map<string, number[]>();
  /** They ask what an article tells, which no word need say. */
  readonly #telling: readonly number[];
  /** Long first words by their first two letters: what may be misspelt. */
  readonly #long = new Map<string, string[]>();
  readonly #words = new Map<string, readonly number[]>();

  constructor(topics: readonly Topic[]) {
    this.#topics = topics;
    for (const [number, topic] of topics.entries()) {
      for (const step of topic.terms.firstSteps()) add(this.#bySteps, step, number);
      for (const subject of topic.subjects) add(this.#bySubject, subject, number);
    }
    for (const step of this.#bySteps.keys())
      if (step.length >= longWord && !step.endsWith("*")) add(this.#long, step.slice(0, 2), step);
    this.#telling = [...topics.entries()].flatMap(([number, { expressions }]) =>
      expressions.size > 0 ? [number] : [],
    );
  }

  of(fields: readonly Field[], { entities = [], occurrences = [] }: ToMatch): Topic[] {
    const found = new Set<number>();
    for (const { words } of fields)
      for (const { key } of words) for (const number of this.#begunBy(key)) found.add(number);
    for (const { id } of entities)
      for (const number of this.#bySubject.get(id ?? "") ?? []) found.add(number);
    if (occurrences.length > 0) for (const number of this.#telling) found.add(number);
    // In the order of the topics, as if all had been asked.
    return [...found].toSorted((a, b) => a - b).flatMap((number) => this.#topics[number] ?? []);
  }

  #begunBy(key: string): readonly number[] {
    const known = this.#words.get(key);
    if (known) return known;
    const steps = [key];
    for (let length = 3; length <= key.length; length++) steps.push(`${key.slice(0, length)}*`);
    if (key.length >= longWord)
      for (const word of this.#long.get(key.slice(0, 2)) ?? [])
        if (isOneLetterOff(word, key)) steps.push(word);
    const numbers = [...new Set(steps.flatMap((step) => this.#bySteps.get(step) ?? []))];
    if (this.#words.size >= rememberedWords) this.#words.clear();
    this.#words.set(key, numbers);
    return numbers;
  }
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
