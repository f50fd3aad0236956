import { jobs } from "@newsledger/core";
import type { Queue } from "@newsledger/queue";

const basePath = "/admin/queue";
/** The board asks a font of another site; ours ask nothing of others. */
const fromElsewhere = /<link[^>]+href="https?:[^>]+>/g;

/** Bull Board over our queue, loaded when somebody first looks. It shows and changes nothing: what is due stands in Postgres. */
export function queueBoard(queue: Queue): (request: Request) => Promise<Response> {
  let opening: Promise<(request: Request) => Response | Promise<Response>> | undefined;
  return async (request) => {
    opening ??= open(queue);
    opening.catch(() => {
      opening = undefined; // the queue may be back the next time
    });
    const response = await (await opening)(request);
    if (!response.headers.get("Content-Type")?.startsWith("text/html")) return response;
    const page = (await response.text()).replaceAll(fromElsewhere, "");
    return new Response(page, {
      status: response.status,
      headers: { "Content-Type": "text/html; charset=utf-8" },
    });
  };
}

async function open(queue: Queue) {
  const [{ createBullBoard }, { BullMQAdapter }, { HonoAdapter }, { serveStatic }, { Hono }] =
    await Promise.all([
      import("@bull-board/api"),
      import("@bull-board/api/bullMQAdapter"),
      import("@bull-board/hono"),
      import("@hono/node-server/serve-static"),
      import("hono"),
    ]);
  const inside = await queue.inside(Object.values(jobs).map(({ name }) => name));
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath(basePath);
  createBullBoard({
    queues: inside.map(
      (one) =>
        new BullMQAdapter(one as ConstructorParameters<typeof BullMQAdapter>[0], {
          readOnlyMode: true,
        }),
    ),
    serverAdapter,
    options: { uiConfig: { boardTitle: "Newsledger: queue" } },
  });
  const app = new Hono().route(basePath, serverAdapter.registerPlugin());
  return app.fetch.bind(app);
}
