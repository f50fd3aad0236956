import { migrations as logMigrations, migrate } from "@newsledger/eventlog";
import { migrations } from "@newsledger/readmodels";
import pg from "pg";
import { expect, test } from "vitest";
import { createTestDatabase } from "../harness/database.ts";

const isOurs = ({ id }: { id: string }) => id === "readmodels-002-marks-of-years";
const before = migrations.slice(0, migrations.findIndex(isOurs));

/** Published at the very start and end of a day, for whoever looks at it in another time zone. */
const published = ["2021-01-01T00:30:00Z", "2020-12-31T23:30:00Z", "2024-08-15T12:00:00Z"];

test("words of an earlier version get the marks of quarters and years, in any time zone", async () => {
  await using database = await createTestDatabase([...logMigrations, ...before]);
  const { pool } = database;
  await pool.query(
    `insert into newsledger.words (position, words)
     select nth, newsledger.rm_words('en', 'House arrest number ' || nth, 'A judge said') || newsledger.rm_marks(at)
     from unnest($1::timestamptz[]) with ordinality as t (at, nth)`,
    [published],
  );
  await pool.query("create index words_words on newsledger.words using gin (words)");
  await pool.query("grant select on newsledger.words to public");
  const found = async (query: string): Promise<number[]> => {
    const { rows } = await pool.query(
      "select position::int from newsledger.words where words @@ $1::tsquery order by 1",
      [query],
    );
    return rows.map(({ position }) => position);
  };
  expect(await found("'Y2020'")).toEqual([]);

  const elsewhere = new pg.Pool({
    connectionString: database.url,
    options: "-c timezone=Pacific/Kiritimati",
  });
  await migrate(elsewhere, [...logMigrations, ...migrations]);
  await elsewhere.end();

  expect(await found("'Y2020'")).toEqual([2]);
  expect(await found("'Q2021-1' | 'Q2020-4'")).toEqual([1, 2]);
  expect(await found("'Q2024-3' & 'Y2024' & 'M2024-08' & 'D2024-08-15'")).toEqual([3]);
  expect(await found("'hous' <-> 'arrest'")).toEqual([1, 2, 3]);
  const { rows } = await pool.query(`
    select to_regclass('newsledger.words_words')::text as index, to_regclass('newsledger.words_before') as left_over,
      has_table_privilege('public', 'newsledger.words', 'select') as readable`);
  expect(rows).toEqual([{ index: "newsledger.words_words", left_over: null, readable: true }]);
});
