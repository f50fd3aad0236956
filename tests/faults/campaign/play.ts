import { setTimeout as pause } from "node:timers/promises";
import { awakeMs } from "./awake.ts";
import type { World } from "./world.ts";

/** Items that the press has released in all. */
export const releasedOf = ({ scene, released }: World): number => scene.press.feeds * released;

export const allReleased = ({ scene, released }: World): boolean => released >= scene.press.items;

/**
 * Releases the next items, unless that would push one out of a feed's window which nobody has read yet: what no reader
 * could have seen is no loss. Answers whether it did.
 */
export async function tick(world: World): Promise<boolean> {
  const { scene, feeds, ledger } = world;
  const { items, rate, window } = scene.press;
  if (allReleased(world)) return false;
  const next = Math.min(items, world.released + rate);
  const seen = await ledger.seenByFeed();
  const ofThePress = `${feeds.origin}/feeds/`; // a hostile feed beside them has items of its own
  const slowest = Math.min(
    ...[...seen].filter(([url]) => url.startsWith(ofThePress)).map(([, count]) => count),
  );
  if (slowest < next - window) return false;
  await feeds.tick();
  world.released = next;
  return true;
}

/** Releases whatever is left, as fast as it is read. */
export async function releaseAll(world: World, { patienceSeconds = 300 } = {}): Promise<void> {
  let lastTick = awakeMs();
  while (!allReleased(world)) {
    if (await tick(world)) lastTick = awakeMs();
    else if (awakeMs() - lastTick > patienceSeconds * 1000)
      throw new Error(`what was released is not read: ${releasedOf(world)} items so far`);
    else await pause(100);
  }
}

/** Waits until every released item is in the ledger and nothing is left to do; how long that took. */
export async function settle(world: World, { withinSeconds = 300 } = {}): Promise<number> {
  const { fleet, ledger } = world;
  const began = awakeMs();
  await fleet.allUp();
  for (;;) {
    const left = { missing: releasedOf(world) - (await seen(world)), ...(await ledger.unrest()) };
    if (Object.values(left).every((count) => count <= 0)) break;
    if (awakeMs() - began > withinSeconds * 1000)
      throw new Error(`not at rest after ${withinSeconds} s: ${JSON.stringify(left)}`);
    await pause(500);
  }
  return awakeMs() - began;
}

const seen = ({ feeds, ledger }: World): Promise<number> =>
  ledger.number(
    "select count(*) as n from newsledger.events where type = 'item.seen' and data->>'url' like $1",
    [`${feeds.origin}/articles/%`],
  );

/** As if the time had passed: what waits for its next try is due now. */
export async function hurry({ ledger }: World): Promise<void> {
  await ledger.rows("update newsledger.work set next_attempt_at = now() where state = 'due'");
  await ledger.rows(
    "update newsledger.deliveries set next_attempt_at = now() where state = 'planned'",
  );
  await ledger.rows(
    "update newsledger.feeds set next_poll_at = now() where next_poll_at > now() + interval '2 seconds'",
  );
}

/** As if it were seven in the morning: every reader's digest is due. */
export async function digestsComeDue({ ledger }: World): Promise<void> {
  await ledger.rows(
    "update newsledger.subscriptions set next_due_at = now() - interval '1 minute'",
  );
}

/** How long until something is brought to an end again, counted from now; null when nothing is within the time. */
export async function firstEffect(
  { ledger }: World,
  before: number,
  withinMs = 60_000,
): Promise<number | null> {
  const began = awakeMs();
  while (awakeMs() - began < withinMs) {
    const now = await ledger.progress().catch(() => before);
    if (now > before) return awakeMs() - began;
    await pause(20);
  }
  return null;
}

/** Waits until work flows: a fault at rest proves nothing. */
export async function flowing(world: World): Promise<void> {
  const before = await world.ledger.progress();
  if ((await firstEffect(world, before)) === null) throw new Error("nothing is being done");
}
