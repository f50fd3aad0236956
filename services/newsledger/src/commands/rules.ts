import {
  addRule,
  dryRun,
  listRules,
  newRule,
  removeRule,
  type StoredRule,
} from "@newsledger/alerts";
import { occurrenceCode } from "@newsledger/core";
import { loadKnowledge } from "@newsledger/extraction";
import { z } from "zod";
import { type Args, type Command, type OptionSpecs, repeated, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note } from "../terminal.ts";
import { groupsOf } from "../topics.ts";

const ruleOptions: OptionSpecs = {
  topic: { type: "string", short: "t", value: "TOPIC", meaning: "the topic it watches" },
  entity: {
    type: "string",
    value: "ID",
    multiple: true,
    meaning: "only when one of these is named (may be repeated; a group stands for its members)",
  },
  occurrence: {
    type: "string",
    value: "CODE",
    multiple: true,
    meaning: `only when one of these happens: ${occurrenceCode.options.join(", ")}`,
  },
  note: { type: "string", value: "TEXT", meaning: "why you follow this; comes with every alert" },
};

export const rulesAddCommand: Command = {
  name: "rules add",
  summary: "raise an alert when a topic, and a person or an occurrence, meet",
  words: "<name>",
  minWords: 1,
  options: {
    ...ruleOptions,
    "dry-run": {
      type: "boolean",
      meaning: "save nothing; show what it would have raised over the whole ledger",
    },
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    'newsledger rules add "Any release" --topic citgo-6 --occurrence release --occurrence prisoner-swap',
    'newsledger rules add "Vadell" --topic citgo-6 --entity tomeu-vadell --dry-run',
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db, log, topics, config }) => {
        const rule = ruleFrom(args, new Set(topics.map(({ id }) => id)));
        if (!args.options["dry-run"]) {
          const added = await addRule(db, rule);
          printRows(terminal, formatOf(args.options), [added], ruleColumns);
          return;
        }
        const { lateAfterHours } = config.alerts;
        const options = { lateAfterHours, groups: groupsOf(loadKnowledge()) };
        const rows = [];
        for await (const hit of dryRun(log, { ...rule, ruleId: "dry-run" }, options)) {
          rows.push({ ...hit, finding: undefined, why: hit.finding.why });
        }
        printRows(terminal, formatOf(args.options), rows, [
          { title: "published", value: ({ publishedAt }) => publishedAt?.slice(0, 10) ?? "" },
          { title: "found", value: ({ foundAt }) => foundAt.toISOString().slice(0, 10) },
          { title: "source", value: ({ source }) => source },
          { title: "title", value: ({ title }) => title },
          { title: "why", value: ({ why }) => why },
          { title: "address", value: ({ url }) => url ?? "" },
        ]);
        note(
          terminal,
          `${rows.length} alerts over the whole ledger; history that was imported stays silent`,
        );
      },
      { create: true },
    ),
};

/** The rule that the options describe. Throws UsageError with everything that is wrong. */
function ruleFrom(args: Args, topicIds: ReadonlySet<string>): z.output<typeof newRule> {
  const { topic } = args.options;
  if (typeof topic !== "string" || !topicIds.has(topic)) {
    throw new UsageError(`--topic takes one of ${[...topicIds].join(", ")}`);
  }
  const known = loadKnowledge();
  const entities = repeated(args, "entity");
  const stranger = entities.find((id) => !known.entities.has(id));
  if (stranger !== undefined) {
    throw new UsageError(`--entity ${stranger}: nobody of that id is in the knowledge base`);
  }
  const parsed = newRule.safeParse({
    name: args.words[0],
    topic,
    entities,
    occurrences: repeated(args, "occurrence"),
    note: typeof args.options.note === "string" ? args.options.note : null,
  });
  if (!parsed.success) throw new UsageError(z.prettifyError(parsed.error));
  return parsed.data;
}

const ruleColumns = [
  { title: "rule", value: ({ ruleId }: StoredRule) => ruleId },
  { title: "name", value: ({ name }: StoredRule) => name },
  { title: "topic", value: ({ topic }: StoredRule) => topic },
  { title: "entities", value: ({ entities }: StoredRule) => entities.join(", ") || "any" },
  { title: "occurrences", value: ({ occurrences }: StoredRule) => occurrences.join(", ") || "any" },
  { title: "note", value: (rule: StoredRule) => rule.note ?? "" },
];

export const rulesListCommand: Command = {
  name: "rules list",
  summary: "the rules that raise alerts",
  options: { ...formatOptions, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listRules(db), ruleColumns);
    }),
};

export const rulesRemoveCommand: Command = {
  name: "rules remove",
  summary: "let a rule fall silent",
  words: "<rule>",
  minWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, ({ db }) => removeRule(db, args.words[0] ?? "")),
};
