import type { Evidence } from "@newsledger/readmodels";

/**
 * What an outlet wrote, kept apart in an answer to an assistant: a page may hold sentences that look like instructions, and
 * this says of each that it is none.
 */
export interface Untrusted {
  untrusted_press_text: string;
}

export const untrusted = (text: string): Untrusted => ({ untrusted_press_text: text });

/** Where a claim can be checked: the event of this ledger and the page of the outlet. */
export interface Citation {
  event_id: string | null;
  event_url: string | null;
  source: Untrusted;
  url: string | null;
  published_at: string | null;
  found_at: string;
}

export const eventUrl = (publicUrl: string, position: string): string =>
  `${publicUrl}/v1/events/${position}`;

export const cite = (
  publicUrl: string,
  evidence: Evidence,
  position: string | undefined,
): Citation => ({
  event_id: position ?? null,
  event_url: position === undefined ? null : eventUrl(publicUrl, position),
  source: untrusted(evidence.source),
  url: evidence.url,
  published_at: evidence.publishedAt?.toISOString() ?? null,
  found_at: evidence.foundAt.toISOString(),
});
