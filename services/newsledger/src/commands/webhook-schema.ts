import { exampleOf, messageTypes, schemaOf, sealSecrets } from "@newsledger/alerts";
import { addKey, forgetOldKeys, installationVault } from "@newsledger/host";
import { type Command, UsageError } from "../command.ts";
import { ledgerOptions, withLedger } from "../ledger.ts";
import { note, print } from "../terminal.ts";

export const webhooksSchemaCommand: Command = {
  name: "webhooks schema",
  summary: "what webhooks receive: the JSON Schema of a message, or an example",
  words: "[type]",
  maxWords: 1,
  options: { example: { type: "boolean", meaning: "an example instead of the schema" } },
  examples: [
    "newsledger webhooks schema",
    "newsledger webhooks schema alert.raised > alert.raised.json",
    "newsledger webhooks schema alert.corrected --example",
  ],
  async run({ words, options }, terminal) {
    const [wanted] = words;
    if (wanted === undefined) return print(terminal, messageTypes.join("\n"));
    const type = messageTypes.find((known) => known === wanted);
    if (type === undefined)
      throw new UsageError(`there is no message ${wanted}; there are ${messageTypes.join(", ")}`);
    const shown = options.example ? exampleOf(type) : schemaOf(type);
    print(terminal, JSON.stringify(shown, null, 2));
  },
};

export const webhooksRekeyCommand: Command = {
  name: "webhooks rekey",
  summary: "encrypt the stored secrets with a new key",
  options: ledgerOptions,
  run: (args, terminal) =>
    withLedger(args, terminal, async ({ db, config }) => {
      // A key from the settings is its owner's to change: the new one stands first, the old one after it.
      if (config.secretKey === undefined) addKey(config.dataDir);
      const sealed = await sealSecrets(db, installationVault(config));
      if (config.secretKey === undefined) forgetOldKeys(config.dataDir);
      note(
        terminal,
        `${sealed} webhooks encrypted anew${config.secretKey === undefined ? "; the old key is gone" : "; the old key may be taken out of NEWSLEDGER_SECRET_KEY"}`,
      );
    }),
};
