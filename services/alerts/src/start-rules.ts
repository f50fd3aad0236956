import type { NewsEvents } from "@newsledger/core";
import type { AnyTransaction, RecordedEvent } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { type ChangeEvent, correctBy, correctByReport } from "./corrections.ts";
import { feedTypes, feedWatcher } from "./feed-watch.ts";
import { type JudgeOptions, judge, type Setting } from "./judge.ts";
import type { StoryEvent, Understood } from "./report.ts";
import { listRules } from "./rules.ts";
import { startWatch } from "./watch.ts";

/** What is read in the order of the log: reports, and whatever may take an alert back. */
const types = [
  "article.understood",
  "story.opened",
  "story.joined",
  "item.revised",
  "item.withdrawn",
  "text.redacted",
] as const;
type Read = Extract<RecordedEvent<NewsEvents>, { type: (typeof types)[number] }>;

const subscription = "alerts";

/** Starts everything that decides what is told, and when. */
export function startRules(
  resources: Pick<Resources, "db" | "log" | "logger">,
  options: JudgeOptions & { readonly lookEveryMs: number },
): AsyncDisposable {
  const { log } = resources;
  const { publicUrl, groups, lookEveryMs: everyMs } = options;
  const running = new AsyncDisposableStack();
  running.use(
    log.subscribe({
      name: subscription,
      types,
      from: "start",
      onError: "park",
      handle: judgeAll({ log, options }),
    }),
  );
  running.use(
    log.subscribe({
      name: "alerts-feeds",
      types: feedTypes,
      from: "start",
      onError: "park",
      handle: feedWatcher({ log, publicUrl }),
    }),
  );
  running.use(startWatch(resources, { groups, publicUrl, everyMs, subscription }));
  return running;
}

function judgeAll({ log, options }: Pick<Setting, "log" | "options">) {
  const recent = new Map<string, Understood>();
  return async (events: readonly Read[], trx: AnyTransaction) => {
    const rules = await listRules(trx);
    const setting = { log, options, trx, recent };
    for (const event of events) {
      if (event.type === "article.understood") keepRecent(recent, event);
      if (isReport(event)) {
        const reading = await judge(event, rules, setting);
        await correctByReport(reading, rules, setting);
      } else await correctBy(event, rules, setting);
    }
    return undefined;
  };
}

const mostRecent = 200;

function keepRecent(recent: Map<string, Understood>, event: Understood): void {
  recent.delete(event.data.documentId);
  recent.set(event.data.documentId, event);
  const [oldest] = recent.keys();
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
}

const isReport = (event: Read): event is Exclude<Read, ChangeEvent> & StoryEvent =>
  event.type === "story.opened" || event.type === "story.joined";
