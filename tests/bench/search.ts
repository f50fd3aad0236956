import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import {
  articleUnderstood,
  contentId,
  itemMatched,
  itemSeen,
  type NewsEvents,
  type OccurrenceCode,
  storyJoined,
  storyOpened,
  textHash,
} from "@newsledger/core";
import {
  migrations as logMigrations,
  migrate,
  putText,
  type RecordedEvent,
} from "@newsledger/eventlog";
import {
  caseStatus,
  listArticles,
  listEvents,
  listOccurrences,
  migrations,
  projections,
  type Reader,
  search,
  tail,
  timeline,
} from "@newsledger/readmodels";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { atMost, type Row, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    articles: { type: "string", default: "100000" },
    runs: { type: "string", default: "20" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/search.ts [options]: how fast a large ledger answers

  --articles 100000  articles with own-worded texts of 60 to 260 words, in two languages
  --runs 20          how often each question is asked

It starts a Postgres of its own, fills the read models as the log does, and takes some minutes.`;

type Event = RecordedEvent<NewsEvents>;
type Draft = { type: string; schemaVersion: number; data: unknown };

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

/** Few words are frequent and most are rare, as in any language. */
const word = (language: "en" | "es"): string =>
  random() < 0.4
    ? pick(spokenOf[language])
    : (rest[Math.floor(random() ** 3 * rest.length)] as string);
const words = (language: "en" | "es", count: number): string =>
  Array.from({ length: count }, () => word(language)).join(" ");

const persons = ["tomeu-vadell", "jorge-toledo", "gustavo-cardenas", "nicolas-maduro", "joe-biden"];
const codes: OccurrenceCode[] = [
  "arrest",
  "reimprison",
  "house-arrest",
  "release",
  "meet",
  "statement",
];
const outlets = Array.from({ length: 80 }, (_, nth) => `Outlet ${nth}`);
const start = Date.UTC(2017, 10, 21);
const span = 9 * 365 * 86_400_000;

interface Told {
  text: string;
  drafts: Draft[];
}

/** One article as four events; one in fifty concerns the case, one in five joins the story before it. */
function tell(nth: number, previous: string): Told & { storyId: string } {
  const language: "en" | "es" = random() < 0.5 ? "en" : "es";
  const about = random() < 0.02;
  const title = `${about ? "Citgo six " : ""}${words(language, 8)}`;
  const text = `${title}. ${words(language, 60 + Math.floor(random() * 200))}`;
  const [itemId, documentId] = [contentId("item", String(nth)), contentId("document", String(nth))];
  const joins = random() < 0.2 && previous !== "";
  const storyId = joins ? previous : contentId("story", documentId);
  const publishedAt = new Date(start + random() * span).toISOString();
  const common = {
    title,
    source: pick(outlets),
    url: `https://press.example/${nth}`,
    publishedAt,
    backfill: false,
  };
  const topics = [
    {
      topicId: about ? "citgo-6" : "us-venezuela",
      topicVersion: 1,
      tier: "alert" as const,
      reasons: [
        { rule: "strong", field: "title" as const, matched: title.slice(0, 5), start: 0, end: 5 },
      ],
    },
  ];
  const hash = textHash(text);
  const item = {
    itemId,
    feedId: "feed",
    contentHash: hash,
    textHash: null,
    link: common.url,
    summary: text.slice(0, 200),
    author: null,
    language,
  };
  const target = about ? { id: pick(persons), name: "A person" } : { id: null, name: "Somebody" };
  const understanding = {
    language,
    entities: persons.slice(0, 1 + Math.floor(random() * 3)).map((id) => ({
      id,
      type: "person" as const,
      name: id,
      mentions: [{ text: id, start: 0, end: 5 }],
    })),
    dates: [],
    quotes: [],
    occurrences: [
      {
        code: pick(codes),
        actors: [],
        targets: [target],
        date: publishedAt.slice(0, 10),
        sentence: text.slice(0, 90),
        start: 0,
        end: 90,
      },
    ],
  };
  const extractor = { name: "bench", version: "1", knowledgeVersion: "1" };
  const article = {
    ...common,
    documentId,
    itemId,
    feedId: "feed",
    byline: null,
    textFrom: "page" as const,
    pageProblem: null,
    textHash: hash,
    words: 160,
    extractor,
    understanding,
    topics,
  };
  const member = {
    ...common,
    storyId,
    documentId,
    itemId,
    topics: [{ topicId: topics[0]?.topicId ?? "", tier: "alert" as const }],
  };
  const nearest = {
    documentId: contentId("document", String(nth - 1)),
    method: "word pairs",
    score: 0.4,
  };
  return {
    text,
    storyId,
    drafts: [
      itemSeen.create({ ...common, ...item }),
      itemMatched.create({ itemId, contentHash: hash, from: "feed", matches: topics }),
      articleUnderstood.create(article),
      joins
        ? storyJoined.create({
            ...member,
            relation: random() < 0.5 ? "copy" : "independent",
            nearest,
          })
        : storyOpened.create(member),
    ],
  };
}

async function fill(db: Reader, articles: number): Promise<number> {
  let position = 0n;
  let previous = "";
  const began = performance.now();
  for (let nth = 0; nth < articles; ) {
    const told: (Told & { storyId: string })[] = [];
    for (; told.length < 200 && nth < articles; nth += 1) {
      const one = tell(nth, previous);
      previous = one.storyId;
      told.push(one);
    }
    const events = told
      .flatMap(({ drafts }) => drafts)
      .map((draft): Event => {
        position += 1n;
        const recordedAt = new Date(start + span + Number(position) * 1_000);
        const envelope = {
          position,
          recordedAt,
          stream: "bench",
          version: 1,
          id: "",
          correlationId: null,
          causationId: null,
          occurredAt: null,
        };
        return { ...envelope, ...draft } as Event;
      });
    await db.transaction().execute(async (trx) => {
      for (const { text } of told) await putText(trx, text);
      for (const projection of projections) await projection.apply(events, trx);
    });
    if (nth % 10_000 === 0)
      console.log(`${nth} articles, ${Math.round((performance.now() - began) / 1_000)} s`);
  }
  await sql`vacuum analyze`.execute(db);
  return Number(position) / ((performance.now() - began) / 1_000);
}

const six = {
  id: "citgo-6",
  title: { en: "Citgo 6", es: "Los seis de Citgo" },
  subjects: persons.slice(0, 3).map((id) => ({ id, name: id })),
};

/** Questions as people ask them: rare and common words, phrases, alternatives, exclusions, filters, the past. */
const questions = (db: Reader): Record<string, (() => Promise<unknown>)[]> => ({
  search: [
    ...[
      "citgo",
      "venezuela",
      "liberación",
      "liberacion",
      "voz7ps",
      '"house arrest"',
      "prison OR prisión",
      "citgo -venezuela",
      "court judge family",
      "arresto domiciliario citgo",
    ].map((q) => () => search(db, { q })),
    () => search(db, { q: "venezuela", topic: "citgo-6" }),
    () => search(db, { q: "juez", language: "es", from: "2020-01-01", to: "2020-12-31" }),
    () => search(db, { q: "talks", asOf: "2021-12-31" }),
    () => search(db, { q: "canje", knownAt: 200_000n }),
  ],
  timeline: [
    () => timeline(db, { topic: "citgo-6", limit: 20 }),
    () => timeline(db, { topic: "citgo-6", limit: 20, asOf: "2021-12-31" }),
    () => timeline(db, { topic: "citgo-6", entity: "tomeu-vadell", occurrence: "release" }),
  ],
  "status as of a day": ["2018-06-30", "2021-12-31", "2025-01-01"].map(
    (asOf) => () => caseStatus(db, { topic: six, asOf, today: new Date() }),
  ),
  "events, articles, occurrences": [
    () => listEvents(db, { limit: 50 }),
    () => listEvents(db, { topic: "citgo-6", limit: 50 }),
    () => listArticles(db, { topic: "citgo-6", language: "es" }),
    () => listOccurrences(db, { entity: "tomeu-vadell", occurrence: "release" }),
  ],
});

async function percentile95(
  asked: readonly (() => Promise<unknown>)[],
  runs: number,
): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < runs; run += 1)
    for (const ask of asked) {
      const began = performance.now();
      await ask();
      if (run > 0) took.push(performance.now() - began); // the first reads from disk
    }
  took.sort((a, b) => a - b);
  return took[Math.floor(took.length * 0.95)] ?? 0;
}

/** Reads everything, as an export or a follower that begins at the first event does. */
async function readAll(db: Reader): Promise<{ perSecond: number; megabytes: number }> {
  const began = performance.now();
  const before = process.memoryUsage.rss();
  let [after, events, most] = [0n, 0, before];
  for (;;) {
    const { items, through } = await tail(db, { after, limit: 200 });
    if (through === after) break;
    after = through;
    events += items.length;
    most = Math.max(most, process.memoryUsage.rss());
  }
  return {
    perSecond: events / ((performance.now() - began) / 1_000),
    megabytes: (most - before) / 1_048_576,
  };
}

async function bench(): Promise<void> {
  await using server = await startServer();
  const pool = new pg.Pool({ connectionString: await server.database("search"), max: 10 });
  try {
    await migrate(pool, [...logMigrations, ...migrations]);
    // biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool }) });
    const filled = await fill(db, Number(values.articles));
    const targets: Record<string, number> = { "status as of a day": 100 };
    const rows: Row[] = [];
    for (const [name, asked] of Object.entries(questions(db)))
      rows.push(
        atMost(
          `${name}, p95`,
          await percentile95(asked, Number(values.runs)),
          targets[name] ?? 50,
          " ms",
        ),
      );
    const all = await readAll(db);
    rows.push(atMost("memory that grows while reading all events", all.megabytes, 100, " MB"));
    console.log(`\n${table(rows)}\n`);
    console.log(
      `${values.articles} articles; read models filled at ${Math.round(filled)} events/s, read at ${Math.round(all.perSecond)} events/s`,
    );
    console.log(
      `Node ${process.version}, ${cpus().length} processors, load ${loadavg()
        .map((load) => load.toFixed(1))
        .join(" ")}`,
    );
  } finally {
    await pool.end();
  }
}

if (values.help) console.log(usage);
else await bench();
