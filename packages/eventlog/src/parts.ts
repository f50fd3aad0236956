import type { Kysely } from "kysely";
import type pg from "pg";
import type { Bell } from "./bell.ts";
import type { AnyTransaction, Codec, LogLogger } from "./types.ts";

export interface Positions {
  /** Nothing can appear any more at or below it. */
  readonly safe: bigint;
  /** The highest position ever drawn; above `safe` while somebody appends. */
  readonly high: bigint;
}

/** What the parts of an open log share. */
export interface LogParts {
  readonly pool: pg.Pool;
  // biome-ignore lint/suspicious/noExplicitAny: kysely is invariant in its database type
  readonly db: Kysely<any>;
  readonly codec: Codec;
  readonly bell: Bell;
  /** Rows up to `safe` must be read by a later statement than this one. */
  readonly positions: () => Promise<Positions>;
  readonly logger: LogLogger | undefined;
  /** Transactions that appended: when they are committed, readers should look. */
  readonly appendedIn: WeakSet<AnyTransaction>;
}
