import type { NewsEvents } from "@newsledger/core";
import type { EventLog, RecordedEvent } from "@newsledger/eventlog";
import { type EvaluateOptions, evaluate, type Finding, type Rule } from "./evaluate.ts";
import { factsOf, mayConcern } from "./raise.ts";

/** One alert that a rule would have raised. */
export interface WouldAlert {
  readonly storyId: string;
  readonly title: string;
  readonly source: string;
  readonly url: string | null;
  readonly publishedAt: string | null;
  readonly foundAt: Date;
  readonly finding: Finding;
}

/** Puts a rule to the whole ledger, history included, and sends nothing: what it would have said, oldest first. */
export async function* dryRun(
  log: EventLog<NewsEvents>,
  rule: Rule,
  options: EvaluateOptions,
): AsyncGenerator<WouldAlert> {
  const articles = new Map<
    string,
    Extract<RecordedEvent<NewsEvents>, { type: "article.understood" }>
  >();
  const alerted = new Set<string>();
  const types = ["article.understood", "story.opened", "story.joined"] as const;
  for await (const event of log.read({ types })) {
    if (event.type === "article.understood") {
      if (event.data.topics.some(({ topicId }) => topicId === rule.topic))
        articles.set(event.data.documentId, event);
      continue;
    }
    if (event.type !== "story.opened" && event.type !== "story.joined") continue;
    const { storyId, documentId, title, source, url, publishedAt } = event.data;
    const article = articles.get(documentId);
    if (!article || alerted.has(storyId) || !mayConcern(rule, event)) continue;
    const foundAt = article.recordedAt;
    const finding = evaluate(rule, factsOf(event, article, { foundAt, text: null }), options);
    if (!finding) continue;
    alerted.add(storyId);
    yield { storyId, title, source, url, publishedAt, foundAt, finding };
  }
}
