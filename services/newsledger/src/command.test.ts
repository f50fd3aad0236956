import { expect, test } from "vitest";
import {
  type Command,
  commandHelp,
  findCommand,
  nearest,
  readArgs,
  UsageError,
} from "./command.ts";

const command = (name: string, extra: Partial<Command> = {}): Command => ({
  name,
  summary: `does ${name}`,
  run: async () => {},
  ...extra,
});
const commands = [
  command("feeds add", { words: "<url>", minWords: 1 }),
  command("feeds"),
  command("events"),
];

test.each([
  { argv: ["events"], name: "events", rest: [] },
  { argv: ["feeds", "add", "https://x.test"], name: "feeds add", rest: ["https://x.test"] },
  { argv: ["feeds", "--json"], name: "feeds", rest: ["--json"] },
])("$argv calls $name", ({ argv, name, rest }) => {
  const found = findCommand(commands, argv);
  expect(found?.command.name).toBe(name);
  expect(found?.rest).toEqual(rest);
});

test("a word that is no command calls nothing, and the nearest one is offered", () => {
  expect(findCommand(commands, ["evnets"])).toBeNull();
  expect(nearest(commands, "evnets")).toBe("events");
  expect(nearest(commands, "quite different")).toBeNull();
});

test("options and words are read; unknown options, missing and extra words are refused with the way to the help", () => {
  const add = command("feeds add", {
    words: "<url>",
    minWords: 1,
    options: { title: { type: "string", meaning: "its name" } },
  });
  expect(readArgs(add, ["--title", "A", "u"])).toEqual({ options: { title: "A" }, words: ["u"] });
  for (const wrong of [["u", "--titel", "A"], [], ["u", "v"]]) {
    expect(() => readArgs(add, wrong)).toThrow(UsageError);
    expect(() => readArgs(add, wrong)).toThrow("newsledger feeds add");
  }
  expect(readArgs(add, ["--help"]).options.help).toBe(true);
});

test("the help names every option with its meaning", () => {
  const text = commandHelp(
    command("events", {
      options: { "as-of": { type: "string", value: "DATE", meaning: "by that day" } },
    }),
  );
  expect(text).toContain("--as-of DATE");
  expect(text).toContain("by that day");
  expect(text).toContain("-h, --help");
});
