import { setTimeout as pause } from "node:timers/promises";
import { awakeMs } from "../awake.ts";
import { disturb, type FaultCase, smallFleet, smallPress } from "../case.ts";
import { spread } from "../figures.ts";
import { invariants } from "../invariants.ts";
import { flowing, releaseAll, releasedOf, settle, tick } from "../play.ts";
import { preloaded } from "../preload/options.ts";
import { oneOf } from "../random.ts";
import { openWorld, type World } from "../world.ts";

const both = ["postgres", "redis"] as const;

/** Longer than any lease: what it had in hand is in other hands when it wakes. */
const asleepMs = 14_000;

/** Stopped in the middle of its work, taken for dead, and then it goes on where it was. */
export const zombie: FaultCase = {
  name: "zombie",
  title:
    "one process of each kind stopped (SIGSTOP) for longer than its leases, then woken (SIGCONT)",
  expected: "others do its work; what it still writes is refused: nothing twice",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      scene: { press: { ...smallPress, delay: 400 }, readers: 2 },
      rounds: Math.min(setting.scale.rounds, 10),
      reachMs: 2_000,
      allowed: { mailsTwice: setting.scale.rounds * 2 },
      async fault(world) {
        const sleepers = [
          oneOf(world.random, world.fleet.of("poller")),
          oneOf(world.random, world.fleet.of("alerts")),
        ];
        for (const sleeper of sleepers) sleeper.signal("SIGSTOP");
        await pause(asleepMs);
        for (const sleeper of sleepers) sleeper.signal("SIGCONT");
      },
    }),
};

/** As above, but the process is not stopped: it computes, and lets nothing else happen. */
export const blocked: FaultCase = {
  name: "blocked",
  title: "the event loop of one process of each kind blocked for longer than its leases",
  expected: "others do its work; what it still writes is refused: nothing twice",
  backends: both,
  run: (setting) =>
    disturb(setting, {
      scene: {
        press: { ...smallPress, delay: 400 },
        readers: 2,
        env: preloaded("block", { FAULT_BLOCK_MS: String(asleepMs) }),
      },
      rounds: Math.min(setting.scale.rounds, 5),
      reachMs: 2_000,
      allowed: { mailsTwice: setting.scale.rounds * 2 },
      async fault(world) {
        oneOf(world.random, world.fleet.of("poller")).signal("SIGUSR2");
        oneOf(world.random, world.fleet.of("alerts")).signal("SIGUSR2");
        await pause(asleepMs);
      },
    }),
};

const hour = 3_600_000;

/** Postgres' clock decides; a machine with a wrong one changes nothing. */
export const clock: FaultCase = {
  name: "clock",
  title:
    "of four processes, one is an hour fast, one ten seconds fast, one ten seconds slow; one is killed now and then",
  expected: "Postgres' clock decides: nothing lost, nothing twice, nothing told early",
  backends: both,
  async run({ backend, scale, ground }) {
    const crews = [{ roles: "poller,extractor,alerts,digest", count: 1 }];
    await using world = await openWorld({ backend, press: smallPress, crews, readers: 2 }, ground);
    for (const ms of [hour, 10_000, -10_000])
      await world.fleet.add(
        crews,
        preloaded("clock", { ...world.env, FAULT_CLOCK_MS: String(ms) }),
      );
    for (let round = 0; round < scale.rounds; round++) {
      await tick(world);
      await flowing(world);
      await world.fleet.killOne(world.random);
      await pause(500 + world.random() * 2_000);
      await world.fleet.calm(0);
    }
    await releaseAll(world);
    await settle(world);
    const early = await world.ledger.number(
      "select count(*) as n from newsledger.events where recorded_at > now()",
    );
    return {
      done: `${scale.rounds} kills over ${releasedOf(world)} items`,
      findings: [
        { what: "events from the future", found: early, holds: early === 0 },
        ...(await invariants(world, { mailsTwice: scale.rounds * 2 })),
      ],
    };
  },
};

/** Everybody is replaced, one after another, as an update does it. */
export const rolling: FaultCase = {
  name: "rolling",
  title: "every process ended (SIGTERM) and started again, one after another, under load",
  expected: "each ends in good order within 25 s; nothing lost, nothing twice",
  backends: both,
  async run({ backend, scale, ground }) {
    await using world = await openWorld(
      { backend, press: { ...smallPress, delay: 400 }, crews: smallFleet, readers: 2 },
      ground,
    );
    const took: number[] = [];
    const codes: (number | null)[] = [];
    for (let round = 0; round < scale.rounds; round++) {
      await tick(world);
      await flowing(world);
      for (const member of world.fleet.members) {
        const began = awakeMs();
        codes.push(await member.stop());
        took.push(awakeMs() - began);
        await member.up();
      }
      ground.say(`round ${round + 1} of ${scale.rounds}: ended ${spread(took)}`);
    }
    await releaseAll(world);
    await settle(world);
    const bad = codes.filter((code) => code !== 0).length;
    const late = took.filter((ms) => ms > 25_000).length;
    return {
      done: `${took.length} processes replaced over ${releasedOf(world)} items`,
      findings: [
        { what: "ended", found: spread(took), reach: "≤ 25 s", holds: late === 0 },
        { what: "ended otherwise than in good order", found: bad, holds: bad === 0 },
        ...(await invariants(world)),
      ],
    };
  },
};

/** More of everything than anybody needs: each feed is still asked once an interval. */
export const duplicates: FaultCase = {
  name: "duplicates",
  title: "three processes that do everything, side by side, undisturbed",
  expected: "one request per feed and interval; nothing twice",
  backends: both,
  async run({ backend, scale, ground }) {
    const crews = [{ roles: "poller,extractor,alerts,digest", count: 3 }];
    await using world = await openWorld({ backend, press: smallPress, crews, readers: 2 }, ground);
    for (let round = 0; round < scale.rounds; round++) {
      await tick(world);
      await pause(1_000);
    }
    await releaseAll(world);
    await settle(world);
    const { asked, recorded, shortestGapMs } = await requests(world);
    return {
      done: `${releasedOf(world)} items`,
      findings: [
        {
          what: "requests that no poll recorded",
          found: asked - recorded,
          holds: asked === recorded,
        },
        // Intervals are one second, spread by some: two polls at once would have no gap at all.
        {
          what: "shortest gap between two requests for a feed",
          found: `${Math.round(shortestGapMs)} ms`,
          reach: "≥ 500 ms",
          holds: shortestGapMs >= 500,
        },
        ...(await invariants(world)),
      ],
    };
  },
};

async function requests({ fleet, feeds, ledger }: World) {
  for (const member of fleet.members) await member.stop(); // so that nothing is under way
  const answer = await fetch(`${feeds.origin}/admin/requests`);
  const { paths } = (await answer.json()) as {
    paths: Record<string, { n: number; minGapMs: number | null }>;
  };
  const ours = Object.entries(paths).filter(([path]) => path.startsWith("/feeds/"));
  return {
    asked: ours.reduce((all, [, { n }]) => all + n, 0),
    recorded: await ledger.number("select sum(polls) as n from newsledger.feeds"),
    shortestGapMs: Math.min(
      ...ours.map(([, { minGapMs }]) => minGapMs ?? Number.POSITIVE_INFINITY),
    ),
  };
}
