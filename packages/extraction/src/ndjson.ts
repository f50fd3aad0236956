import type { Occurrence, Understanding } from "@newsledger/core";
import { z } from "zod";
import { type Knowledge, loadKnowledge } from "./knowledge/load.ts";
import { loadTopics, type Topic } from "./topics/load.ts";
import { matchTopics } from "./topics/match.ts";
import { articleText, understand } from "./understand.ts";

const input = z.object({
  id: z.union([z.string(), z.number()]),
  lang: z.string().nullish(),
  url: z.string().nullish(),
  source: z.string().nullish(),
  title: z.string().nullish(),
  publishedAt: z.string().nullish(),
  text: z.string().nullish(),
});

export interface NdjsonResources {
  readonly knowledge: Knowledge;
  readonly topics: readonly Topic[];
}

let defaults: NdjsonResources | undefined;

/** One article a line in, one result a line out, with the same id; never throws: what cannot be read comes back as `{"id","error"}`. */
export function extractNdjsonLine(line: string, resources?: NdjsonResources): string {
  let id: string | number | null = null;
  try {
    const article = input.parse(JSON.parse(line));
    id = article.id;
    defaults ??= { knowledge: loadKnowledge(), topics: loadTopics() };
    return JSON.stringify(extracted(article, resources ?? defaults));
  } catch (error) {
    return JSON.stringify({ id: id ?? idOf(line), error: problem(error) });
  }
}

const problem = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues
        .map((issue) => `${issue.path.join(".") || "the line"}: ${issue.message}`)
        .join("; ")
    : error instanceof SyntaxError
      ? "the line is not JSON"
      : String(error);

/** The id of a line that is JSON but no article. */
function idOf(line: string): string | number | null {
  try {
    const { id } = z.object({ id: z.union([z.string(), z.number()]) }).parse(JSON.parse(line));
    return id;
  } catch {
    return null; // not even an id
  }
}

function extracted(article: z.output<typeof input>, { knowledge, topics }: NdjsonResources) {
  const title = article.title ?? "";
  const text = articleText(title, article.text ?? "");
  const understood = understand(
    {
      title,
      text,
      language: article.lang ?? null,
      publishedAt: article.publishedAt ?? null,
      url: article.url ?? null,
      source: article.source ?? "",
    },
    knowledge,
  );
  const { matches } = matchTopics(topics, {
    title,
    summary: "",
    text,
    entities: understood.entities,
    occurrences: understood.occurrences,
  });
  const named = (type: string) => namedOf(understood, knowledge, type);
  return {
    id: article.id,
    topics: matches.map((match) => match.topicId),
    persons: named("person"),
    orgs: named("organisation"),
    places: named("place"),
    dates: distinctDates(understood),
    quotes: understood.quotes,
    amounts: understood.amounts,
    events: understood.occurrences.map((one) => event(one, knowledge)),
  };
}

function namedOf(understood: Understanding, knowledge: Knowledge, type: string) {
  return understood.entities
    .filter((entity) => entity.type === type)
    .map(({ id, name, wikidata, mentions }) => {
      const corrupted = new Set(
        (knowledge.entities.get(id ?? "")?.aliases ?? [])
          .filter((alias) => alias.corrupted)
          .map((alias) => alias.text),
      );
      const aliases = [...new Set(mentions.map((mention) => mention.text))];
      return {
        name,
        aliases: aliases.filter((text) => text !== name && !corrupted.has(text)),
        ...(wikidata ? { wikidata } : {}),
        ...(id ? { entity: id } : {}),
      };
    });
}

const distinctDates = ({ dates }: Understanding) =>
  [...new Map(dates.toReversed().map((date) => [date.iso, date])).values()].toReversed();

/** A group stands for its members when both are named. */
function event(
  { code, actors, targets, date, place, sentence, start, end }: Occurrence,
  knowledge: Knowledge,
) {
  const members = new Set(
    targets.flatMap(({ id }) => knowledge.entities.get(id ?? "")?.members ?? []),
  );
  return {
    code,
    actor: actors.map(({ name }) => name),
    target: targets.filter(({ id }) => !members.has(id ?? "")).map(({ name }) => name),
    ...(date ? { date } : {}),
    ...(place ? { place: place.name } : {}),
    sentence,
    start,
    end,
  };
}
