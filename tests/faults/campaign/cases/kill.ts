import { setTimeout as pause } from "node:timers/promises";
import { awakeMs } from "../awake.ts";
import type { FaultCase, Scale } from "../case.ts";
import { percentile, seconds, spread } from "../figures.ts";
import type { Member } from "../fleet.ts";
import type { Finding } from "../invariants.ts";
import { invariants } from "../invariants.ts";
import type { Held } from "../ledger.ts";
import { allReleased, digestsComeDue, releaseAll, releasedOf, settle, tick } from "../play.ts";
import { between } from "../random.ts";
import { openWorld, type Press, type World } from "../world.ts";

/** The fleet of the promise: three that poll, three that read, two that alert, two that write digests. */
const fullFleet = [
  { roles: "poller", count: 3 },
  { roles: "extractor", count: 3 },
  { roles: "alerts", count: 2 },
  { roles: "digest", count: 2 },
];

/** kill -9 of one process after another, at random moments, each started again at once, while the press goes on. */
export const kill: FaultCase = {
  name: "kill",
  title:
    "kill -9 of one process after another, of three pollers, three extractors, two alert and two digest workers",
  expected: "nothing lost, nothing twice",
  backends: ["postgres", "redis"],
  async run({ backend, scale, ground }) {
    const press = pressOf(scale.items);
    const env = {
      // Many feeds: asked less often, so that the machine has time for the kills.
      NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "2",
      NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "2",
      NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "4",
    };
    await using world = await openWorld(
      { backend, press, crews: fullFleet, readers: 2, env },
      ground,
    );
    const began = performance.now();
    await killOverAndOver(world, scale);
    const killing = performance.now() - began;
    const { kills } = world.fleet;
    ground.say(`${kills} kills; ${releasedOf(world)} items released`);
    await releaseAll(world);
    const settled = await settle(world, { withinSeconds: 900 });
    return {
      done: `${kills} kills in ${(killing / 60_000).toFixed(1)} min, ${releasedOf(world)} items; at rest ${seconds(settled)} after the last`,
      findings: await invariants(world, { mailsTwice: kills }),
    };
  },
};

/** 100 feeds for a hundred thousand items; few of them concern anybody, so that they are cheap. */
function pressOf(items: number): Press {
  const feeds = items >= 10_000 ? 100 : 20;
  const each = Math.round(items / feeds);
  const rate = Math.max(1, Math.round(each / 100));
  return {
    ...{ feeds, items: each, window: Math.max(40, rate * 10), rate, initial: rate },
    ...{ relevant: items >= 10_000 ? 0.02 : 0.15, delay: 50 },
  };
}

async function killOverAndOver(world: World, { kills, minutes }: Scale): Promise<void> {
  const { fleet, random, scene, ground } = world;
  const ticks = Math.ceil(scene.press.items / scene.press.rate);
  const end =
    minutes === undefined ? Number.POSITIVE_INFINITY : performance.now() + minutes * 60_000;
  const began = performance.now();
  const share = () =>
    minutes === undefined ? fleet.kills / kills : (performance.now() - began) / (minutes * 60_000);
  let ticked = 0;
  for (
    let nth = 1;
    performance.now() < end && (minutes !== undefined || fleet.kills < kills);
    nth++
  ) {
    // No more deaths at once than the machine can start processes.
    await fleet.calm(4);
    await pause(between(random, 50, 800));
    await fleet.killOne(random);
    while (ticked < share() * ticks && !allReleased(world)) {
      if (!(await tick(world))) break; // not read far enough: later
      ticked++;
    }
    if (nth % 25 === 0) await digestsComeDue(world);
    if (nth % 50 === 0) ground.say(`${fleet.kills} kills; ${releasedOf(world)} items released`);
  }
}

const pressMs = 700;

/** A press so slow that there is always something in hand. */
const slowPress = (rounds: number): Press => ({
  ...{ feeds: 40, items: 40 + rounds * 2, window: 40, rate: 2, initial: 10 },
  ...{ relevant: 0.15, delay: pressMs },
});

/** kill -9 of everything at once: nobody is left to take over until the first is there again. */
export const killAll: FaultCase = {
  name: "kill-all",
  title: "kill -9 of every process at once, started again at once",
  expected: "no lease of the dead runs on for more than 8 s, nothing lost, nothing twice",
  backends: ["postgres", "redis"],
  async run({ backend, scale, ground }) {
    const press = slowPress(scale.rounds);
    const crews = [
      { roles: "poller,extractor", count: 2 },
      { roles: "alerts,digest", count: 1 },
    ];
    await using world = await openWorld({ backend, press, crews, readers: 2 }, ground);
    const leases: number[] = [];
    const back: number[] = [];
    const abandoned: string[] = [];
    for (let round = 0; round < scale.rounds; round++) {
      await tick(world);
      await digestsComeDue(world);
      await pause(between(world.random, 500, 3_000));
      const found = await killAndWatch(world, world.fleet.members);
      leases.push(...found.leases);
      back.push(...found.back);
      abandoned.push(...found.abandoned);
      ground.say(`round ${round + 1} of ${scale.rounds}: in hand and back ${spread(back)}`);
    }
    await releaseAll(world);
    const settled = await settle(world);
    return {
      done: `${scale.rounds} × ${world.fleet.members.length} processes, ${releasedOf(world)} items; at rest after ${seconds(settled)}`,
      findings: [
        leasesLeft(leases),
        { what: "in hand again, starting included, after", found: spread(back), holds: true },
        takenUp(abandoned),
        ...(await invariants(world, { mailsTwice: world.fleet.kills })),
      ],
    };
  },
};

/** What was in hand when these died: for how long its leases still ran, and when it was in hand again or done. */
export interface Aftermath {
  readonly leases: readonly number[];
  readonly back: readonly number[];
  /** What nobody had taken up after a minute. */
  readonly abandoned: readonly string[];
}

/** When even the longest lease of the dead has ended: one that still runs then is renewed by somebody who lives. */
const ofTheLivingMs = 10_000;

export async function killAndWatch(
  { fleet, ledger }: World,
  victims: readonly Member[],
): Promise<Aftermath> {
  await fleet.kill(victims);
  const died = awakeMs();
  const lost = await ledger.inHand();
  const up = fleet.allUp();
  const back: number[] = [];
  let abandoned: readonly Held[] = lost;
  for (let left = lost.length; abandoned.length > 0 && awakeMs() - died < 60_000; ) {
    await pause(20);
    const still = await ledger.stillLost(lost);
    for (; left > still.length; left--) back.push(awakeMs() - died);
    const ended = awakeMs() - died > ofTheLivingMs;
    abandoned = still.filter(({ left_ms }) => !(ended && left_ms > 0));
  }
  await up;
  return {
    leases: lost.map(({ left_ms }) => left_ms),
    back,
    abandoned: abandoned.map(({ what }) => what),
  };
}

/** However busy the machine is: nothing stays locked for longer by somebody who died. */
export function leasesLeft(leases: readonly number[]): Finding {
  return {
    what: "leases that the dead left behind ran on for",
    found: spread(leases),
    reach: "≤ 8 s",
    holds: leases.length > 0 && Math.max(...leases) <= 8_000,
  };
}

/** What was in hand may not be forgotten by everybody. */
function takenUp(abandoned: readonly string[]): Finding {
  return {
    what: "what nobody took up within a minute",
    found: abandoned.length === 0 ? 0 : abandoned.join(", ").slice(0, 200),
    holds: abandoned.length === 0,
  };
}

/** kill -9 of one process of every kind; its twin lives. */
export const killHalf: FaultCase = {
  name: "kill-half",
  title: "kill -9 of one of two processes of every kind at once",
  expected: "its twin has what it had in hand within 10 s (p95), nothing lost, nothing twice",
  backends: ["postgres", "redis"],
  async run({ backend, scale, ground }) {
    const crews = [
      { roles: "poller,extractor", count: 2 },
      { roles: "alerts,digest", count: 2 },
    ];
    const press = slowPress(scale.rounds);
    await using world = await openWorld({ backend, press, crews, readers: 2 }, ground);
    const leases: number[] = [];
    const back: number[] = [];
    const abandoned: string[] = [];
    for (let round = 0; round < scale.rounds; round++) {
      await tick(world);
      await pause(between(world.random, 500, 3_000));
      const found = await killAndWatch(
        world,
        world.fleet.members.filter((_, nth) => nth % 2 === round % 2),
      );
      leases.push(...found.leases);
      // What is back sooner than that was in the hands of those who live, and simply done.
      back.push(...found.back.filter((ms) => ms > pressMs + 1_500));
      abandoned.push(...found.abandoned);
      ground.say(`round ${round + 1} of ${scale.rounds}: in other hands ${spread(back)}`);
    }
    await releaseAll(world);
    const settled = await settle(world);
    return {
      done: `${world.fleet.kills} kills, ${releasedOf(world)} items; at rest after ${seconds(settled)}`,
      findings: [
        inOtherHands(back),
        leasesLeft(leases),
        takenUp(abandoned),
        ...(await invariants(world, { mailsTwice: world.fleet.kills })),
      ],
    };
  },
};

function inOtherHands(back: readonly number[]): Finding {
  const worst = percentile(back, 0.95);
  return {
    what: "what the dead had in hand was in other hands after",
    found: spread(back),
    reach: "p95 ≤ 10 s",
    holds: worst !== null && worst <= 10_000,
  };
}
