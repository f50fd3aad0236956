import { openPool } from "@newsledger/host";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";

const pool = openPool(inject("postgresUrl"), { max: 1 });
afterAll(() => pool.end());

test("a question is answered as a promise, with or without values, and by callback", async () => {
  const client = await pool.connect();
  try {
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    expect((await client.query("select $1::int as n", [2])).rows).toEqual([{ n: 2 }]);
    expect((await client.query({ text: "select 3 as n" })).rows).toEqual([{ n: 3 }]);
    const called = new Promise((resolve, reject) => {
      void client.query("select 4 as n", (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
    expect(await called).toMatchObject({ rows: [{ n: 4 }] });
    const withValues = new Promise((resolve, reject) => {
      void client.query("select $1::int as n", [5], (error, result) =>
        error ? reject(error) : resolve(result),
      );
    });
    expect(await withValues).toMatchObject({ rows: [{ n: 5 }] });
  } finally {
    client.release();
  }
});

test("a refused question says where it was asked", async () => {
  const ask = async () => {
    const client = await pool.connect();
    try {
      return await client.query("select * from nowhere_at_all");
    } finally {
      client.release();
    }
  };
  const error = await ask().catch((reason) => reason);
  expect(error).toMatchObject({ code: "42P01" });
  expect(error.stack).toContain("client.test.ts");
});

test("what brings its own way of answering keeps it", async () => {
  const client = await pool.connect();
  try {
    const own = new pg.Query("select 6 as n");
    const rows: unknown[] = [];
    own.on("row", (row) => rows.push(row));
    const ended = new Promise((resolve) => own.on("end", resolve));
    expect(client.query(own)).toBe(own);
    await ended;
    expect(rows).toEqual([{ n: 6 }]);
  } finally {
    client.release();
  }
});
