import type { Command } from "../command.ts";

type Family = () => Promise<readonly Command[]>;

/**
 * The commands by their first word, in the order of the help. Each family is loaded when it is called: a command that
 * only reads lines need not wait for the web server's code.
 */
export const families: Readonly<Record<string, Family>> = {
  up: async () => [(await import("./up.ts")).upCommand],
  demo: async () => [(await import("./demo.ts")).demoCommand],
  status: async () => [
    (await import("./ask.ts")).statusCommand,
    (await import("./system.ts")).systemCommand,
  ],
  timeline: async () => [(await import("./ask.ts")).timelineCommand],
  search: async () => [(await import("./ask.ts")).searchCommand],
  events: async () => [(await import("./ask.ts")).eventsCommand],
  articles: async () => [(await import("./lists.ts")).articlesCommand],
  occurrences: async () => [(await import("./lists.ts")).occurrencesCommand],
  entity: async () => [(await import("./lists.ts")).entityCommand],
  feeds: async () => {
    const { feedsAddCommand } = await import("./add-feed.ts");
    const { feedsBackfillCommand } = await import("./backfill.ts");
    const { feedCommands } = await import("./feeds.ts");
    const { feedsParseCommand } = await import("./parse.ts");
    const { feedsShowCommand } = await import("./show-feed.ts");
    return [
      feedsAddCommand,
      ...feedCommands,
      feedsShowCommand,
      feedsBackfillCommand,
      feedsParseCommand,
    ];
  },
  topics: async () => Object.values(await import("./topics.ts")),
  stories: async () => Object.values(await import("./stories.ts")),
  rules: async () => Object.values(await import("./rules.ts")),
  webhooks: async () => [
    ...Object.values(await import("./webhooks.ts")),
    ...Object.values(await import("./deliveries.ts")),
    ...Object.values(await import("./webhook-schema.ts")),
  ],
  subscribers: async () => Object.values(await import("./subscribers.ts")),
  digest: async () => Object.values(await import("./digest.ts")),
  keys: async () => Object.values(await import("./keys.ts")),
  extract: async () => [(await import("./extract.ts")).extractCommand],
  evidence: async () => Object.values(await import("./evidence.ts")),
  export: async () => [(await import("./export.ts")).exportCommand],
  import: async () => [(await import("./import.ts")).importCommand],
  migrate: async () => [(await import("./migrate.ts")).migrateCommand],
  backup: async () => [(await import("./backup.ts")).backupCommand],
  restore: async () => [(await import("./backup.ts")).restoreCommand],
  verify: async () => [(await import("./verify.ts")).verifyCommand],
  replay: async () => [(await import("./upkeep.ts")).replayCommand],
  reread: async () => [(await import("./reread.ts")).rereadCommand],
  redact: async () => [(await import("./upkeep.ts")).redactCommand],
  rebuild: async () => [(await import("./upkeep.ts")).rebuildCommand],
  erase: async () => [(await import("./upkeep.ts")).eraseCommand],
  retire: async () => [(await import("./upkeep.ts")).retireCommand],
  doctor: async () => [(await import("./doctor.ts")).doctorCommand],
  completion: async () => [(await import("./completion.ts")).completionCommand(allCommands)],
};

/** Every command there is. */
export const allCommands = async (): Promise<Command[]> =>
  (await Promise.all(Object.values(families).map((load) => load()))).flat();
