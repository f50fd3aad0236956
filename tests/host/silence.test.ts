import { openPool } from "@newsledger/host";
import { expect, inject, test } from "vitest";
import { createProxy } from "../tools/tcp-proxy.mjs";

test("a question whose answer was lost on the way is given up, and the next one gets a connection that works", async () => {
  const direct = new URL(inject("postgresUrl"));
  const proxy = await createProxy({ to: Number(direct.port) });
  const url = new URL(direct);
  url.port = String(proxy.cfg.listen);
  const pool = openPool(url.href, { max: 1, silenceSeconds: 1 });
  try {
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    proxy.set({ mode: "halfopen" });
    const lost = pool.query("select 2 as two");
    await expect(lost).rejects.toMatchObject({
      code: "ETIMEDOUT",
      message: expect.stringMatching("nothing for 1 s"),
    });
    proxy.set({ mode: "ok" }); // the old connections stay as they are
    expect((await pool.query("select 3 as three")).rows).toEqual([{ three: 3 }]);
    // One that answers in time is not disturbed, however often it is asked.
    expect((await pool.query("select 4 as four from pg_sleep(0.7)")).rows).toEqual([{ four: 4 }]);
    expect((await pool.query("select 5 as five from pg_sleep(0.7)")).rows).toEqual([{ five: 5 }]);
  } finally {
    await pool.end();
    proxy.close();
  }
});
