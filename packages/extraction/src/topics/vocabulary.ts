import { WordMemory } from "../text/word-memory.ts";
import type { Numbering } from "./condition.ts";
import type { Field } from "./field.ts";
import type { Topic } from "./load.ts";
import { isOneLetterOff, longWord } from "./terms.ts";

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
  readonly #taken = new WordMemory((key) => this.#findTaken(key));
  /** The words with which the terms of a topic begin. */
  readonly #firstSteps = new Map<Topic, readonly number[]>();
  // Of the item at hand. What is marked with the number of another item is not shown: nothing need be wiped.
  #item = 0;
  #shown: number[] = [];
  #stepItem = new Float64Array();
  #termItem = new Float64Array();
  #termShown = new Uint8Array();
  readonly #places = new Map<Field, Map<number, number[]>>();

  constructor(topics: readonly Topic[]) {
    for (const topic of topics) this.#learn(topic);
    for (const step of this.#steps.keys())
      if (step.length >= longWord && !step.endsWith("*")) add(this.#long, step.slice(0, 2), step);
  }

  #learn(topic: Topic): void {
    const lists = new Map<number, number[]>();
    const seen = new Set<number>();
    const first = new Set<number>();
    for (const { list, steps } of topic.terms.phrases()) {
      const term = this.#term(steps);
      add(lists, list, term);
      for (const step of this.#stepsOf[term] ?? []) seen.add(step);
      first.add(this.#step(steps[0] ?? ""));
    }
    for (const step of seen) this.#frequency[step] = (this.#frequency[step] ?? 0) + 1;
    this.#lists.set(topic, lists);
    this.#firstSteps.set(topic, [...first]);
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

  /** Begins with another item: what it shows is kept until the next one. */
  show(fields: readonly Field[], signs: readonly string[]): void {
    this.#item++;
    if (this.#stepItem.length < this.#names.length)
      this.#stepItem = new Float64Array(this.#names.length);
    if (this.#termItem.length < this.#stepsOf.length) {
      this.#termItem = new Float64Array(this.#stepsOf.length);
      this.#termShown = new Uint8Array(this.#stepsOf.length);
    }
    this.#shown = [];
    this.#places.clear();
    for (const { words } of fields) for (const { key } of words) this.#show(this.#taken.of(key));
    for (const sign of signs) this.#show(this.#taken.of(sign));
  }

  #show(steps: readonly number[]): void {
    for (const step of steps) {
      if (this.#stepItem[step] === this.#item) continue;
      this.#stepItem[step] = this.#item;
      this.#shown.push(step);
    }
  }

  /** The steps that the item takes, each once. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** All words of the term are somewhere in the item. Found out once an item, for all topics. */
  readonly isShown = (term: number): boolean => {
    if (this.#termItem[term] !== this.#item) {
      this.#termItem[term] = this.#item;
      this.#termShown[term] = this.#areShown(this.#stepsOf[term] ?? []) ? 1 : 0;
    }
    return this.#termShown[term] === 1;
  };

  #areShown(steps: readonly number[]): boolean {
    for (const step of steps) if (this.#stepItem[step] !== this.#item) return false;
    return true;
  }

  /** The words of a field of the item at which a term of the topic can begin, in their order. */
  beginnings(topic: Topic, field: Field): readonly number[] {
    const places = this.#places.get(field) ?? this.#placesIn(field);
    this.#places.set(field, places);
    const found: number[] = [];
    for (const step of this.#firstSteps.get(topic) ?? [])
      if (this.#stepItem[step] === this.#item) found.push(...(places.get(step) ?? []));
    if (found.length < 2) return found;
    return [...new Set(found)].sort((a, b) => a - b);
  }

  #placesIn({ words }: Field): Map<number, number[]> {
    const places = new Map<number, number[]>();
    for (const [at, { key }] of words.entries())
      for (const step of this.#taken.of(key)) add(places, step, at);
    return places;
  }

  /** The word itself, the stems that it begins with, and the long words that it may misspell. */
  #findTaken(key: string): readonly number[] {
    const names = [key];
    for (let length = shortestStem; length <= key.length; length++)
      names.push(`${key.slice(0, length)}*`);
    if (key.length >= longWord)
      for (const word of this.#long.get(key.slice(0, 2)) ?? [])
        if (isOneLetterOff(word, key)) names.push(word);
    return [...new Set(names.flatMap((name) => this.#steps.get(name) ?? []))];
  }
}

export function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
