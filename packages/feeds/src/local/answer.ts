import { createHash } from "node:crypto";
import type { FeedOutcome } from "../fetch/types.ts";

/** What is read on this machine, in the words of a server's answer. */

export const failed = (code: string, reason: string): FeedOutcome => ({
  ...{ outcome: "failed", code, reason, hard: false },
});

export const fetched = (finalUrl: string, bytes: Uint8Array, etag: string): FeedOutcome => ({
  ...{ outcome: "fetched", status: 200, finalUrl, bytes, etag, headers: {} },
  bodyHash: createHash("sha256").update(bytes).digest("hex"),
});
