import { createPress } from "@newsledger/cli/demo";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, Installation } from "../harness/newsledger.ts";

interface LedgerEvent {
  type: string;
  data: {
    itemId: string;
    url: string | null;
    topics?: { topicId: string }[];
    matches?: { topicId: string }[];
  };
}

let newsledger: Installation;
let shown: Answer;
let seconds: number;

beforeAll(async () => {
  newsledger = await Installation.create();
  const before = performance.now();
  shown = await newsledger.run("demo", "--once", "--port", String(newsledger.port));
  seconds = (performance.now() - before) / 1000;
}, 120_000);

afterAll(() => newsledger?.[Symbol.asyncDispose]());

test("the demonstration plays through, offline, in under a minute", () => {
  expect(shown.stderr).toContain("Done in");
  expect(shown.code).toBe(0);
  expect(seconds).toBeLessThan(60);
});

test("it shows the status of the six, a digest, and an alert and its corrections, whose signatures were verified", () => {
  for (const name of ["Tomeu Vadell", "Gustavo Cárdenas", "Jorge Toledo"])
    expect(shown.stdout).toMatch(new RegExp(`${name} +Free since 2022-`));
  expect(shown.stdout).toContain("Subject: Citgo 6: ");
  expect(shown.stdout.match(/^signature verified /gm)).toHaveLength(3);
  expect(shown.stdout.match(/"type": "alert\.\w+"/g)).toEqual([
    '"type": "alert.raised"',
    '"type": "alert.corrected"',
    '"type": "alert.corrected"',
  ]);
  expect(shown.stdout).not.toContain("SIGNATURE REFUSED");
});

test("every article of the press is matched to the topics that it concerns, and to no other", async () => {
  const events = await newsledger.rows<LedgerEvent>("export", "--demo");
  const pathOf = new Map(
    events
      .filter(({ type }) => type === "item.seen")
      .map(({ data }) => [data.itemId, new URL(data.url ?? "").pathname]),
  );
  const matched = new Map<string, Set<string>>();
  for (const { type, data } of events) {
    if (type !== "item.matched") continue;
    const path = pathOf.get(data.itemId) ?? "";
    const topics = matched.get(path) ?? new Set();
    for (const { topicId } of data.matches ?? []) topics.add(topicId);
    matched.set(path, topics);
  }
  const press = createPress({ now: new Date() });
  press.advance("correction");
  const wrong = press.expected().flatMap(({ path, topics, mayTopics }) => {
    const found = [...(matched.get(path) ?? [])];
    const missed = topics.filter((topic) => !found.includes(topic));
    const extra = found.filter((topic) => ![...topics, ...mayTopics].includes(topic as never));
    return missed.length + extra.length > 0 ? [{ path, missed, extra }] : [];
  });
  expect(wrong).toEqual([]);
});

test("afterwards the ledger answers as of the end of 2021: all six back in prison, nothing published later", async () => {
  const status = JSON.parse(
    await newsledger.ask("status", "citgo-6", "--json", "--as-of", "2021-12-31"),
  );
  for (const person of status.persons) expect(person.status, person.name).toBe("imprisoned-again");
  const events = await newsledger.rows<{ publishedAt: string }>(
    "events",
    ...["--topic", "citgo-6", "--as-of", "2021-12-31", "--limit", "500"],
  );
  expect(events.length).toBeGreaterThan(50);
  for (const { publishedAt } of events) expect(publishedAt < "2022").toBe(true);
});

test("a question that only the demonstration can answer says whose answer it is", async () => {
  const { stderr } = await newsledger.run("search", "arresto domiciliario");
  expect(stderr).toContain("simulated");
});
