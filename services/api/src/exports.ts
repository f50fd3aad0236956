import {
  type AsOf,
  csvLine,
  eventTexts,
  limits,
  listArticles,
  listOccurrences,
  type Narrowing,
  type Page,
  type Reader,
  timeline,
} from "@newsledger/readmodels";

export const exported = ["events", "articles", "occurrences", "stories"] as const;
export const formats = ["ndjson", "csv", "json"] as const;
export type Exported = (typeof exported)[number];
export type Format = (typeof formats)[number];

export type ExportQuestion = AsOf &
  Narrowing & {
    type?: string | undefined;
  };

interface Paging {
  limit: number;
  cursor: string | undefined;
}

const evidence = ["source", "url", "publishedAt", "foundAt", "why"];

/** What can be taken away: how a page of it is read, and its columns in a table. */
const sources: Readonly<Record<Exported, Source>> = {
  events: {
    page: eventTexts,
    columns: [
      ...["position", "type", "recordedAt", "title", ...evidence, "topics"],
      ...["itemId", "documentId", "storyId", "feedId", "backfill"],
    ],
  },
  articles: {
    page: async (db, question) => textsOf(await listArticles(db, question)),
    columns: [
      ...["position", "title", "byline", "language", "words", ...evidence, "topics"],
      ...["documentId", "itemId", "storyId", "textHash", "textFrom", "pageProblem", "extractor"],
    ],
  },
  occurrences: {
    page: async (db, question) => textsOf(await listOccurrences(db, question)),
    columns: [
      ...["position", "code", "date", "actors", "targets", "place", "sentence", "title"],
      ...[...evidence, "language", "occurrenceId", "documentId", "itemId", "storyId"],
    ],
  },
  stories: {
    page: async (db, question) => textsOf(await timeline(db, question)),
    columns: [
      ...["storyId", "title", "language", ...evidence, "independent", "copies", "lateFind"],
      ...["backfill", "topics", "occurrences", "reports"],
    ],
  },
};

interface Source {
  page(db: Reader, question: ExportQuestion & Paging): Promise<Texts>;
  columns: readonly string[];
}

/** A page, in texts of some lines: the JSON of each, with a line feed between them. */
interface Texts {
  texts: readonly string[];
  next: string | null;
}

const textsOf = ({ items, next }: Page<object>): Texts => ({
  texts: items.map((item) => JSON.stringify(item)),
  next,
});

/** Stories come with all their reports. */
const pageSize = (what: Exported): number => (what === "stories" ? limits.most : limits.bulk);

/** Everything that answers the question, page by page: one is written while the next is read, and no more are in memory. */
export async function* exportTexts(
  db: Reader,
  what: Exported,
  format: Format,
  question: ExportQuestion,
): AsyncGenerator<string> {
  const { page, columns } = sources[what];
  const { before, between, lines, after } = writers[format](columns);
  const limit = pageSize(what);
  let separator = "";
  if (before !== "") yield before;
  for (
    let coming: Promise<Texts> | null = page(db, { ...question, limit, cursor: undefined });
    coming;
  ) {
    const { texts, next }: Texts = await coming;
    coming = next === null ? null : page(db, { ...question, limit, cursor: next });
    coming?.catch(() => {}); // told when it is awaited; who has left does not care
    for (const text of texts) {
      yield separator + lines(text);
      separator = between;
    }
  }
  if (after !== "") yield after;
}

interface Writer {
  before: string;
  /** Between two texts. */
  between: string;
  lines(text: string): string;
  after: string;
}

const writers: Readonly<Record<Format, (columns: readonly string[]) => Writer>> = {
  ndjson: () => ({ before: "", between: "", lines: (text) => `${text}\n`, after: "" }),
  json: () => ({
    before: "[\n",
    between: ",\n",
    lines: (text) => text.replaceAll("\n", ",\n"), // within JSON a line feed is written \\n
    after: "\n]\n",
  }),
  csv: (columns) => ({
    before: `${csvLine(columns)}\r\n`,
    between: "",
    lines: (text) => {
      let rows = "";
      for (const one of text.split("\n")) {
        const line = JSON.parse(one) as Record<string, unknown>;
        rows += `${csvLine(columns.map((name) => line[name]))}\r\n`;
      }
      return rows;
    },
    after: "",
  }),
};
