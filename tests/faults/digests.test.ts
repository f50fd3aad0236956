import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { listIssues } from "@newsledger/digest";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { MailServer } from "../digest/mail-server.ts";
import { Stage } from "../digest/stage.ts";
import { until } from "../harness/newsledger.ts";

/**
 * The whole of it: KILLS=200 DOTS=50 npx vitest run --project integration tests/faults/digests --testTimeout 3600000
 * `DOTS` of the kills come at the moment the mail server has the final dot: before its answer, and right after it.
 */
const kills = Number(process.env.KILLS ?? 8);
const dots = Number(process.env.DOTS ?? 4);
const readers = Math.max(6, Math.round(kills / 4));
const periods = Math.max(2, Math.round(kills / 20));

const random = seeded(11);
const killed = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
};

test(`killed ${kills} times, ${dots} of them at the final dot: each digest is taken once a period, once more only where the answer was lost`, async () => {
  await using stage = await Stage.set();
  await using server = await MailServer.open();
  for (let nth = 0; nth < readers; nth++)
    await stage.subscribe({ email: `r${nth}@example.org`, topics: ["citgo-6"] });
  const start = async (): Promise<ChildProcess> => {
    const child = fork(join(import.meta.dirname, "digest-process.ts"), [
      stage.database.url,
      String(server.port),
    ]);
    await once(child, "message");
    return child;
  };

  let done = 0;
  for (let period = 0; period < periods; period++) {
    await stage.report({ document: `period-${period}` });
    await stage.comeDue();
    const until = Math.round((kills * (period + 1)) / periods);
    for (; done < until; done++) {
      const child = await start();
      if (done % Math.round(kills / dots) === 0) await atTheDot(server, child, random() < 0.5);
      else await pause(random() * 400);
      await killed(child);
    }
    const child = await start();
    await allSent(stage, period + 1);
    await killed(child);
  }
  await expectOnce(stage, server);
}, 3_600_000);

/** Kills the process when the server has the whole mail: before it answers, or just after. Without a mail to come, soon. */
async function atTheDot(server: MailServer, child: ChildProcess, answered: boolean): Promise<void> {
  const dead = new Promise<void>((resolve) => {
    server.onDot = async () => {
      server.onDot = null;
      if (!answered) await killed(child);
      resolve();
    };
  });
  await Promise.race([dead, pause(3_000)]);
  server.onDot = null;
}

/** Every reader has had every period so far: nothing waits, and nothing is due. */
const allSent = (stage: Stage, periodsSoFar: number) =>
  until(
    async () => {
      const { rows } = await sql<{ sent: number; waiting: number }>`
        select count(*) filter (where state = 'sent')::int as sent,
          count(*) filter (where state in ('planned', 'unknown'))::int as waiting
        from newsledger.issues`.execute(stage.db);
      await stage.hurryWork();
      return rows[0];
    },
    (counts) => counts?.waiting === 0 && counts.sent >= readers * periodsSoFar,
    { everyMs: 200, seconds: 120 },
  );

async function expectOnce(stage: Stage, server: MailServer): Promise<void> {
  const issues = await listIssues(stage.db, { limit: 100_000 });
  const sent = issues.filter(({ state }) => state === "sent");
  expect(sent).toHaveLength(readers * periods);
  const events = await stage.events("digest.sent");
  expect(new Set(events.map(({ issueId }) => issueId)).size).toBe(events.length);
  expect(events).toHaveLength(readers * periods);

  // What the server took: by Message-ID one mail, the same bytes each time.
  const byId = Map.groupBy(server.kept, ({ mail }) => mail.messageId ?? "");
  const { rows: strays } = await sql`
    select message_id, state, reason, attempts from newsledger.issues
    where message_id = any(${[...byId.keys()]}) and state <> 'sent'`.execute(stage.db);
  expect(strays).toEqual([]);
  expect(byId.size).toBe(readers * periods);
  for (const copies of byId.values()) expect(new Set(copies.map(({ raw }) => raw)).size).toBe(1);
  const twice = server.kept.length - byId.size;
  // Two mails are under way at a time: no kill can cost more answers than that.
  expect(twice).toBeLessThanOrEqual(kills * 2);
  console.log(
    `${kills} kills (${dots} at the dot): ${readers * periods} digests, each taken; ${twice} once more under the same Message-ID, where the answer was lost`,
  );

  // Every reader was told every period, in exactly one mail.
  for (let nth = 0; nth < readers; nth++)
    for (let period = 0; period < periods; period++) {
      const telling = server.kept.filter(
        ({ mail }) =>
          [mail.to].flat()[0]?.text === `r${nth}@example.org` &&
          mail.text?.includes(`About period-${period} [New]`),
      );
      expect(new Set(telling.map(({ mail }) => mail.messageId)).size).toBe(1);
    }
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
