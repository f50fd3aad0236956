import {
  barringCondition,
  type Condition,
  hintingCondition,
  isPossible,
  matchingCondition,
  type Numbering,
  required,
  subjectSign,
  toldSign,
} from "./condition.ts";
import type { Field } from "./field.ts";
import type { Topic } from "./load.ts";
import type { ToMatch } from "./match.ts";
import { add, Vocabulary } from "./vocabulary.ts";

/** The topics that an item may concern, in their own order; each kind is found when it is asked for. */
export interface Candidates {
  /** Their rules can be met, or a subject of theirs is named. */
  matching(): Iterable<Topic>;
  /** One of their hints can be there. */
  hinting(): Iterable<Topic>;
  /** Something that they must not contain can be there. */
  barring(): Iterable<Topic>;
  /** The words of a field at which a term of a topic can begin; null when all of them are to be tried. */
  beginnings(topic: Topic, field: Field): readonly number[] | null;
}

const remembered = new WeakMap<readonly Topic[], Index>();

/** From this many topics on it is cheaper to ask first which of them an item can concern at all. */
const fewTopics = 8;

/** Which topics to ask about an item: never one too few, seldom one too many. */
export function candidates(
  topics: readonly Topic[],
  fields: readonly Field[],
  item: ToMatch,
): Candidates {
  if (topics.length <= fewTopics)
    return {
      matching: () => topics,
      hinting: () => topics,
      barring: () => topics,
      beginnings: () => null,
    };
  const index = remembered.get(topics) ?? new Index(topics);
  remembered.set(topics, index);
  return index.of(fields, item);
}

/** Many topics under the rarest words that they cannot do without: a thousand are asked in the time of a few. */
class Index {
  readonly #vocabulary: Vocabulary;
  readonly #matching: Selection;
  readonly #hinting: Selection;
  readonly #barring: Selection;

  constructor(topics: readonly Topic[]) {
    this.#vocabulary = new Vocabulary(topics);
    this.#matching = new Selection(topics, this.#vocabulary, matchingCondition);
    this.#hinting = new Selection(topics, this.#vocabulary, hintingCondition);
    this.#barring = new Selection(topics, this.#vocabulary, barringCondition);
  }

  of(fields: readonly Field[], { entities = [], occurrences = [] }: ToMatch): Candidates {
    const vocabulary = this.#vocabulary;
    vocabulary.show(fields, [
      ...entities.flatMap(({ id }) => (id ? [subjectSign(id)] : [])),
      ...occurrences.map(({ code }) => toldSign(code)),
    ]);
    return {
      matching: () => this.#matching.of(vocabulary),
      hinting: () => this.#hinting.of(vocabulary),
      barring: () => this.#barring.of(vocabulary),
      beginnings: (topic, field) => vocabulary.beginnings(topic, field),
    };
  }
}

/** The topics under one condition of each. */
class Selection {
  readonly #topics: readonly Topic[];
  readonly #conditions: readonly Condition[];
  /** By the rarest step of each term that is required: in ascending order. */
  readonly #byStep = new Map<number, number[]>();
  readonly #always: number[] = [];

  constructor(
    topics: readonly Topic[],
    vocabulary: Vocabulary,
    conditionOf: (topic: Topic, numbering: Numbering) => Condition,
  ) {
    this.#topics = topics;
    this.#conditions = topics.map((topic) => conditionOf(topic, vocabulary));
    for (const [number, condition] of this.#conditions.entries()) {
      const needed = required(condition, (term) => vocabulary.rarest(term).commonness);
      if (!needed) this.#always.push(number);
      const steps = needed?.terms.map((term) => vocabulary.rarest(term).step) ?? [];
      for (const step of new Set(steps)) add(this.#byStep, step, number);
    }
  }

  *of({ shown, isShown }: Vocabulary): Iterable<Topic> {
    const marked = new Uint8Array(this.#topics.length);
    for (const number of this.#always) marked[number] = 1;
    for (const step of shown) for (const number of this.#byStep.get(step) ?? []) marked[number] = 1;
    for (let number = marked.indexOf(1); number >= 0; number = marked.indexOf(1, number + 1)) {
      const condition = this.#conditions[number];
      const topic = this.#topics[number];
      if (condition && topic && isPossible(condition, isShown)) yield topic;
    }
  }
}
