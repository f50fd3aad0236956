import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { createMiddleware } from "hono/factory";
import { Problem, problemBody } from "./problem.ts";

/** An address whose percent signs make no text, or a text that no database keeps: refused before anyone reads it. */
export const onlyText = createMiddleware(async (c, next) => {
  const address = c.req.url.replaceAll("+", " ");
  if (decoded(address)?.includes("\u0000") ?? true)
    throw new Problem(
      400,
      "The address holds what is no text: write each character as UTF-8, percent-encoded, and no NUL.",
    );
  await next();
});

function decoded(address: string): string | null {
  try {
    return decodeURIComponent(address); // throws on half of a surrogate pair, too
  } catch {
    return null;
  }
}

const problems: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: new Problem(431, "Address and headers are longer than 16 KB: ask for less."),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(408, "The request did not arrive in time."),
};
const unreadable = new Problem(400, "The request is not valid HTTP.");

/** What Node could not read as a request is told so in the same way as everything else that is wrong. */
export function answerUnreadable(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const problem = problems[error.code ?? ""] ?? unreadable;
  const body = JSON.stringify(problemBody(problem));
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
