import {
  addRule,
  changeRule,
  type DryRunOptions,
  dryRun,
  explain,
  explainState,
  listRules,
  outletKinds,
  type Rule,
  RuleNotFound,
  removeRule,
  type StoredRule,
  snoozeRule,
  wakeRule,
} from "@newsledger/alerts";
import { type Entities, loadEntities } from "@newsledger/extraction/knowledge";
import { feedCatalogue } from "@newsledger/feeds";
import { type Command, type OptionSpecs, UsageError } from "../command.ts";
import { type Ledger, ledgerOptions, withLedger } from "../ledger.ts";
import { type Format, formatOf, formatOptions, printRows } from "../output.ts";
import { momentFrom, ruleFrom, ruleOptions } from "../rule-options.ts";
import { note, type Terminal } from "../terminal.ts";
import { groupsOf, peopleOf } from "../topics.ts";

const trialOptions: OptionSpecs = {
  history: {
    type: "boolean",
    meaning: "also what was history when its feed was met, as if it had come as news",
  },
};

export const rulesAddCommand: Command = {
  name: "rules add",
  summary: "raise an alert when something you wait for is reported",
  words: "<name>",
  minWords: 1,
  options: {
    ...ruleOptions,
    "dry-run": {
      type: "boolean",
      meaning: "save nothing; show what it would have raised over the whole ledger",
    },
    ...trialOptions,
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: [
    'newsledger rules add "Any release" --topic citgo-6 --occurrence release --part target',
    'newsledger rules add "Confirmed" --topic citgo-6 --min-reports 3 --severity critical',
    'newsledger rules add "Custody" --topic citgo-6 --entity citgo-6 --kind status-change --quiet "22:00-07:00 America/Chicago"',
    'newsledger rules add "Is anyone writing?" --topic citgo-6 --kind silence --days 14',
    'newsledger rules add "Vadell" --topic citgo-6 --entity tomeu-vadell --dry-run',
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async (ledger) => {
        const rule = ruleFrom(args, topicIds(ledger));
        const format = formatOf(args.options);
        if (args.options["dry-run"]) {
          await tryOut({ ...rule, ruleId: "trial" }, ledger, terminal, args.options);
          return;
        }
        printRules([await addRule(ledger.db, rule)], ledger, terminal, format);
      },
      { create: true },
    ),
};

export const rulesTestCommand: Command = {
  name: "rules test",
  summary: "what a rule, saved or described here, would have said over the whole ledger",
  words: "[rule]",
  maxWords: 1,
  options: { ...ruleOptions, ...trialOptions, ...formatOptions, ...ledgerOptions },
  examples: [
    "newsledger rules test citgo-6-developments",
    "newsledger rules test --topic citgo-6 --kind burst --history",
  ],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const rule =
        args.options.topic === undefined && args.words[0] !== undefined
          ? await ruleOf(ledger, args.words[0])
          : { ...ruleFrom(args, topicIds(ledger)), ruleId: "trial" };
      await tryOut(rule, ledger, terminal, args.options);
    }),
};

async function tryOut(
  rule: Rule,
  ledger: Ledger,
  terminal: Terminal,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const knowledge = loadEntities();
  const asked: DryRunOptions = {
    lateAfterHours: ledger.config.alerts.lateAfterHours,
    groups: groupsOf(knowledge),
    people: peopleOf(knowledge),
    kindOf: outletKinds(feedCatalogue()),
    history: options.history === true,
    now: ledger.clock.now(),
  };
  const rows = [];
  for await (const hit of dryRun(ledger, rule, asked)) rows.push(hit);
  printRows(terminal, formatOf(options), rows, [
    { title: "published", value: ({ publishedAt }) => publishedAt?.slice(0, 10) ?? "" },
    { title: "found", value: ({ foundAt }) => foundAt.toISOString().slice(0, 10) },
    { title: "source", value: ({ source }) => source ?? "" },
    { title: "title", value: ({ title }) => title },
    { title: "why", value: ({ why }) => why },
    { title: "address", value: ({ url }) => url ?? "" },
  ]);
  note(terminal, explain(rule, nameOf(knowledge)));
  const silent = asked.history ? "" : "; history that was imported stays silent (see --history)";
  note(terminal, `${rows.length} alerts over the whole ledger; nothing was sent${silent}`);
}

export const rulesListCommand: Command = {
  name: "rules list",
  summary: "the rules that raise alerts, in words",
  options: { ...formatOptions, ...ledgerOptions },
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      printRules(await listRules(ledger.db), ledger, terminal, formatOf(args.options));
    }),
};

export const rulesChangeCommand: Command = {
  name: "rules change",
  summary: "let a rule say something else from now on; what it said before is kept",
  words: "<rule>",
  minWords: 1,
  maxWords: 1,
  options: { ...ruleOptions, ...formatOptions, ...ledgerOptions },
  examples: ["newsledger rules change citgo-6-developments --topic citgo-6 --min-reports 2"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      const { name: _, ...definition } = ruleFrom(args, topicIds(ledger));
      const changed = await changeRule(ledger.db, args.words[0] ?? "", definition);
      printRules([changed], ledger, terminal, formatOf(args.options));
    }),
};

export const rulesSnoozeCommand: Command = {
  name: "rules snooze",
  summary: "hold back what a rule raises for a while; it is told when that ends",
  words: "<rule>",
  minWords: 1,
  maxWords: 1,
  options: {
    until: { type: "string", value: "WHEN", meaning: "45m, 12h, 3d, or a date such as 2031-05-01" },
    mute: { type: "boolean", meaning: "in the end only tell what there was" },
    ...formatOptions,
    ...ledgerOptions,
  },
  examples: ["newsledger rules snooze citgo-6-developments --until 3d"],
  run: (args, terminal) =>
    withLedger(args, terminal, async (ledger) => {
      if (typeof args.options.until !== "string") throw new UsageError("--until says until when");
      const until = momentFrom(args.options.until, ledger.clock.now());
      const mode = args.options.mute ? "mute" : "hold";
      const snoozed = await snoozeRule(ledger.db, args.words[0] ?? "", { until, mode });
      printRules([snoozed], ledger, terminal, formatOf(args.options));
    }),
};

export const rulesWakeCommand: Command = {
  name: "rules wake",
  summary: "end a snooze now; what was held because of it is sent",
  words: "<rule>",
  minWords: 1,
  maxWords: 1,
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, ({ db }) => wakeRule(db, args.words[0] ?? "")),
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

const topicIds = ({ topics }: Ledger) => new Set(topics.map(({ id }) => id));

const nameOf =
  ({ entities }: Entities) =>
  (id: string): string =>
    entities.get(id)?.name ?? id;

async function ruleOf({ db }: Ledger, ruleId: string): Promise<StoredRule> {
  const rule = (await listRules(db)).find((one) => one.ruleId === ruleId || one.name === ruleId);
  if (!rule) throw new RuleNotFound(ruleId);
  return rule;
}

function printRules(
  rules: readonly StoredRule[],
  { clock }: Ledger,
  terminal: Terminal,
  format: Format,
): void {
  const named = nameOf(loadEntities());
  const now = clock.now();
  const explained = rules.map((rule) => ({
    ...rule,
    explained: `${explain(rule, named)} ${explainState(rule, now)}`.trim(),
  }));
  printRows(terminal, format, explained, [
    { title: "rule", value: ({ ruleId }) => ruleId },
    { title: "name", value: ({ name }) => name },
    { title: "what it does", value: (rule) => rule.explained },
  ]);
}
