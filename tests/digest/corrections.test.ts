import { listIssues } from "@newsledger/digest";
import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import { reread } from "@newsledger/extractor/reread";
import { beforeEach, expect, test } from "vitest";
import { until } from "../harness/newsledger.ts";
import { server, setStage, stage, type Told } from "./stage.ts";

setStage();
beforeEach(() => stage.start({ smtp: server.port }));

/** The next digest: the mail, or null when there was nothing to tell. */
async function nextDigest() {
  const before = server.kept.length;
  const issues = (await listIssues(stage.db)).length;
  await stage.comeDue();
  const [latest] = await until(
    () => listIssues(stage.db),
    (found) => found.length > issues && found.every(({ state }) => state !== "planned"),
    { everyMs: 20 },
  );
  return latest?.state === "sent" ? (server.kept[before]?.mail ?? null) : null;
}

async function told(...reports: Told[]) {
  await stage.subscribe({ topics: ["citgo-6"] });
  for (const report of reports) await stage.report(report);
  return nextDigest();
}

test("an item taken back is a correction at the top of the next digest, in the same conversation", async () => {
  const first = await told({ document: "one" });
  await stage.withdraw("one");
  await stage.report({ document: "two" });
  const second = await nextDigest();
  const text = second?.text ?? "";
  expect(text).toMatch(/CORRECTIONS TO WHAT YOU WERE TOLD/);
  expect(text).toContain("* Taken back by its source\n- Example Wire: About one (published ");
  expect(text.indexOf("CORRECTIONS")).toBeLessThan(text.indexOf("WHERE IT STANDS"));
  expect(second?.html).toContain("Corrections to what you were told");
  expect(second?.inReplyTo).toBe(first?.messageId);
  expect(second?.references).toContain(first?.messageId);
  expect(await nextDigest()).toBeNull(); // told once
});

test("a title that its source changed is told as it was and as it is; another comma is not", async () => {
  await told({ document: "one", title: "Vadell freed on Monday" }, { document: "two" });
  await stage.revise("two", "About: TWO!");
  expect(await nextDigest()).toBeNull();
  await stage.revise("one", "Vadell not freed, says lawyer");
  const second = await nextDigest();
  expect(second?.subject).toBe("Citgo 6: Changed by its source: Vadell freed on Monday");
  expect(second?.text).toContain("Vadell freed on Monday");
  expect(second?.text).toContain("It now reads: “Vadell not freed, says lawyer”");
});

test("what the reader was never told is not corrected: before they came, other topics, copies", async () => {
  await stage.report({ document: "before" });
  await stage.report({ document: "elsewhere", topic: "us-venezuela" });
  await told({ document: "one" });
  await stage.report({ document: "copy", joins: "one", relation: "copy" });
  expect(await nextDigest()).toBeNull();
  for (const document of ["before", "elsewhere", "copy"]) await stage.withdraw(document);
  expect(await nextDigest()).toBeNull();
});

test("words removed from the ledger are a correction", async () => {
  await told({ document: "one" });
  await stage.redact("one");
  expect((await nextDigest())?.text).toContain("* Its words were removed from the ledger");
});

test("a report that contradicts the status as it was told is a correction, with its source and both dates", async () => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000);
  const iso = (ago: number) => day(ago).toISOString().slice(0, 10);
  await told({ document: "freed", code: "release", date: iso(30), publishedAt: day(30) });
  await stage.report({ document: "held", code: "reimprison", date: iso(2), publishedAt: day(1) });
  const second = await nextDigest();
  expect(second?.text).toContain("Tomeu Vadell: imprisoned again since");
  expect(second?.text).toMatch(/\[before: free since /);
  expect(second?.text).toContain("1 change of status");
});

test("a date that most sources give otherwise is corrected by name", async () => {
  const day = (ago: number) => new Date(Date.now() - ago * 86_400_000);
  const iso = (ago: number) => day(ago).toISOString().slice(0, 10);
  await told({ document: "early", code: "release", date: iso(10), publishedAt: day(9) });
  for (const document of ["b", "c"])
    await stage.report({ document, source: document, date: iso(12), publishedAt: day(8) });
  const text = (await nextDigest())?.text ?? "";
  expect(text).toMatch(
    /\* Tomeu Vadell: you were told “free since .+”\. The sources now say: free since /,
  );
});

test("articles that a newer extractor reads anew, and understands otherwise, are not told again", async () => {
  await told({ document: "one" });
  const done = await reread(stage.log, stage.db, {
    ...{ knowledge: loadKnowledge(), topics: loadTopics() },
    version: { name: "rules", version: "2", knowledgeVersion: "1" },
    understand: () => ({ language: "en", entities: [], dates: [], quotes: [], occurrences: [] }),
  });
  expect(done).toMatchObject({ reread: 1, changed: 1 });
  expect(await nextDigest()).toBeNull();
});
