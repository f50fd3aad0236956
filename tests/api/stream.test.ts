import { tail } from "@newsledger/readmodels";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ledger, openLedger } from "../readmodels/coverage.ts";
import { serve } from "./site.ts";

let ledger: Ledger;
beforeAll(async () => {
  ledger = await openLedger();
});
afterAll(() => ledger[Symbol.asyncDispose]());

interface Heard {
  positions: string[];
  /** As a browser keeps it: also moved by an id without data. */
  lastId: string;
}

/** Listens as a browser does until enough was heard or the server ended the stream. */
async function listen(
  url: string,
  lastId: string | null,
  enough: (heard: Heard) => boolean,
  opened: () => void = () => {},
) {
  const left = new AbortController();
  const response = await fetch(url, {
    signal: left.signal,
    headers: lastId === null ? {} : { "Last-Event-ID": lastId },
  });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  opened();
  const heard: Heard = { positions: [], lastId: lastId ?? "" };
  let text = "";
  try {
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString("utf8");
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) {
        const id = /^id: (.*)$/m.exec(message)?.[1];
        if (id !== undefined) heard.lastId = id;
        if (id !== undefined && message.includes("\ndata: ")) heard.positions.push(id);
      }
      if (enough(heard)) break;
    }
  } finally {
    left.abort();
  }
  return heard;
}

const told = (nth: number, topics?: string[]) => ({
  key: `story-${nth}`,
  title: `Story number ${nth} of the Citgo 6`,
  ...(topics && { topics }),
});

const all = async (topic?: string): Promise<string[]> => {
  const positions: string[] = [];
  let after = 0n;
  for (;;) {
    const { items, through } = await tail(ledger.database.db, { after, topic });
    positions.push(...items.map(({ position }) => position));
    if (through === after) return positions;
    after = through;
  }
};

test("whoever listens hears every event once, in order, over hang-ups and restarts, while others write", async () => {
  const writing = (async () => {
    for (let nth = 0; nth < 40; nth += 4)
      await Promise.all([0, 1, 2, 3].map((more) => ledger.tell(told(nth + more))));
    await ledger.caughtUp();
  })();
  const expected = 160;
  const heard: string[] = [];
  let lastId = "0";
  let runs = 0;
  while (heard.length < expected) {
    await using site = await serve(ledger);
    const some = await listen(
      `${site.origin}/v1/events/stream?after=0`,
      lastId,
      ({ positions }) => positions.length >= Math.min(7, expected - heard.length),
    );
    heard.push(...some.positions);
    lastId = some.lastId;
    runs += 1;
  }
  await writing;
  expect(runs).toBeGreaterThan(1);
  expect(heard).toEqual(await all());
});

test("a filtered stream says how far it looked, so that a resume begins there", async () => {
  await using site = await serve(ledger);
  await ledger.tell(told(100, ["us-venezuela"]));
  await ledger.tell(told(101, ["citgo-6"]));
  await ledger.caughtUp();
  const wanted = await all("us-venezuela");
  const last = (await all()).at(-1);
  const url = `${site.origin}/v1/events/stream?after=0&topic=us-venezuela`;
  const heard = await listen(url, null, ({ lastId }) => lastId === last);
  expect(heard.positions).toEqual(wanted);
  expect(wanted.at(-1)).not.toBe(last);
});

test("without a position it begins with what is appended next", async () => {
  await using site = await serve(ledger);
  const before = (await all()).length;
  const standing = Promise.withResolvers<void>();
  const hearing = listen(
    `${site.origin}/v1/events/stream?type=story.opened`,
    null,
    ({ positions }) => positions.length === 1,
    standing.resolve,
  );
  await standing.promise;
  await ledger.tell(told(200));
  const { positions } = await hearing;
  await ledger.caughtUp();
  expect((await all()).slice(before)).toContain(positions[0]);
});

test("two hundred listeners hear the same", async () => {
  await using site = await serve(ledger);
  const from = (await all()).at(-1) ?? "0";
  const hearing = Array.from({ length: 200 }, () =>
    listen(`${site.origin}/v1/events/stream`, from, ({ positions }) => positions.length >= 4),
  );
  await ledger.tell(told(300));
  const heard = await Promise.all(hearing);
  expect(new Set(heard.map(({ positions }) => positions.join()))).toEqual(
    new Set([heard[0]?.positions.join()]),
  );
  expect(heard[0]?.positions).toHaveLength(4);
});

test("a service that stops ends its streams", async () => {
  const site = await serve(ledger);
  const standing = Promise.withResolvers<void>();
  const url = `${site.origin}/v1/events/stream`;
  const hearing = listen(url, "0", () => false, standing.resolve);
  await standing.promise;
  await site[Symbol.asyncDispose]();
  const { positions } = await hearing;
  expect((await all()).slice(0, positions.length)).toEqual(positions);
});

test("a position that is none is refused", async () => {
  await using site = await serve(ledger);
  for (const lastId of ["-1", "abc", "9".repeat(30)]) {
    const response = await site.get("/v1/events/stream", { headers: { "Last-Event-ID": lastId } });
    expect(response.status, lastId).toBe(400);
  }
});
