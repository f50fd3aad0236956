import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findCommand } from "./command.ts";
import { allCommands } from "./commands/index.ts";

const root = join(import.meta.dirname, "../../..");

const commands = await allCommands();

/** Every call of the command line in a guide, as its words: those in code, from `newsledger` to the end of it. */
function callsIn(guide: string): string[][] {
  const text = readFileSync(join(root, guide), "utf8");
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, code = ""]) =>
    code.split("\n"),
  );
  const inline = [...text.replaceAll(/^```\n[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(
    ([, code = ""]) => code,
  );
  return [...blocks, ...inline].flatMap((code) =>
    [...code.matchAll(/(?:^|[ =])(?:newsledger|api|src\/main\.ts) ((?:(?! {2}|&&|\|\|).)+)/g)].map(
      ([, words = ""]) => words.trim().split(" "),
    ),
  );
}

test.each(["docs/operations.md"])("every command and option that %s names exists", (guide) => {
  const calls = callsIn(guide).filter(([first = ""]) => /^[a-z]+$/.test(first));
  expect(calls.length).toBeGreaterThan(40);
  for (const call of calls) {
    const found = findCommand(commands, call);
    expect(found, call.join(" ")).not.toBeNull();
    const known = ["help", ...Object.keys(found?.command.options ?? {})];
    for (const word of found?.rest ?? []) {
      const [, option] = /^\(?--([a-z-]+)/.exec(word) ?? [];
      if (option) expect(known, call.join(" ")).toContain(option);
    }
  }
});
