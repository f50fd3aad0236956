import type { NewsEvents } from "@newsledger/core";
import type { AnyTransaction, RecordedEvent } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { type ChangeEvent, concernOf, correctBy, correctByReport } from "./corrections.ts";
import { feedTypes, feedWatcher } from "./feed-watch.ts";
import { type JudgeOptions, judge, type Setting } from "./judge.ts";
import { type News, remember } from "./memory.ts";
import { readReports } from "./read-report.ts";
import type { StoryEvent, Understood } from "./report.ts";
import { listRules } from "./rules.ts";
import { ToldBook } from "./told.ts";
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
      restMs: 100,
      onError: "park",
      handle: judgeAll({ log, options }),
    }),
  );
  running.use(
    log.subscribe({
      name: "alerts-feeds",
      types: feedTypes,
      from: "start",
      restMs: 100,
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
    const readings = await readReports({ log, trx, options }, events, recent);
    const news = await remember(trx, readings, options);
    const told = await ToldBook.open(trx, concernOf(events));
    const setting = { log, options, trx, told };
    const reports = new Map(readings.map((reading) => [reading.event.position, reading]));
    for (const event of events) {
      const reading = reports.get(event.position);
      if (reading) {
        await judge(reading, news.get(event.position) ?? nothingNew, rules, setting);
        await correctByReport(reading, rules, setting);
      } else if (!isReport(event)) await correctBy(event, rules, setting);
    }
    return undefined;
  };
}

const nothingNew: News = { firsts: new Set(), changes: [] };

const isReport = (event: Read): event is Exclude<Read, ChangeEvent> & StoryEvent =>
  event.type === "story.opened" || event.type === "story.joined";
