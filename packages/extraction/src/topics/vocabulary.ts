import type { Numbering } from "./condition.ts";
import type { Topic } from "./load.ts";
import { isOneLetterOff, longWord } from "./terms.ts";

const rememberedWords = 200_000;
const shortestStem = 3;

/** The words of all terms of many topics, each once and by number, and which of them an item shows. */
export class Vocabulary implements Numbering {
  readonly #steps = new Map<string, number>();
  /** In how many topics each step occurs. */
  readonly #frequency: number[] = [];
  readonly #names: string[] = [];
  readonly #terms = new Map<string, number>();
  /** The steps of each term. */
  readonly #stepsOf: (readonly number[])[] = [];
  /** Long words by their first two letters: what may be misspelt. */
  readonly #long = new Map<string, string[]>();
  readonly #lists = new Map<Topic, Map<number, number[]>>();
  readonly #taken = new Map<string, readonly number[]>();

  constructor(topics: readonly Topic[]) {
    for (const topic of topics) this.#learn(topic);
    for (const step of this.#steps.keys())
      if (step.length >= longWord && !step.endsWith("*")) add(this.#long, step.slice(0, 2), step);
  }

  #learn(topic: Topic): void {
    const lists = new Map<number, number[]>();
    const seen = new Set<number>();
    for (const { list, steps } of topic.terms.phrases()) {
      const term = this.#term(steps);
      add(lists, list, term);
      for (const step of this.#stepsOf[term] ?? []) seen.add(step);
    }
    for (const step of seen) this.#frequency[step] = (this.#frequency[step] ?? 0) + 1;
    this.#lists.set(topic, lists);
  }

  ofList(topic: Topic, list: string): readonly number[] {
    return this.#lists.get(topic)?.get(topic.lists.get(list) ?? -1) ?? [];
  }

  ofSign(sign: string): number {
    return this.#term([sign]);
  }

  #term(steps: readonly string[]): number {
    const name = steps.join(" ");
    const known = this.#terms.get(name);
    if (known !== undefined) return known;
    this.#terms.set(name, this.#stepsOf.length);
    return this.#stepsOf.push([...new Set(steps.map((step) => this.#step(step)))]) - 1;
  }

  #step(name: string): number {
    const known = this.#steps.get(name);
    if (known !== undefined) return known;
    this.#steps.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  /**
   * How often a step is expected in news, to compare: words that many topics share are common, long words are
   * rare, and the beginning of a word stands for several.
   */
  #commonness(step: number): number {
    const name = this.#names[step] ?? "";
    const shared = (1 + (this.#frequency[step] ?? 0)) / name.length;
    return shared * shared * (name.endsWith("*") ? 2 : 1);
  }

  /** The step of a term that is expected the least often, and how often that is. */
  rarest(term: number): { step: number; commonness: number } {
    const [first, ...others] = (this.#stepsOf[term] ?? []).map((step) => ({
      step,
      commonness: this.#commonness(step),
    }));
    if (!first) return { step: -1, commonness: 0 };
    return others.reduce((best, one) => (one.commonness < best.commonness ? one : best), first);
  }

  /** The steps that a set of words and signs takes, and which terms can be there by them. */
  shownBy(keys: ReadonlySet<string>): Shown {
    const steps = new Set<number>();
    for (const key of keys) for (const step of this.#takenBy(key)) steps.add(step);
    const known = new Map<number, boolean>();
    const isShown = (term: number): boolean => {
      let answer = known.get(term);
      if (answer === undefined) {
        answer = this.#stepsOf[term]?.every((step) => steps.has(step)) ?? false;
        known.set(term, answer);
      }
      return answer;
    };
    return { steps, isShown };
  }

  /** The word itself, the stems that it begins with, and the long words that it may misspell. */
  #takenBy(key: string): readonly number[] {
    const known = this.#taken.get(key);
    if (known) return known;
    const names = [key];
    for (let length = shortestStem; length <= key.length; length++)
      names.push(`${key.slice(0, length)}*`);
    if (key.length >= longWord)
      for (const word of this.#long.get(key.slice(0, 2)) ?? [])
        if (isOneLetterOff(word, key)) names.push(word);
    const steps = [...new Set(names.flatMap((name) => this.#steps.get(name) ?? []))];
    if (this.#taken.size >= rememberedWords) this.#taken.clear();
    this.#taken.set(key, steps);
    return steps;
  }
}

/** What an item shows of a vocabulary. */
export interface Shown {
  readonly steps: ReadonlySet<number>;
  /** All words of the term are somewhere in the item. Answered once an item for all topics. */
  isShown(term: number): boolean;
}

export function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
