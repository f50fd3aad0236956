import { type NewsEvents, newsCodec } from "@newsledger/core";
import { openEventLog } from "@newsledger/eventlog";
import { createLogger, openDatabase } from "@newsledger/host";
import { queueHealth } from "@newsledger/queue";
import { withDatabase } from "../bare.ts";
import type { Command } from "../command.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { readFacts } from "../system/facts.ts";
import { judge, type Line } from "../system/judge.ts";

/** Something needs a person. */
class NotWell extends Error {
  override name = "NotWell";
}

const marks: Record<Line["state"], string> = { ok: "ok", look: "look", bad: "BAD" };

export const systemCommand: Command = {
  name: "status --system",
  summary: "every part of Newsledger in a table, what to do, and an exit code for monitoring",
  options: {
    quiet: { type: "boolean", short: "q", meaning: "only what is not ok" },
    ...formatOptions,
  },
  examples: [
    "newsledger status --system",
    "newsledger status --system --quiet || mail -s Newsledger me@example.org",
  ],
  run: (args, terminal) =>
    withDatabase(terminal, async ({ config, pool }) => {
      const logger = createLogger({ ...config, logLevel: "error" });
      await using log = await openEventLog<NewsEvents>({ pool, codec: newsCodec, logger });
      const db = openDatabase(pool);
      const facts = await readFacts({ db, pool, log, dataDir: config.dataDir });
      const all = judge(facts, await queueHealth(config.queueUrl));
      const lines = args.options.quiet ? all.filter(({ state }) => state !== "ok") : all;
      printRows(terminal, formatOf(args.options), lines, [
        { title: "part", value: ({ part }: Line) => part },
        { title: "state", value: ({ state }) => marks[state] },
        { title: "found", value: ({ found }) => found },
        { title: "what to do", value: ({ advice }) => advice },
      ]);
      const bad = all.filter(({ state }) => state === "bad").map(({ part }) => part);
      if (bad.length > 0) throw new NotWell(`Not well: ${bad.join(", ")}.`);
    }),
};
