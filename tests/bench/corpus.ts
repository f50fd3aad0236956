import {
  articleUnderstood,
  contentId,
  deliverySucceeded,
  feedAdded,
  itemMatched,
  itemRevised,
  itemSeen,
  itemShortlisted,
  type OccurrenceCode,
  storyJoined,
  storyOpened,
  streams,
  textHash,
} from "@newsledger/core";
import type { StreamedEvent } from "@newsledger/eventlog";

/** A ledger as years of following the press leave it: own-worded texts in two languages, the same every time. */

/** What is seen by the feeds is mostly about other things: one item in six is matched, read, and put into a story. */
const readOneOf = 6;

/** A generator of numbers in [0, 1), the same every time (mulberry32). */
function randomness(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomness(6);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const spokenOf = {
  en: "court prison release judge family lawyer company oil caracas venezuela sanctions talks envoy house arrest trial appeal minister hearing executives refinery officials statement hostage exchange freed guards hospital letter embassy".split(
    " ",
  ),
  es: "tribunal prisión liberación juez familia abogado empresa petróleo caracas venezuela sanciones diálogo enviado casa arresto juicio apelación ministro audiencia ejecutivos refinería funcionarios declaración rehén canje liberados guardias hospital carta embajada".split(
    " ",
  ),
} as const;
const rest = Array.from({ length: 20_000 }, (_, nth) => `voz${nth.toString(36)}`);
const surnames = Array.from({ length: 4_000 }, (_, nth) => `Apellido${nth.toString(36)}`);

type Language = "en" | "es";

/** Few words are frequent and most are rare, as in any language. */
const word = (language: Language): string =>
  random() < 0.4
    ? pick(spokenOf[language])
    : (rest[Math.floor(random() ** 3 * rest.length)] as string);
const words = (language: Language, count: number): string =>
  Array.from({ length: count }, () => word(language)).join(" ");

export const persons = [
  ...["tomeu-vadell", "jorge-toledo", "gustavo-cardenas", "nicolas-maduro", "joe-biden"],
];
const codes: OccurrenceCode[] = [
  ...(["arrest", "reimprison", "house-arrest", "release", "meet", "statement"] as const),
];
const outlets = Array.from({ length: 80 }, (_, nth) => `Outlet ${nth}`);
const start = Date.UTC(2017, 10, 21);
const span = 8.8 * 365 * 86_400_000;

export interface Told {
  text: string | null;
  events: StreamedEvent[];
}

interface Item {
  nth: number;
  language: Language;
  about: boolean;
  title: string;
  summary: string;
  text: string;
  common: { title: string; source: string; url: string; publishedAt: string; backfill: boolean };
  itemId: string;
  documentId: string;
}

/** The items of the press, one after the other; about ten events for each article. */
export function* press(articles: number): Generator<Told> {
  for (let nth = 0; nth < outlets.length; nth += 1) {
    const feed = { feedId: `feed-${nth}`, url: `https://outlet-${nth}.example/rss` };
    const added = feedAdded.create({ ...feed, title: outlets[nth] ?? "", language: null });
    yield { text: null, events: [{ stream: streams.feed(feed.feedId), ...added }] };
  }
  let story = "";
  for (let nth = 0; nth < articles * readOneOf; nth += 1) {
    const item = itemOf(nth);
    const read = nth % readOneOf === 0;
    const joins = random() < 0.2 && story !== "";
    if (read && !joins) story = contentId("story", item.documentId);
    const events = [...seen(item), ...(read ? understood(item, story, joins) : [])];
    yield { text: read ? item.text : null, events };
  }
}

function itemOf(nth: number): Item {
  const language: Language = random() < 0.5 ? "en" : "es";
  const about = nth % readOneOf === 0 && random() < 0.02;
  const title = `${about ? "Citgo six " : ""}${words(language, 8)}`;
  const text = `${title}. ${words(language, 60 + Math.floor(random() * 200))}`;
  return {
    nth,
    language,
    about,
    title,
    summary: text.slice(0, 200),
    text,
    common: {
      title,
      source: pick(outlets),
      url: `https://press.example/${nth}`,
      publishedAt: new Date(start + random() * span).toISOString(),
      backfill: false,
    },
    itemId: contentId("item", String(nth)),
    documentId: contentId("document", String(nth)),
  };
}

function seen({ nth, language, common, itemId, summary, title }: Item): StreamedEvent[] {
  const stream = streams.item(itemId);
  const item = {
    ...{ itemId, feedId: `feed-${nth % outlets.length}`, textHash: null, link: common.url },
    ...{ summary, author: null, language, contentHash: textHash(title) },
  };
  const events: StreamedEvent[] = [{ stream, ...itemSeen.create({ ...common, ...item }) }];
  if (nth % 20 === 1)
    events.push({
      stream,
      ...itemRevised.create({
        ...{ ...common, ...item, title: `${title} (updated)` },
        ...{ contentHash: textHash(`${title}+`), previousHash: item.contentHash },
        changed: ["title"],
      }),
    });
  if (nth % 30 === 2)
    events.push({
      stream,
      ...itemShortlisted.create({
        ...{ itemId, contentHash: item.contentHash, reason: "It names Caracas." },
      }),
    });
  return events;
}

function understood(item: Item, storyId: string, joins: boolean): StreamedEvent[] {
  const { nth, about, title, text, common, itemId, documentId } = item;
  const topicId = about ? "citgo-6" : "us-venezuela";
  const reason = { rule: "strong", field: "title" as const, matched: title.slice(0, 5) };
  const reasons = [{ ...reason, start: 0, end: 5 }];
  const topics = [{ topicId, topicVersion: 1, tier: "alert" as const, reasons }];
  const contentHash = textHash(title);
  const member = {
    ...{ ...common, storyId, documentId, itemId },
    topics: [{ topicId, tier: "alert" as const }],
  };
  const nearest = { documentId: contentId("document", String(nth - readOneOf)), score: 0.4 };
  const relation = random() < 0.5 ? ("copy" as const) : ("independent" as const);
  const told = joins
    ? storyJoined.create({ ...member, relation, nearest: { ...nearest, method: "word pairs" } })
    : storyOpened.create(member);
  const delivery = { deliveryId: contentId("delivery", documentId), channel: "webhook" as const };
  const matched = itemMatched.create({ itemId, contentHash, from: "feed", matches: topics });
  return [
    { stream: streams.item(itemId), ...matched },
    {
      stream: streams.document(documentId),
      ...articleUnderstood.create({
        ...{ ...common, documentId, itemId, feedId: `feed-${nth % outlets.length}`, byline: null },
        ...{ textFrom: "page", pageProblem: null, textHash: textHash(text), words: 160 },
        extractor: { name: "bench", version: "1", knowledgeVersion: "1" },
        understanding: understandingOf(item),
        topics,
      }),
    },
    { stream: streams.story(storyId), ...told },
    ...(nth % 18 === 0
      ? [
          {
            stream: `delivery-${delivery.deliveryId}`,
            ...deliverySucceeded.create({ ...delivery, target: "w", cause: "a", attempts: 1 }),
          },
        ]
      : []),
  ];
}

function understandingOf({ language, about, text, common }: Item) {
  const target = about ? { id: pick(persons), name: "A person" } : { id: null, name: "Somebody" };
  const known = persons.slice(0, 1 + Math.floor(random() * 3)).map((id) => ({ id, name: id }));
  const unknown = Array.from({ length: 2 }, () => ({
    id: null,
    name: `${pick(["Ana", "Luis", "José", "María"])} ${pick(surnames)}`,
  }));
  return {
    language,
    entities: [...known, ...unknown].map(({ id, name }) => ({
      id,
      type: "person" as const,
      name,
      mentions: [{ text: name, start: 0, end: 5 }],
    })),
    dates: [],
    quotes: [],
    occurrences: [
      {
        code: pick(codes),
        actors: [],
        targets: [target],
        date: common.publishedAt.slice(0, 10),
        sentence: text.slice(0, 90),
        start: 0,
        end: 90,
      },
    ],
  };
}
