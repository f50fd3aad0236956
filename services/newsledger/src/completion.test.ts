import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import type { Command } from "./command.ts";
import { allCommands } from "./commands/index.ts";
import { completionScript, shells } from "./completion.ts";

/** Every command there is loads every service. */
const patience = { timeout: 30_000 };

/** What bash offers for the words typed so far, the last of them unfinished. */
function offered(script: string, words: readonly string[]): string[] {
  const typed = words.map((word) => `'${word}'`).join(" ");
  const ask = `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _newsledger; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["-c", ask], { encoding: "utf8" }).trim().split("\n");
}

test("bash completes commands, their second words and their options", patience, async () => {
  const script = completionScript("bash", await allCommands());
  expect(offered(script, ["newsledger", "ti"])).toEqual(["timeline"]);
  expect(offered(script, ["newsledger", "topics", ""])).toEqual(["list", "test", "replay"]);
  expect(offered(script, ["newsledger", "events", "--fol"])).toEqual(["--follow"]);
  expect(offered(script, ["newsledger", "webhooks", "resend", "--fa"])).toEqual(["--failed"]);
});

test.each(shells)("the script for %s names every command and option", patience, async (shell) => {
  const commands = await allCommands();
  const script = completionScript(shell, commands);
  for (const { name, options } of commands) {
    for (const word of name.split(" ")) expect(script).toContain(word);
    for (const option of Object.keys(options ?? {})) expect(script).toContain(option);
  }
});

test("an apostrophe in a summary ends no string of the shell", () => {
  const command: Command = { name: "x", summary: "it's", run: async () => {} };
  expect(completionScript("fish", [command])).toContain("-d 'it\\'s'");
});
