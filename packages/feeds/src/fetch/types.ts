/** What a feed's server said about keeping the answer: sent back byte for byte at the next poll. */
export interface Validators {
  readonly etag?: string;
  readonly lastModified?: string;
}

/** Why an exchange brought nothing: one word for programs, one sentence for people. */
export interface Failed {
  readonly outcome: "failed";
  /** dns, refused, reset, timeout, tls, unreachable, blocked-address, bad-address, redirect-loop, proxy, proxy-refused, too-large, bad-encoding, bad-response, not-a-page, challenge, http-404 … */
  readonly code: string;
  readonly reason: string;
  /** True when trying again will not help until somebody changes something. */
  readonly hard: boolean;
  /** The HTTP status, when an answer came at all. */
  readonly status?: number;
  readonly retryAfterSeconds?: number;
}

interface Answered {
  readonly finalUrl: string;
  /** Where a chain of permanent redirects (301, 308) from the asked address leads. */
  readonly permanentRedirect?: string;
}

export interface FeedFetched extends Answered, Validators {
  readonly outcome: "fetched";
  readonly status: number;
  /** To be given back (`giveBack`) as soon as they were read: large ones wait for each other. */
  readonly bytes: Uint8Array;
  /** content-type, content-language, content-location, link: what a parser may want to know. */
  readonly headers: Readonly<Record<string, string>>;
  /** SHA-256 of the decoded bytes, in hex: equal means unchanged, whatever the validators say. */
  readonly bodyHash: string;
  readonly maxAgeSeconds?: number;
  readonly retryAfterSeconds?: number;
}

export interface FeedNotModified extends Answered, Validators {
  readonly outcome: "not-modified";
  readonly status: 304;
  readonly maxAgeSeconds?: number;
}

/** The server says that the thing will not come back (410). */
export interface Gone extends Answered {
  readonly outcome: "gone";
  readonly status: 410;
  readonly reason: string;
}

export type FeedOutcome = FeedFetched | FeedNotModified | Gone | Failed;

export interface PageFetched extends Answered {
  readonly outcome: "fetched";
  readonly status: number;
  /** The page, decoded to text. */
  readonly html: string;
  readonly contentType: string;
  readonly bodyHash: string;
}

export type PageOutcome = PageFetched | Gone | Failed;

/** The receiver took it (2xx). */
export interface PostAccepted {
  readonly outcome: "accepted";
  readonly status: number;
  /** The first 4 KB of what the receiver answered. */
  readonly reply: string;
}

export interface PostFailed extends Failed {
  /** The first 4 KB of what the receiver answered, when it did. */
  readonly reply?: string;
}

export type PostOutcome = PostAccepted | PostFailed;

export interface ExchangeOptions {
  /** For the whole exchange, redirects and body included. */
  readonly timeoutMs?: number;
  /** The caller's own end: when it fires, the call rejects with its reason. */
  readonly signal?: AbortSignal;
}

/** Outbound HTTP that cannot reach private addresses. Trouble of the network is an outcome, not an exception. */
export interface Fetcher extends AsyncDisposable {
  feed(url: string, options?: Validators & ExchangeOptions): Promise<FeedOutcome>;
  page(url: string, options?: ExchangeOptions): Promise<PageOutcome>;
  /** No redirects: a 3xx is a failure. */
  post(
    url: string,
    options: ExchangeOptions & {
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array;
    },
  ): Promise<PostOutcome>;
}
