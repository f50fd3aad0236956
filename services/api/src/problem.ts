import type { Context } from "hono";

/** An answer that says what went wrong, as RFC 9457 wants it. */
export class Problem extends Error {
  override name = "Problem";
  readonly status:
    | (400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415)
    | (421 | 422 | 429 | 431 | 500 | 503);

  constructor(status: Problem["status"], detail: string) {
    super(detail);
    this.status = status;
  }
}

const titles: Readonly<Record<Problem["status"], string>> = {
  400: "The question cannot be answered as asked",
  401: "A key is needed",
  403: "Not allowed",
  404: "Not found",
  405: "Only reading is possible here",
  408: "The request came too slowly",
  409: "Something stands in its way",
  413: "The request is too long",
  415: "This kind of content is not read here",
  421: "Not served under this name",
  422: "What was sent makes no sense",
  429: "Too many requests",
  431: "The request is too long",
  500: "Something failed on our side",
  503: "Not ready",
};

export const problemBody = ({ status, message }: Problem) => ({
  type: "about:blank",
  title: titles[status],
  status,
  detail: message,
});

/** A person with a browser, not a program. */
export const readsPages = (c: Context): boolean =>
  c.req.header("Accept")?.includes("text/html") === true && !c.req.path.startsWith("/v1/");

export function answerProblem(c: Context, problem: Problem): Response {
  return c.json(problemBody(problem), problem.status, {
    "Content-Type": "application/problem+json",
  });
}
