interface ProblemFacts {
  readonly hard?: boolean;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** An exchange that brought nothing; the message is one sentence for people. */
export class FetchProblem extends Error {
  override name = "FetchProblem";
  readonly code: string;
  readonly hard: boolean;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: string, sentence: string, facts: ProblemFacts = {}) {
    super(sentence, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.hard = facts.hard ?? false;
    this.status = facts.status;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }
}

/** The address, or what it resolves to, is inside this machine or its private network. */
export class BlockedAddress extends FetchProblem {
  override name = "BlockedAddress";

  constructor(host: string, address: string) {
    const what = host === address ? host : `${host} (${address})`;
    super(
      "blocked-address",
      `The address ${what} is on this machine or inside a private network, so it was not contacted; name it in NEWSLEDGER_ALLOW_HOSTS if that is intended.`,
      { hard: true },
    );
  }
}

/**
 * The way by the operator's proxy is closed. `proxy`: it does not answer, or not to us; `proxy-refused`: it does not let us
 * go there; `unreachable`: it let us, and found nobody.
 */
export class ProxyProblem extends FetchProblem {
  override name = "ProxyProblem";

  constructor(code: "proxy" | "proxy-refused" | "unreachable", sentence: string, cause?: unknown) {
    super(code, sentence, { cause });
  }
}

/** The answer passed a limit on size. */
export class TooLarge extends FetchProblem {
  override name = "TooLarge";

  constructor(sentence: string, cause?: unknown) {
    super("too-large", sentence, { cause });
  }
}

const dnsCodes = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED|EBADNAME)/;
const unreachableCodes = /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/;
const resetCodes =
  /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH)$/;
const timeoutCodes = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;
const tlsCodes =
  /^(ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/;

/** What went wrong between us and a server, in a word and a sentence. */
export function problemOf(error: unknown, host: string): FetchProblem {
  if (error instanceof FetchProblem) return error;
  for (const inner of causes(error)) {
    if (inner instanceof FetchProblem) return inner;
    const code = codeOf(inner);
    if (code === null) continue;
    const said = sentenceOf(code, inner, host);
    if (said) return new FetchProblem(said[0], said[1], { cause: error });
  }
  return new FetchProblem("bad-response", `The answer of ${host} could not be understood.`, {
    cause: error,
  });
}

function sentenceOf(code: string, error: unknown, host: string): [string, string] | null {
  if (code === "TimeoutError" || timeoutCodes.test(code)) {
    return ["timeout", `${host} did not finish its answer in time.`];
  }
  if (dnsCodes.test(code)) return ["dns", `No server could be found under the name ${host}.`];
  if (code === "ECONNREFUSED") return ["refused", `${host} does not accept connections.`];
  if (unreachableCodes.test(code)) return ["unreachable", `${host} cannot be reached from here.`];
  if (tlsCodes.test(code)) return ["tls", `${host} has no valid security certificate (${code}).`];
  if (resetCodes.test(code)) {
    return ["reset", `${host} cut the connection before its answer was complete.`];
  }
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    return ["too-large", `${host} sent more header lines than is reasonable.`];
  }
  if (code.startsWith("HPE_") || code.startsWith("UND_ERR_")) {
    const detail = error instanceof Error ? error.message : code;
    return ["bad-response", `The answer of ${host} breaks the rules of the web (${detail}).`];
  }
  return null;
}

/** The error, its causes, and the members of an AggregateError (one per address that was tried). */
function* causes(error: unknown, depth = 0): Generator<unknown> {
  if (error === undefined || error === null || depth > 5) return;
  yield error;
  if (error instanceof AggregateError) for (const inner of error.errors) yield inner;
  if (error instanceof Error) yield* causes(error.cause, depth + 1);
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  if ("code" in error && typeof error.code === "string") return error.code;
  return error instanceof DOMException && error.name === "TimeoutError" ? "TimeoutError" : null;
}
