import { setTimeout as pause } from "node:timers/promises";
import type { FaultCase, Outcome, Setting } from "../case.ts";
import { seconds } from "../figures.ts";
import { invariants } from "../invariants.ts";
import { digestsComeDue, flowing, releaseAll, releasedOf, settle, tick } from "../play.ts";
import { between } from "../random.ts";
import { openWorld, type Press } from "../world.ts";
import { killAndWatch, leasesLeft } from "./kill.ts";
import { wipeQueue } from "./queue.ts";

const press: Press = {
  ...{ feeds: 20, items: 30, window: 30, rate: 3, initial: 6 },
  ...{ relevant: 0.15, delay: 200 },
};

const crews = [
  { roles: "poller,extractor", count: 2 },
  { roles: "alerts,digest", count: 1 },
];

export interface Medley extends Outcome {
  /** One hash over the ids of all facts: the same wherever the queue is, and whatever was done. */
  readonly ids: string;
}

/** Some of everything in one run: short enough for every change. */
export async function runMedley({ backend, scale, ground }: Setting): Promise<Medley> {
  await using world = await openWorld({ backend, press, crews, readers: 2 }, ground);
  const { fleet, random, ledger, redis } = world;
  const leases: number[] = [];
  const rounds = Math.max(1, Math.round(scale.kills / 8));
  for (let round = 0; round < rounds; round++) {
    const [sleeper] = fleet.members;
    sleeper?.signal("SIGSTOP"); // for longer than its leases, while the others die
    for (let nth = 0; nth < 3; nth++) {
      await tick(world);
      await pause(between(random, 200, 2_000));
      await fleet.killOne(random, fleet.members.slice(1));
      await fleet.calm(0);
    }
    await wipeQueue(world);
    await flowing(world);
    await digestsComeDue(world);
    if (redis) {
      await redis.kill();
      await redis.start();
    } else {
      await ground.postgres.kill();
      await ground.postgres.start();
    }
    await flowing(world);
    sleeper?.signal("SIGCONT");
    await tick(world);
    await pause(between(random, 500, 1_500));
    leases.push(...(await killAndWatch(world, fleet.members)).leases);
  }
  await releaseAll(world);
  const settled = await settle(world);
  // In the middle of it there may have been nothing to tell yet.
  await digestsComeDue(world);
  await settle(world);
  return {
    done: `${fleet.kills} kills, ${rounds} × queue wiped, server killed, a process asleep; ${releasedOf(world)} items; at rest after ${seconds(settled)}`,
    findings: [leasesLeft(leases), ...(await invariants(world, { mailsTwice: fleet.kills }))],
    ids: await ledger.idsOfFacts(),
  };
}

export const medley: FaultCase = {
  name: "medley",
  title:
    "some of everything in one run: kills, a process asleep for longer than its leases, the queue wiped, its server killed",
  expected: "nothing lost, nothing twice; no lease of the dead runs on for more than 8 s",
  backends: ["postgres", "redis"],
  run: runMedley,
};
