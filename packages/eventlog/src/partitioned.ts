import type { LogParts } from "./parts.ts";
import { Follower } from "./subscribe.ts";
import type { EventMap, Subscription, SubscriptionOptions } from "./types.ts";

/** Several workers under one name, each with its own lease and checkpoint. A stream always falls to the same one. */
export class Partitioned<M extends EventMap> implements Subscription {
  readonly name: string;
  readonly ended: Promise<void>;
  readonly #followers: readonly Follower<M>[];

  constructor(log: LogParts, options: SubscriptionOptions<M>, partitions: number) {
    if (!Number.isSafeInteger(partitions) || partitions < 1)
      throw new RangeError(`subscription ${options.name}: ${partitions} partitions; 1 or more`);
    this.name = options.name;
    this.#followers = Array.from(
      { length: partitions },
      (_, index) => new Follower<M>(log, options, { partition: { index, of: partitions } }),
    );
    this.ended = Promise.all(this.#followers.map((one) => one.ended)).then(() => {});
    this.ended.catch(() => {}); // logged; whoever awaits `ended` gets it too
  }

  caughtUp: Subscription["caughtUp"] = async (position, options) => {
    await Promise.all(this.#followers.map((one) => one.caughtUp(position, options)));
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#followers.map((one) => one[Symbol.asyncDispose]()));
  }
}
