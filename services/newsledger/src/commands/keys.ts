import { randomBytes } from "node:crypto";
import { addKey, listKeys, removeKey } from "@newsledger/api";
import { type Command, repeated, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { formatOf, formatOptions, printRows } from "../output.ts";
import { note } from "../terminal.ts";

const options = { ...formatOptions, ...ledgerOptions };

export const keysAddCommand: Command = {
  name: "keys add",
  summary: "let someone read over the network, or administer; shows the key, once",
  words: "<name>",
  minWords: 1,
  options: {
    scope: {
      type: "string",
      value: "SCOPE",
      multiple: true,
      meaning: "what it is for: read, export, mcp, admin (may be repeated; read when left out)",
    },
    expires: { type: "string", value: "DATE", meaning: "the last day on which it works" },
    ...options,
  },
  examples: [
    'newsledger keys add "Maria, feed reader" --expires 2027-06-30',
    'newsledger keys add "Maria" --scope admin   # signs in at /admin',
  ],
  run: (args, terminal) =>
    withLedger(
      args,
      terminal,
      async ({ db }) => {
        const scopes = repeated(args, "scope");
        const added = await addKey(
          db,
          {
            name: args.words[0] ?? "",
            scopes: scopes.length > 0 ? scopes : ["read"],
            expiresAt: endOf(args.options.expires),
          },
          randomBytes(32),
        );
        printRows(
          terminal,
          formatOf(args.options),
          [added],
          [
            { title: "key", value: ({ key }) => key },
            { title: "for", value: ({ name }) => name },
            { title: "scopes", value: (row) => row.scopes.join(", ") },
            { title: "expires", value: ({ expiresAt }) => day(expiresAt) || "never" },
          ],
        );
        note(
          terminal,
          "Keep the key now, it is not shown again. Programs send it as Authorization: Bearer KEY; browsers and feed readers as the password, with any name.",
        );
      },
      { create: true },
    ),
};

export const keysListCommand: Command = {
  name: "keys list",
  summary: "who may read over the network, and when they last did",
  options,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      printRows(terminal, formatOf(args.options), await listKeys(db), [
        { title: "key", value: ({ keyId }) => `${keyId}…` },
        { title: "for", value: ({ name }) => name },
        { title: "scopes", value: ({ scopes }) => scopes.join(", ") },
        { title: "made", value: ({ createdAt }) => day(createdAt) },
        { title: "expires", value: ({ expiresAt }) => day(expiresAt) || "never" },
        { title: "last used", value: ({ lastUsedAt }) => day(lastUsedAt) || "never" },
      ]);
    }),
};

export const keysRemoveCommand: Command = {
  name: "keys remove",
  summary: "end a key, at once",
  words: "<key>",
  minWords: 1,
  options: ledgerOptions,
  examples: ["newsledger keys remove nl_3f9aQx"],
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db }) => {
      const keyId = (args.words[0] ?? "").replace(/…$/, "").slice(0, 9);
      await removeKey(db, keyId);
      note(terminal, `${keyId}… no longer opens anything`);
    }),
};

/** The end of a day (UTC). */
function endOf(value: unknown): Date | null {
  if (typeof value !== "string") return null;
  const end = new Date(`${value}T23:59:59.999Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(end.getTime()))
    throw new UsageError(`--expires takes a day such as 2027-06-30, got ${value}`);
  return end;
}

const day = (time: Date | null): string => time?.toISOString().slice(0, 10) ?? "";
