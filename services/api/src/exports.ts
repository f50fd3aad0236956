import {
  type AsOf,
  csvLine,
  limits,
  listArticles,
  listEvents,
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
    happenedFrom?: string | undefined;
    happenedTo?: string | undefined;
  };

interface Paging {
  limit: number;
  cursor: string | undefined;
}

const evidence = ["source", "url", "publishedAt", "foundAt", "why"];

/** What can be taken away: how a page of it is read, and its columns in a table. */
const sources: Readonly<Record<Exported, Source>> = {
  events: {
    page: (db, question, paging) =>
      listEvents(db, { ...question, ...paging, direction: "forward" }),
    columns: [
      ...["position", "type", "recordedAt", "title", ...evidence, "topics"],
      ...["itemId", "documentId", "storyId", "feedId", "backfill"],
    ],
  },
  articles: {
    page: (db, question, paging) => listArticles(db, { ...question, ...paging }),
    columns: [
      ...["position", "title", "byline", "language", "words", ...evidence, "topics"],
      ...["documentId", "itemId", "storyId", "textHash", "textFrom", "pageProblem", "extractor"],
    ],
  },
  occurrences: {
    page: (db, question, paging) => listOccurrences(db, { ...question, ...paging }),
    columns: [
      ...["position", "code", "date", "actors", "targets", "place", "sentence", "title"],
      ...[...evidence, "language", "occurrenceId", "documentId", "itemId", "storyId"],
    ],
  },
  stories: {
    page: (db, question, paging) => timeline(db, { ...question, ...paging }),
    columns: [
      ...["storyId", "title", "language", ...evidence, "independent", "copies", "lateFind"],
      ...["backfill", "topics", "occurrences", "reports"],
    ],
  },
};

interface Source {
  page(db: Reader, question: ExportQuestion, paging: Paging): Promise<Page<object>>;
  columns: readonly string[];
}

/** Stories come with all their reports. */
const pageSize = (what: Exported): number => (what === "stories" ? limits.most : limits.bulk);

/** Everything that answers the question, page by page: one page is in memory at a time. */
export async function* exportTexts(
  db: Reader,
  what: Exported,
  format: Format,
  question: ExportQuestion,
): AsyncGenerator<string> {
  const { page, columns } = sources[what];
  let cursor: string | undefined;
  let first = true;
  if (format === "csv") yield `${csvLine(columns)}\r\n`;
  if (format === "json") yield "[";
  do {
    const { items, next } = await page(db, question, { limit: pageSize(what), cursor });
    const text = items.map((row) => {
      if (format === "csv") return `${csvLine(columns.map((name) => field(row, name)))}\r\n`;
      if (format === "ndjson") return `${JSON.stringify(row)}\n`;
      const separator = first ? "\n" : ",\n";
      first = false;
      return separator + JSON.stringify(row);
    });
    if (text.length > 0) yield text.join("");
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  if (format === "json") yield "\n]\n";
}

const field = (row: object, name: string): unknown => (row as Record<string, unknown>)[name];
