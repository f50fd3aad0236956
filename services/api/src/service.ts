import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Resources, Service } from "@newsledger/host";
import { createApp } from "./app.ts";
import { isLoopback } from "./headers.ts";
import type { ApiOptions } from "./options.ts";
import { answerUnreadable } from "./unreadable.ts";

/** Answers questions about the ledger over HTTP, as JSON and as pages. */
export function createService(options: ApiOptions): Service {
  return {
    name: "api",
    async start(resources: Resources) {
      const { config, logger } = resources;
      const local = isLoopback(config.host);
      const publicUrl = config.publicUrl.replace(/\/+$/, "");
      const closing = new AbortController();
      const app = createApp({ ...resources, ...options, publicUrl }, local, closing.signal);
      const server = createAdaptorServer({
        fetch: app.fetch,
        serverOptions: { requestTimeout: 30_000, headersTimeout: 10_000, maxHeaderSize: 16_384 },
      });
      server.on("clientError", answerUnreadable);
      const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
      server.once("error", reject);
      server.listen(config.port, config.host, resolve);
      await listening;
      server.off("error", reject);
      const { port } = server.address() as AddressInfo;
      logger.info({ host: config.host, port, url: config.publicUrl }, "listening");
      if (!local) logger.info({}, "reading needs a key: newsledger keys add");
      return {
        async [Symbol.asyncDispose]() {
          closing.abort();
          const closed = new Promise<void>((done) => server.close(() => done()));
          // What was still answering becomes idle a little later, and would be kept alive.
          const sweep = setInterval(() => {
            if ("closeIdleConnections" in server) server.closeIdleConnections();
          }, 20);
          await closed;
          clearInterval(sweep);
        },
      };
    },
  };
}
