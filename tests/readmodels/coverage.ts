import {
  articleUnderstood,
  contentId,
  itemMatched,
  itemRevised,
  itemSeen,
  type NewsEvents,
  newsCodec,
  type Occurrence,
  storyJoined,
  storyOpened,
  streams,
  type TopicMatch,
  textHash,
} from "@newsledger/core";
import {
  type EventLog,
  migrations as logMigrations,
  type Migration,
  openEventLog,
  putText,
} from "@newsledger/eventlog";
import { keepReadModels, migrations } from "@newsledger/readmodels";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

/** A ledger whose facts a test tells one by one, with its read models kept up to date. */
export interface Ledger extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly log: EventLog<NewsEvents>;
  tell(told: Told): Promise<{ itemId: string; documentId: string; storyId: string }>;
  /** Only what feed and matcher say: seen, and matched. */
  match(told: Told): Promise<void>;
  caughtUp(): Promise<void>;
}

/** One article as an outlet tells it; what is left out is the common case. */
export interface Told {
  key: string;
  title: string;
  source?: string;
  url?: string | null;
  summary?: string;
  text?: string;
  language?: "en" | "es";
  publishedAt?: string | null;
  topics?: string[];
  occurrences?: Occurrence[];
  names?: { id: string | null; name: string }[];
  /** Key of the article that opened the story this one joins. */
  joins?: string;
  relation?: "copy" | "independent" | "update";
  backfill?: boolean;
}

export const six = {
  id: "citgo-6",
  title: { en: "Citgo 6", es: "Los seis de Citgo" },
  subjects: [
    { id: "tomeu-vadell", name: "Tomeu Vadell" },
    { id: "jose-angel-pereira", name: "José Ángel Pereira" },
    { id: "gustavo-cardenas", name: "Gustavo Cárdenas" },
    { id: "jorge-toledo", name: "Jorge Toledo" },
    { id: "jose-luis-zambrano", name: "José Luis Zambrano" },
    { id: "alirio-jose-zambrano", name: "Alirio José Zambrano" },
  ],
} as const;

const everyone = { id: "citgo-6", name: "Citgo 6" };

export function occurred(
  code: Occurrence["code"],
  date: string | undefined,
  more: Partial<Occurrence> = {},
): Occurrence {
  const told: Occurrence = {
    code,
    actors: [],
    targets: [everyone],
    sentence: `It is told that ${code} happened.`,
    start: 0,
    end: 40,
    ...more,
  };
  return date === undefined ? told : { ...told, date };
}

export async function openLedger(more: readonly Migration[] = []): Promise<Ledger> {
  const database = await createTestDatabase([...logMigrations, ...migrations, ...more]);
  const log = await openEventLog<NewsEvents>({ pool: database.pool, codec: newsCodec });
  const keeper = keepReadModels({ log, db: database.db });
  return {
    database,
    log,
    tell: (told) => tell(database, log, told),
    match: async (told) => void (await match(log, told)),
    async caughtUp() {
      await keeper.caughtUp();
    },
    async [Symbol.asyncDispose]() {
      await keeper[Symbol.asyncDispose]();
      await log[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

const feedId = "feed-one";
export const idsOf = (key: string) => {
  const itemId = contentId("item", feedId, key);
  const documentId = contentId("document", itemId);
  return { itemId, documentId, storyId: contentId("story", documentId) };
};

const common = (told: Told) => ({
  title: told.title,
  source: told.source ?? "Diario Uno",
  url: told.url === undefined ? `https://uno.example/${told.key}` : told.url,
  publishedAt: told.publishedAt === undefined ? "2021-12-10T12:00:00Z" : told.publishedAt,
  backfill: told.backfill ?? false,
});

async function match(log: EventLog<NewsEvents>, told: Told): Promise<TopicMatch[]> {
  const data = itemData(told);
  const { itemId, contentHash } = data;
  await log.append(streams.item(itemId), [itemSeen.create(data)], { key: `item.seen:${itemId}` });
  const matches = (told.topics ?? ["citgo-6"]).map((topicId) => ({
    topicId,
    topicVersion: 1,
    tier: "alert" as const,
    reasons: [{ rule: "strong", field: "title" as const, matched: "Citgo", start: 0, end: 5 }],
  }));
  if (matches.length > 0)
    await log.append(streams.item(itemId), [
      itemMatched.create({ itemId, contentHash, from: "feed", matches }),
    ]);
  return matches;
}

async function tell(database: TestDatabase, log: EventLog<NewsEvents>, told: Told) {
  const { itemId, documentId, storyId: own } = idsOf(told.key);
  const matches = await match(log, told);
  if (matches.length === 0) return { itemId, documentId, storyId: own };
  const text = told.text ?? `${told.title}. ${told.summary ?? ""}`;
  await database.db.transaction().execute((trx) => putText(trx, text));
  const understood = articleUnderstood.create({
    ...common(told),
    documentId,
    itemId,
    feedId,
    byline: null,
    textFrom: "page",
    pageProblem: null,
    textHash: textHash(text),
    words: text.split(" ").length,
    extractor: { name: "rules", version: "1", knowledgeVersion: "1" },
    understanding: {
      language: told.language ?? "en",
      entities: (told.names ?? []).map(({ id, name }) => ({
        id,
        type: "person",
        name,
        mentions: [{ text: name, start: 0, end: name.length }],
      })),
      dates: [],
      quotes: [],
      occurrences: told.occurrences ?? [],
    },
    topics: matches,
  });
  await log.append(streams.document(documentId), [understood]);
  const storyId = told.joins === undefined ? own : idsOf(told.joins).storyId;
  const member = {
    ...common(told),
    storyId,
    documentId,
    itemId,
    topics: matches.map(({ topicId, tier }) => ({ topicId, tier })),
  };
  const story =
    told.joins === undefined
      ? storyOpened.create(member)
      : storyJoined.create({
          ...member,
          relation: told.relation ?? "independent",
          nearest: { documentId: idsOf(told.joins).documentId, method: "word pairs", score: 0.5 },
        });
  await log.append(streams.story(storyId), [story]);
  return { itemId, documentId, storyId };
}

/** What a feed carries of it. */
function itemData(told: Told) {
  const { itemId } = idsOf(told.key);
  return {
    ...common(told),
    itemId,
    feedId,
    link: common(told).url,
    summary: told.summary ?? "",
    author: null,
    language: told.language ?? "en",
    contentHash: textHash(`${told.title}${told.summary ?? ""}`),
    textHash: null,
  };
}

export async function revise(ledger: Ledger, told: Told, previousTitle: string): Promise<void> {
  const data = itemData(told);
  await ledger.log.append(streams.item(data.itemId), [
    itemRevised.create({ ...data, previousHash: textHash(previousTitle), changed: ["title"] }),
  ]);
}

/** The six from arrest to liberty, in own words, in both languages, with a copy and an independent report. */
export async function tellTheCase(ledger: Ledger): Promise<void> {
  const helicoide = { id: "el-helicoide", name: "El Helicoide" };
  await ledger.tell({
    key: "arrest",
    title: "Six Citgo executives held in Caracas after a meeting",
    text: "Masked agents held six oil executives in Caracas. They had been called to a meeting.",
    publishedAt: "2017-11-22T10:00:00Z",
    occurrences: [occurred("arrest", "2017-11-21")],
    names: [{ id: "tomeu-vadell", name: "Tomeu Vadell" }],
  });
  await ledger.tell({
    key: "arresto",
    title: "Seis directivos de Citgo fueron detenidos en Caracas",
    text: "Las detenciones ocurrieron en la capital. Las familias piden su liberación inmediata.",
    source: "El Eco",
    language: "es",
    publishedAt: "2017-11-22T15:00:00Z",
    occurrences: [occurred("arrest", "2017-11-21")],
    joins: "arrest",
    relation: "independent",
  });
  await ledger.tell({
    key: "arrest-copy",
    title: "Six Citgo bosses held in Caracas after meeting",
    source: "Mirror Daily",
    publishedAt: "2017-11-23T10:00:00Z",
    occurrences: [occurred("arrest", "2017-11-21")],
    joins: "arrest",
    relation: "copy",
  });
  await ledger.tell({
    key: "home",
    title: "Arresto domiciliario para los seis de Citgo",
    text: "Pasaron a arresto domiciliario con grilletes electrónicos.",
    source: "El Eco",
    language: "es",
    publishedAt: "2021-05-01T10:00:00Z",
    occurrences: [occurred("house-arrest", "2021-04-30")],
  });
  await ledger.tell({
    key: "back",
    title: "Citgo 6 taken back to prison",
    text: "The six were taken from their homes to El Helicoide, hours after an extradition.",
    publishedAt: "2021-10-17T10:00:00Z",
    occurrences: [occurred("reimprison", "2021-10-16", { place: helicoide })],
  });
  await ledger.tell({
    key: "visit",
    title: "Envoy visits the Citgo 6 at El Helicoide",
    text: "The envoy for hostage affairs saw the six for ninety minutes at El Helicoide.",
    publishedAt: "2021-12-10T12:00:00Z",
    occurrences: [occurred("meet", "2021-12-07", { place: helicoide })],
  });
  await ledger.tell({
    key: "first-out",
    title: "Gustavo Cárdenas is free after four years",
    publishedAt: "2022-03-09T05:00:00Z",
    occurrences: [
      occurred("release", "2022-03-08", {
        targets: [{ id: "gustavo-cardenas", name: "Gustavo Cárdenas" }],
      }),
    ],
  });
  await ledger.tell({
    key: "swap",
    title: "Venezuela frees seven Americans in an exchange",
    publishedAt: "2022-10-01T20:00:00Z",
    topics: ["citgo-6", "us-venezuela"],
    occurrences: [occurred("prisoner-swap", "2022-10-01")],
  });
  await ledger.caughtUp();
}
