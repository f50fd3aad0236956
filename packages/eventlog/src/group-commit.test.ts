import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { type PreparedAppend, prepare } from "./append.ts";
import { GroupCommit } from "./group-commit.ts";
import type { AppendResult } from "./types.ts";

const append = (stream: string): PreparedAppend =>
  prepare({ stream, events: [{ type: "noted", schemaVersion: 1, data: {} }] });
const appended: AppendResult = {
  status: "appended",
  version: 1,
  firstPosition: 1n,
  lastPosition: 1n,
};

function refusal(code: string): DatabaseError {
  const error = new DatabaseError("refused", 0, "error");
  error.severity = "ERROR";
  error.code = code;
  return error;
}

/** Commits whose writes wait until the test lets them through. */
function gated() {
  const batches: string[][] = [];
  const gates: (() => void)[] = [];
  const commits = new GroupCommit((appends) => {
    batches.push(appends.map(({ stream }) => stream));
    return new Promise((resolve) => gates.push(() => resolve(appends.map(() => appended))));
  });
  return { batches, gates, commits };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  [1, [1]],
  [8, [8]],
  [12, [8, 4]],
  [32, [16, 16]],
  [70, [35, 35]],
  [100, [40, 40]],
])(
  "%i appends made together are shared out between two batches, 8 to 40 events each: %j",
  async (appends, sizes) => {
    const { batches, gates, commits } = gated();
    const all = Array.from({ length: appends }, (_, i) => commits.append(append(`s${i}`)));
    await turn();
    expect(batches.map((batch) => batch.length)).toEqual(sizes);
    const closing = commits[Symbol.asyncDispose]();
    while (gates.length > 0) {
      gates.shift()?.();
      await turn();
    }
    await closing;
    expect(await Promise.all(all)).toHaveLength(appends);
  },
);

test("appends to one stream are written one after the other, in the order they came", async () => {
  const { batches, gates, commits } = gated();
  const all = ["a", "a", "b"].map((stream) => commits.append(append(stream)));
  await turn();
  expect(batches).toEqual([["a", "b"]]);
  gates[0]?.();
  await turn();
  await turn();
  expect(batches).toEqual([["a", "b"], ["a"]]);
  gates[1]?.();
  await Promise.all(all);
});

test("an append that the database refuses does not fail its neighbours", async () => {
  const commits = new GroupCommit(async (appends) => {
    if (appends.some(({ stream }) => stream === "bad")) throw refusal("22P02");
    return appends.map(() => appended);
  });
  const results = await Promise.allSettled(
    ["a", "bad", "b"].map((stream) => commits.append(append(stream))),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("after a lost connection nothing is written again", async () => {
  let writes = 0;
  const commits = new GroupCommit(async () => {
    writes++;
    throw new Error("Connection terminated unexpectedly");
  });
  const results = await Promise.allSettled(
    ["a", "b"].map((stream) => commits.append(append(stream))),
  );
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(writes).toBe(1);
});

test("what the direct way leaves goes the general one, and nothing else is written twice", async () => {
  const ways: [string, string[]][] = [];
  const commits = new GroupCommit(async (appends, way) => {
    ways.push([way, appends.map(({ stream }) => stream)]);
    if (way === "general" && appends.some(({ stream }) => stream === "bad")) throw refusal("22P02");
    return appends.map(({ stream }) =>
      way === "general" || stream === "fits" ? appended : undefined,
    );
  });
  const results = await Promise.allSettled(
    ["fits", "other", "bad"].map((stream) => commits.append(append(stream))),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(ways).toEqual([
    ["direct", ["fits", "other", "bad"]],
    ["general", ["other", "bad"]],
    ["general", ["other"]],
    ["general", ["bad"]],
  ]);
});

test("an append that gets no answer is refused, not left waiting", async () => {
  const commits = new GroupCommit(async () => []);
  await expect(commits.append(append("a"))).rejects.toThrow("no answer");
});

test("a deadlock is tried again, and given up when it stays", async () => {
  let left = 2;
  const commits = new GroupCommit(async (appends) => {
    if (left-- > 0) throw refusal("40P01");
    return appends.map(() => appended);
  });
  expect(await commits.append(append("a"))).toEqual(appended);
  left = Number.POSITIVE_INFINITY;
  await expect(commits.append(append("a"))).rejects.toThrow("refused");
});

test("closing writes what is waiting and takes no more", async () => {
  const commits = new GroupCommit(async (appends) => appends.map(() => appended));
  const waiting = commits.append(append("a"));
  await commits[Symbol.asyncDispose]();
  expect(await waiting).toEqual(appended);
  await expect(commits.append(append("b"))).rejects.toThrow("log is closed");
});
