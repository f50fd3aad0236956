import { createServer, type ServerResponse } from "node:http";
import type { Resources, Service } from "@newsledger/host";
import { sql } from "kysely";

/** Tells machines how this process is, whatever its role: is it alive, can it work, its numbers. Nothing of the ledger. */
export function watchService(port: number): Service {
  return {
    name: "watch",
    async start(resources) {
      const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
        answer(resources, request.url ?? "/").then(
          ({ status, type, body }) =>
            response.writeHead(status, { "content-type": type }).end(body),
          (error: unknown) => fail(resources, response, error),
        );
      });
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, resources.config.host, resolve);
      });
      return {
        async [Symbol.asyncDispose]() {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        },
      };
    },
  };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const text = (status: number, body: string): Answer => ({
  status,
  type: "text/plain; charset=utf-8",
  body: `${body}\n`,
});

async function answer({ db, queue, metrics }: Resources, url: string): Promise<Answer> {
  const path = url.split("?")[0];
  if (path === "/healthz") return text(200, "ok");
  if (path === "/readyz") {
    const missing = await Promise.all([
      problem("database", sql`select 1`.execute(db)),
      problem("queue", queue.check()),
    ]);
    const problems = missing.filter((one) => one !== null);
    return problems.length > 0 ? text(503, problems.join("\n")) : text(200, "ready");
  }
  if (path === "/metrics" && metrics) {
    const { contentType, body } = await metrics.text();
    return { status: 200, type: contentType, body };
  }
  return text(404, "/healthz, /readyz, /metrics");
}

const patienceMs = 3_000;

/** A check that hangs has failed: whoever asks has a timeout too. */
async function problem(name: string, check: Promise<unknown>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`${name}: no answer within ${patienceMs / 1000} s`),
      patienceMs,
    );
  });
  const outcome = check.then(
    () => null,
    (error: unknown) => `${name}: ${error instanceof Error ? error.message : String(error)}`,
  );
  try {
    return await Promise.race([outcome, late]);
  } finally {
    clearTimeout(timer);
  }
}

function fail({ logger }: Resources, response: ServerResponse, err: unknown): void {
  logger.warn({ err }, "could not tell how this process is");
  response.writeHead(500).end("not now\n");
}
