import { percentile, seconds, spread } from "./figures.ts";
import { type Allowed, type Finding, invariants } from "./invariants.ts";
import { firstEffect, flowing, releaseAll, releasedOf, settle, tick } from "./play.ts";
import {
  type Backend,
  type Ground,
  openWorld,
  type Press,
  type Scene,
  type World,
} from "./world.ts";

/** How much of it is done. */
export interface Scale {
  readonly form: "smoke" | "full";
  /** Of the case that kills one process after another. */
  readonly kills: number;
  readonly items: number;
  /** Kills for so long instead, however many that are. */
  readonly minutes?: number | undefined;
  /** How often every other fault is repeated. */
  readonly rounds: number;
}

export interface Setting {
  readonly backend: Backend;
  readonly scale: Scale;
  readonly ground: Ground;
}

/** What was done and what came of it. */
export interface Outcome {
  readonly done: string;
  readonly findings: readonly Finding[];
}

export interface FaultCase {
  readonly name: string;
  readonly title: string;
  readonly expected: string;
  readonly backends: readonly Backend[];
  run(setting: Setting): Promise<Outcome>;
}

/** It cannot be done on this machine; the report says so, and why. */
export class NotHere extends Error {
  override name = "NotHere";
}

/** A press small enough that most of the time goes into the fault: 20 feeds of 60 items. */
export const smallPress: Press = {
  ...{ feeds: 20, items: 60, window: 40, rate: 4, initial: 12 },
  ...{ relevant: 0.15, delay: 100 },
};

/** Two of each, all on one machine. */
export const smallFleet = [
  { roles: "poller,extractor", count: 2 },
  { roles: "alerts,digest", count: 2 },
];

export interface Disturbance {
  readonly scene?: Partial<Scene>;
  readonly rounds: number;
  readonly allowed?: Allowed;
  /** From the end of the fault to the first work that is brought to an end: p95 at most this. */
  readonly reachMs: number;
  /** Does it, and ends it: resolves when the work could go on. */
  fault(world: World, round: number): Promise<void>;
}

/** The same fault over and over while the press goes on; then everything must be there. */
export async function disturb(setting: Setting, disturbance: Disturbance): Promise<Outcome> {
  const { rounds, fault, allowed, scene, reachMs } = disturbance;
  const { backend, ground } = setting;
  await using world = await openWorld(
    { backend, press: smallPress, crews: smallFleet, ...scene },
    ground,
  );
  const effects: (number | null)[] = [];
  for (let round = 0; round < rounds; round++) {
    await tick(world);
    await flowing(world);
    await fault(world, round);
    const before = await world.ledger.progress();
    effects.push(await firstEffect(world, before));
    ground.say(
      `round ${round + 1} of ${rounds}: first effect after ${seconds(effects.at(-1) ?? null)}`,
    );
  }
  await releaseAll(world);
  const settled = await settle(world);
  return {
    done: `${rounds} × over ${releasedOf(world)} items; at rest after ${seconds(settled)}`,
    findings: [firstEffects(effects, reachMs), ...(await invariants(world, allowed))],
  };
}

export function firstEffects(effects: readonly (number | null)[], reachMs: number): Finding {
  const known = effects.filter((ms) => ms !== null);
  const worst = percentile(known, 0.95);
  return {
    what: "first effect after the fault",
    found: known.length < effects.length ? "none within 60 s" : spread(known),
    reach: `p95 ≤ ${seconds(reachMs)}`,
    holds: known.length === effects.length && worst !== null && worst <= reachMs,
  };
}
