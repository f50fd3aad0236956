import { type Seal, type Verification, verify } from "@newsledger/eventlog";
import { type Command, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { print } from "../terminal.ts";

/** The ledger is not what was written into it. */
export class LedgerDamaged extends Error {
  override name = "LedgerDamaged";
}

export const verifyCommand: Command = {
  name: "verify",
  summary:
    "prove that nothing in the ledger was changed, removed or put in; names the first event that was",
  options: {
    head: {
      type: "string",
      value: "POSITION:ROOT",
      meaning:
        "a head that was kept elsewhere: shows also an end that was cut off with all its traces",
    },
    ...ledgerOptions,
  },
  examples: ["newsledger verify", "newsledger verify --head 48210:9f2c…"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ pool }) => {
      const kept = readHead(args.options.head);
      const found = await verify(pool, kept);
      for (const line of report(found)) print(terminal, line);
      if (found.problems.length > 0)
        throw new LedgerDamaged(
          "The ledger was changed outside of Newsledger. Compare it with a backup from before.",
        );
    }),
};

/** What a person reads. Pure. */
export function report(found: Verification): string[] {
  const { head, sealed, unsealed, retired, problems } = found;
  const counted = [
    `${sealed - retired + unsealed} events`,
    ...(retired > 0 ? [`${retired} more exported and removed on purpose`] : []),
  ].join(", ");
  if (problems.length > 0)
    return [`NOT whole (${counted}):`, ...problems.map((problem) => `  ${problem}`)];
  return [
    `Whole: ${counted}. Every event fits the one before it in its stream, every seal fits its events.`,
    ...(head
      ? [
          `Head: ${head.position}:${head.root}`,
          ...(unsealed > 0
            ? [`(${unsealed} events came later; they are sealed within minutes)`]
            : []),
          "Keep the head somewhere else. Later, newsledger verify --head … proves that nothing up to here is gone.",
        ]
      : []),
  ];
}

function readHead(given: unknown): Seal | undefined {
  if (given === undefined) return undefined;
  const [, position, root] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(String(given)) ?? [];
  if (!position || !root)
    throw new UsageError(
      "newsledger verify --head takes the line that an earlier verify printed: POSITION:ROOT",
    );
  return { position: BigInt(position), root };
}
