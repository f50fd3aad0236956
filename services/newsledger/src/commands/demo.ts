import { createServer } from "node:net";
import { loadConfig } from "@newsledger/host";
import { type Command, UsageError } from "../command.ts";
import { demo } from "../demo.ts";

export const demoCommand: Command = {
  name: "demo",
  summary: "see it work: a simulated press, offline, through the real pipeline",
  options: {
    once: {
      type: "boolean",
      meaning: "end when it has shown everything, instead of serving the site",
    },
    port: {
      type: "string",
      value: "N",
      meaning: "port of the site (default: PORT, or a free one)",
    },
  },
  async run(args, terminal) {
    const config = loadConfig({ env: terminal.env, cwd: terminal.cwd });
    const wanted = args.options.port === undefined ? config.port : Number(args.options.port);
    if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535)
      throw new UsageError("--port takes a number from 0 to 65535");
    const port =
      (await isFree(config.host, wanted)) && wanted !== 0 ? wanted : await freePort(config.host);
    await demo(config, terminal, { port, once: args.options.once === true });
  },
};

const isFree = (host: string, port: number): Promise<boolean> =>
  listen(host, port).then(
    () => true,
    () => false,
  );

const freePort = (host: string): Promise<number> => listen(host, 0);

/** Binds a port for a moment; the port that it was. Rejects when it is taken. */
const listen = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
