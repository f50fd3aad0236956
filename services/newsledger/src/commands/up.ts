import { createLogger, loadConfig } from "@newsledger/host";
import { type Role, roles } from "../assemble.ts";
import { type Command, UsageError } from "../command.ts";
import { note } from "../terminal.ts";
import { up } from "../up.ts";

export const upCommand: Command = {
  name: "up",
  summary: "run Newsledger: every service, or some of them",
  options: {
    only: {
      type: "string",
      value: "ROLES",
      meaning: `only these, with commas between: ${roles.join(", ")}`,
    },
  },
  examples: ["newsledger up", "newsledger up --only poller,extractor"],
  async run(args, terminal) {
    const config = loadConfig({ env: terminal.env, cwd: terminal.cwd });
    const logger = createLogger(config);
    const only = rolesOf(args.options.only);
    await up(config, logger, terminal.signal, {
      only,
      ready: async () => {
        const where = only.includes("api") ? `: open ${config.publicUrl}` : "";
        note(terminal, `Newsledger is ready${where} (Ctrl-C stops it)`);
      },
    });
  },
};

/** "poller, api" → the roles; all of them when nothing is said. Throws UsageError on a name that is none. */
export function rolesOf(value: unknown): readonly Role[] {
  if (typeof value !== "string") return roles;
  const names = value.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !roles.includes(name as Role));
  if (wrong !== undefined) {
    throw new UsageError(`--only takes ${roles.join(", ")}, got ${wrong || "nothing"}`);
  }
  return roles.filter((role) => names.includes(role));
}
