import { createHash } from "node:crypto";
import {
  CannotRetire,
  exportLines,
  importLines,
  type KeepMonth,
  retire,
  verify,
} from "@newsledger/eventlog";
import { expect, test } from "vitest";
import { count, type Notes, note, openTestLog, type TestLog } from "./open.ts";

/** Events written in January and February 2020, and one of today. */
async function openOld(): Promise<TestLog> {
  await using made = await openTestLog();
  await made.log.append("a", [count(1), count(2)], { key: "first" });
  await made.log.append("b", [note("1"), note("2")]);
  await made.log.append("a", [count(3)]);
  await made.log.append("c", [note("february")]);
  await made.log.append("a", [count(4)]);
  await made.pool.query(`begin; set local session_replication_role = replica;
    update newsledger.events set recorded_at = case when global_position <= 5 then '2020-01-31 23:59:59Z'::timestamptz
      when global_position = 6 then '2020-02-15Z' else '2020-02-29 12:00Z' end;
    do $$ declare e newsledger.events; tip bytea; begin
      for e in select * from newsledger.events order by stream_id, version loop
        tip := newsledger.event_hash(case when e.version > 1 then tip end, e);
        update newsledger.events set hash = tip where global_position = e.global_position;
        update newsledger.streams set last_hash = tip where stream_id = e.stream_id;
      end loop;
    end $$;
    commit`);
  const t = await openTestLog();
  await importLines(t.pool, exportLines(made.pool));
  await t.log.append("a", [count(5)]);
  return t;
}

function keeper() {
  const kept = new Map<string, string[]>();
  const keep: KeepMonth = async (month, lines) => {
    kept.set(month, await Array.fromAsync(lines));
  };
  return { kept, keep };
}

const positions = async (t: TestLog) =>
  (await Array.fromAsync(t.log.read())).map(({ position }) => Number(position));
const sha256 = (lines: readonly string[] = []) =>
  createHash("sha256")
    .update(lines.map((line) => `${line}\n`).join(""))
    .digest("hex");

const sum = {
  name: "sum",
  version: 1,
  initial: () => 0,
  evolve: (state: number, { data }: { data: Notes[keyof Notes] }) =>
    "n" in data ? state + data.n : state,
};

test("a retired month is handed out whole and gone; the rest verifies, and its streams go on", async () => {
  await using t = await openOld();
  await t.log.aggregate("a", sum, { snapshotEvery: 1 });
  const before = await Array.fromAsync(exportLines(t.pool));
  const { kept, keep } = keeper();
  const retired = await retire(t.pool, new Date("2020-02-28T00:00:00Z"), keep);
  expect(kept.get("202001")).toEqual(before.slice(0, 5));
  expect(retired).toEqual([{ month: "202001", events: 5, sha256: sha256(kept.get("202001")) }]);
  expect(await positions(t)).toEqual([6, 7, 8]);
  expect(await verify(t.pool)).toMatchObject({ problems: [], retired: 5 });

  const head = (await verify(t.pool)).head ?? undefined;
  expect(
    (await retire(t.pool, new Date("2020-03-01T00:00:00Z"), keep)).map(({ month }) => month),
  ).toEqual(["202002"]);
  expect(await positions(t)).toEqual([8]);
  expect(await verify(t.pool, head)).toMatchObject({ problems: [], retired: 7, firstBroken: null });
  expect(await t.log.append("a", [count(0)], { key: "first" })).toMatchObject({
    status: "duplicate",
  });
  expect(await t.log.append("a", [count(6)], { expected: 5 })).toMatchObject({ version: 6 });
  expect(await t.log.append("b", [note("3")])).toMatchObject({ version: 3 });
  expect((await verify(t.pool)).problems).toEqual([]);
  expect(await t.log.aggregate("a", sum, { snapshotEvery: 9 })).toEqual({ state: 21, version: 6 });
  await expect(t.log.aggregate("a", sum)).rejects.toThrow("events 1 to 4 were retired");
});

test("what happens to the rest after a retirement is still found", async () => {
  await using t = await openOld();
  await retire(t.pool, new Date("2020-02-28T00:00:00Z"), keeper().keep);
  const tampered = async (statement: string) => {
    await t.pool.query(
      `create table kept as select * from newsledger.events;
       begin; set local session_replication_role = replica; ${statement}; commit`,
    );
    const { problems } = await verify(t.pool);
    await t.pool.query(
      `begin; set local session_replication_role = replica; delete from newsledger.events;
       insert into newsledger.events select * from kept; drop table kept; commit`,
    );
    return problems[0];
  };
  expect(
    await tampered(
      `update newsledger.events set data = '{"n": 0}' where stream_id = 'a' and version = 4`,
    ),
  ).toMatch(/^stream a, event 4 \(position 7\): does not fit its hash/);
  expect(
    await tampered("delete from newsledger.events where stream_id = 'a' and version = 4"),
  ).toBe("stream a, event 4: is missing");
  expect(await tampered("delete from newsledger.events where stream_id = 'c'")).toMatch(
    /^stream c, event 1: is missing/,
  );
  expect((await verify(t.pool)).problems).toEqual([]);
});

test("a month that somebody has not read yet stays, and so does this one", async () => {
  await using t = await openOld();
  await t.pool.query("insert into newsledger.checkpoints (name, position) values ('slow', 3)");
  const { kept, keep } = keeper();
  const attempt = retire(t.pool, new Date("2100-01-01T00:00:00Z"), keep);
  await expect(attempt).rejects.toThrow(CannotRetire);
  await expect(attempt).rejects.toThrow(
    "retire 202001: subscription slow has only read up to position 3 of 5",
  );
  await t.pool.query("update newsledger.checkpoints set position = 5");
  await t.pool.query(
    "insert into newsledger.parked (subscription, position, error, attempts) values ('slow', 2, 'x', 5)",
  );
  await expect(retire(t.pool, new Date("2020-02-01T00:00:00Z"), keep)).rejects.toThrow(
    "has parked event 2",
  );
  expect(kept.size).toBe(0);
  expect(await positions(t)).toHaveLength(8);
});

test("a retirement that fails half way loses nothing, and is carried out by the next", async () => {
  await using t = await openOld();
  const failing: KeepMonth = async (_, lines) => {
    for await (const _line of lines) throw new Error("disk full");
  };
  const end = new Date("2020-02-01T00:00:00Z");
  await expect(retire(t.pool, end, failing)).rejects.toThrow("disk full");
  const careless: KeepMonth = async () => {};
  await expect(retire(t.pool, end, careless)).rejects.toThrow("not all of its events were taken");
  expect((await verify(t.pool)).problems).toEqual([]);
  const { kept, keep } = keeper();
  expect(await retire(t.pool, end, keep)).toMatchObject([{ month: "202001", events: 5 }]);
  expect(kept.get("202001")).toHaveLength(5);
  expect(await retire(t.pool, end, keep)).toEqual([]);
});

test("a month that is not over is never retired", async () => {
  await using t = await openOld();
  const retired = await retire(t.pool, new Date("2100-01-01T00:00:00Z"), keeper().keep);
  expect(retired.map(({ month }) => month)).toEqual(["202001", "202002"]);
  expect(await positions(t)).toEqual([8]);
});
