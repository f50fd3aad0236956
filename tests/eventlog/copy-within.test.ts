import { CopyCursor, copyWithin, migrations } from "@newsledger/eventlog";
import { Kysely, PostgresDialect, sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../harness/database.ts";

let database: TestDatabase;
let db: Kysely<unknown>;
beforeAll(async () => {
  database = await createTestDatabase(migrations);
  db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: database.pool, cursor: CopyCursor }),
  });
  await sql`create table public.numbers (n int primary key)`.execute(db);
});
afterAll(() => database[Symbol.asyncDispose]());

const numbers = async () =>
  (await sql<{ n: number }>`select n from public.numbers order by n`.execute(db)).rows.map(
    ({ n }) => n,
  );
const copy = "copy public.numbers from stdin";

test("rows are copied with the transaction, in their turn", async () => {
  await db.transaction().execute(async (trx) => {
    await sql`insert into public.numbers values (1)`.execute(trx);
    const copied = copyWithin(trx, copy, Buffer.from("2\n3\n"));
    const counted = sql<{ n: string }>`select count(*) as n from public.numbers`.execute(trx);
    await copied;
    expect((await counted).rows).toEqual([{ n: "3" }]);
  });
  expect(await numbers()).toEqual([1, 2, 3]);
});

test("what is rolled back was never copied", async () => {
  const change = new Error("another mind");
  const refused = db.transaction().execute(async (trx) => {
    await copyWithin(trx, copy, Buffer.from("4\n"));
    throw change;
  });
  await expect(refused).rejects.toBe(change);
  expect(await numbers()).toEqual([1, 2, 3]);
});

test.each([
  ["a row that is there already", copy, "1\n", /numbers_pkey/],
  ["a row that is none", copy, "one\n", /integer/],
  ["a table that is not there", "copy public.nothing from stdin", "1\n", /public.nothing/],
])("%s is refused, and the connection serves the next", async (_, statement, bytes, message) => {
  const refused = db.transaction().execute((trx) => copyWithin(trx, statement, Buffer.from(bytes)));
  await expect(refused).rejects.toThrow(message);
  expect(await numbers()).toEqual([1, 2, 3]);
  await db.transaction().execute((trx) => copyWithin(trx, copy, Buffer.from("")));
});

test("only bytes can be copied", async () => {
  const wrong = db.transaction().execute((trx) => copyWithin(trx, copy, "1" as unknown as Buffer));
  await expect(wrong).rejects.toThrow("copy: its one parameter is what it copies");
});
