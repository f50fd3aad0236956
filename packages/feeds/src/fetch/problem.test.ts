import { describe, expect, it } from "vitest";
import { BlockedAddress, problemOf } from "./problem.ts";

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe("trouble of the network", () => {
  it.each([
    ["ENOTFOUND", "dns"],
    ["EAI_AGAIN", "dns"],
    ["ECONNREFUSED", "refused"],
    ["ECONNRESET", "reset"],
    ["UND_ERR_SOCKET", "reset"],
    ["UND_ERR_CONNECT_TIMEOUT", "timeout"],
    ["UND_ERR_BODY_TIMEOUT", "timeout"],
    ["EHOSTUNREACH", "unreachable"],
    ["CERT_HAS_EXPIRED", "tls"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "tls"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "tls"],
    ["UND_ERR_HEADERS_OVERFLOW", "too-large"],
    ["HPE_INVALID_CONSTANT", "bad-response"],
    ["SOMETHING_NEW", "bad-response"],
  ])("%s is %s, said in a sentence that names the site", (code, expected) => {
    const problem = problemOf(new Error("outer", { cause: withCode(code) }), "news.example");
    expect(problem.code).toBe(expected);
    expect(problem.message).toMatch(/news\.example.*\.$/);
    expect(problem.hard).toBe(false);
  });

  it("is found among the addresses that were tried one after the other", () => {
    const error = new AggregateError([withCode("ECONNREFUSED"), withCode("EHOSTUNREACH")]);
    expect(problemOf(error, "a.example").code).toBe("refused");
  });

  it("a refusal of our own is never mistaken for theirs", () => {
    const blocked = new BlockedAddress("intranet.example", "10.0.0.1");
    const problem = problemOf(new Error("connect", { cause: blocked }), "intranet.example");
    expect(problem).toBe(blocked);
    expect(problem.message).toContain("intranet.example (10.0.0.1)");
    expect(problem.hard).toBe(true);
  });

  it("a deadline is a time-out", () => {
    expect(problemOf(new DOMException("late", "TimeoutError"), "a.example").code).toBe("timeout");
  });
});
