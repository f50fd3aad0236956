import { setTimeout as pause } from "node:timers/promises";
import { until } from "../../../harness/newsledger.ts";
import { type FaultCase, type Setting, smallFleet, smallPress } from "../case.ts";
import { percentile, seconds } from "../figures.ts";
import { type Finding, invariants } from "../invariants.ts";
import { digestsComeDue, hurry, releaseAll, releasedOf, settle, tick } from "../play.ts";
import { hookOf, openWorld, type World } from "../world.ts";

const both = ["postgres", "redis"] as const;

const open = (
  { backend, ground }: Setting,
  readers = 3,
  hookTroubles: readonly string[] = [],
): Promise<World> =>
  openWorld({ backend, press: smallPress, crews: smallFleet, readers, hookTroubles }, ground);

/** Releases what is left and waits for rest, as if the time passed that lies between two tries. */
async function settleInAHurry(world: World): Promise<void> {
  const stop = new AbortController();
  const hurrying = (async () => {
    while (!stop.signal.aborted) {
      await hurry(world).catch(() => {});
      await pause(1_000, undefined, { signal: stop.signal }).catch(() => {});
    }
  })();
  try {
    await releaseAll(world);
    await settle(world);
  } finally {
    stop.abort();
    await hurrying;
  }
}

/** Of what a mail server can do, everything that passes. */
const mailTroubles = [
  "temp-connect",
  "temp-mail",
  "temp-rcpt",
  "temp-data",
  "drop-connect",
  "drop-data",
  "acklost",
  "greylist",
];

export const smtp: FaultCase = {
  name: "smtp",
  title: `the mail server in trouble: ${mailTroubles.join(", ")}; four tries each`,
  expected: "every digest arrives, once; again only after a lost answer, under the same Message-ID",
  backends: both,
  async run(setting) {
    await using world = await open(setting);
    for (const trouble of mailTroubles) {
      await tick(world);
      await pause(3_000); // something to tell
      await fetch(`${world.mail.url}/mode?m=${trouble}&count=4`, { method: "POST" });
      await digestsComeDue(world);
      await until(
        async () => {
          await hurry(world);
          return world.ledger.unrest();
        },
        ({ issues, digests }) => issues === 0 && digests === 0,
        { seconds: 120, everyMs: 1_000 },
      );
      setting.ground.say(trouble);
    }
    await settleInAHurry(world);
    const { acklost } = world.mail.summary();
    return {
      done: `${mailTroubles.length} troubles, ${world.mail.st.mail.length} mails offered`,
      findings: [
        { what: "answers lost", found: acklost, holds: acklost > 0 },
        ...(await invariants(world, { mailsTwice: acklost })),
      ],
    };
  },
};

/** Of what a receiver can do, everything that passes. */
const hookTroubles = ["500", "429", "reset", "acklost", "random", "redirect", "infinite"];

export const webhook: FaultCase = {
  name: "webhook",
  title: `receivers of webhooks in trouble, one each: ${hookTroubles.join(", ")}; three attempts each`,
  expected: "every message arrives, under one id and with the same bytes",
  backends: both,
  async run(setting) {
    await using world = await open(setting, 0, hookTroubles);
    for (const _ of hookTroubles) {
      await tick(world);
      await pause(3_000);
      await hurry(world);
    }
    await settleInAHurry(world);
    const { rec } = world.hooks.st;
    const met = hookTroubles.filter((trouble) => rec.some(({ path }) => path === hookOf(trouble)));
    return {
      done: `${hookTroubles.length} receivers in trouble, ${rec.length} attempts`,
      findings: [
        {
          what: "troubles that a message met",
          found: met.length,
          reach: `${hookTroubles.length}`,
          holds: met.length === hookTroubles.length,
        },
        ...(await invariants(world)),
      ],
    };
  },
};

/** A host that takes every connection and answers nothing, beside healthy ones. */
export const oneDead: FaultCase = {
  name: "one-dead",
  title:
    "a quarter of the feeds hang, measured in turns with none that does (receivers of webhooks: tests/bench/webhooks.ts)",
  expected: "the others' p95 grows by less than a tenth",
  backends: both,
  async run(setting) {
    await using world = await open(setting, 0);
    const { scene, ground } = world;
    const dead = Array.from({ length: scene.press.feeds / 4 }, (_, n) => n * 4);
    const times: Record<"good" | "bad", number[]> = { good: [], bad: [] };
    const turns = setting.scale.form === "full" ? 8 : 4;
    for (let turn = 0; turn < turns; turn++) {
      const bad = turn % 2 === 1;
      for (const feed of dead) await trouble(world, feed, bad ? "hang" : "ok");
      await pause(4_000);
      times[bad ? "bad" : "good"].push(...(await ageWhenSeen(world, dead)));
      ground.say(`turn ${turn + 1} of ${turns}`);
    }
    for (const feed of dead) await trouble(world, feed, "ok");
    await settleInAHurry(world);
    return {
      done: `${turns} turns, ${releasedOf(world)} items`,
      findings: [
        ratio("an item released until it is in the ledger", times.good, times.bad),
        ...(await invariants(world)),
      ],
    };
  },
};

const trouble = ({ feeds }: World, feed: number, mode: string, count = 1_000_000) =>
  fetch(`${feeds.origin}/admin/mode?feed=${feed}&mode=${mode}&count=${count}`, { method: "POST" });

/** Releases items, and answers how old those of the healthy feeds were when they came into the ledger. */
async function ageWhenSeen(world: World, dead: readonly number[]): Promise<number[]> {
  const { feeds, ledger, scene } = world;
  const [row] = await ledger.rows<{ now: Date }>("select now()");
  await feeds.tick();
  world.released += scene.press.rate;
  const healthy = scene.press.feeds - dead.length;
  const deadPaths = dead.map((feed) => `${feeds.origin}/articles/${feed}/%`);
  const rows = await until(
    () =>
      ledger.rows<{ ms: number }>(
        `select extract(epoch from recorded_at - $1) * 1000 as ms from newsledger.events
         where type = 'item.seen' and recorded_at > $1 and not data->>'url' like any($2)`,
        [row?.now, deadPaths],
      ),
    (found) => found.length >= healthy * scene.press.rate,
    { seconds: 60 },
  );
  return rows.map(({ ms }) => Number(ms));
}

function ratio(what: string, good: readonly number[], bad: readonly number[]): Finding {
  const [before, after] = [percentile(good, 0.95), percentile(bad, 0.95)];
  const grown = before !== null && after !== null ? after / before : null;
  return {
    what: `p95 of ${what}`,
    found:
      grown === null
        ? "not measured"
        : `× ${grown.toFixed(2)} (${seconds(before)} → ${seconds(after)}; ${good.length} and ${bad.length})`,
    reach: "< × 1.1",
    holds: grown !== null && grown < 1.1,
  };
}

/** Feeds that answer with errors, garbage, half of themselves or not at all, three times in ten. */
export const press: FaultCase = {
  name: "press",
  title:
    "feeds answer 500, 503, 429, with nothing, half, garbage, HTML, or break off: one fault after another on every feed",
  expected: "nothing lost, nothing twice, nothing made of garbage",
  backends: both,
  async run(setting) {
    await using world = await open(setting, 0);
    const { scene, ground } = world;
    const faults = ["500", "503", "429", "reset", "truncate", "empty", "html", "garbage"];
    for (const fault of faults) {
      for (let feed = 0; feed < scene.press.feeds; feed++) await trouble(world, feed, fault, 2);
      await tick(world);
      await pause(3_000);
      ground.say(fault);
    }
    await settleInAHurry(world);
    const spurious = await world.ledger.number(
      "select count(*) as n from newsledger.events where type in ('item.withdrawn', 'item.revised')",
    );
    return {
      done: `${faults.length} faults on ${scene.press.feeds} feeds, ${releasedOf(world)} items`,
      findings: [
        {
          what: "items withdrawn or revised by a broken answer",
          found: spurious,
          holds: spurious === 0,
        },
        ...(await invariants(world)),
      ],
    };
  },
};

/** Work that can never be done, beside work that can. */
export const poison: FaultCase = {
  name: "poison",
  title:
    "work that fails at every try, and a hostile feed (NUL, a link of a megabyte, a huge title) beside good ones",
  expected: "bounded tries, then put aside with its reason; everything else is done",
  backends: both,
  async run(setting) {
    await using world = await open(setting, 0);
    const { desk, feeds, ledger } = world;
    for (const name of ["nul-char", "long-link", "huge-title", "proto-elements", "xss"])
      await desk.run("feeds", "add", `${feeds.origin}/hostile/${name}`);
    const planted = 20;
    await ledger.rows(
      `insert into newsledger.work (job, key, data)
       select 'extract-item', 'poison ' || n,
         case when n % 2 = 0 then '{"nonsense": true}'
           else jsonb_build_object('itemId', 'no-such-item-' || n, 'contentHash', repeat('0', 64)) end
       from generate_series(1, $1::int) as n`,
      [planted],
    );
    await settleInAHurry(world);
    const [row] = await ledger.rows<{ aside: number; most: number; silent: number }>(
      `select count(*)::int as aside, max(starts) as most,
         count(*) filter (where last_error is null)::int as silent
       from newsledger.work where key like 'poison %' and state = 'quarantined'`,
    );
    return {
      done: `${planted} poisoned pieces of work, five hostile feeds, ${releasedOf(world)} items`,
      findings: [
        {
          what: "poisoned work put aside",
          found: row?.aside ?? 0,
          reach: `${planted}`,
          holds: row?.aside === planted,
        },
        {
          what: "tries at most",
          found: row?.most ?? 0,
          reach: "≤ 5",
          holds: (row?.most ?? 99) <= 5,
        },
        { what: "put aside without a reason", found: row?.silent ?? 0, holds: row?.silent === 0 },
        ...(await invariants(world, { quarantined: planted })),
      ],
    };
  },
};
