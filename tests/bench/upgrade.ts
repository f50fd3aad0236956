import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openPool } from "@newsledger/host";
import { type FeedServer, startFeedServer } from "../harness/feed-server.ts";
import { machine } from "./machine.ts";
import { mainOf, type Product, startProduct } from "./product.ts";
import { atMost, type Row, table } from "./report.ts";
import { startServer } from "./server.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    feeds: { type: "string", default: "40" },
    seconds: { type: "string", default: "180" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/upgrade.ts [options] <version>: an upgrade from that version to this one and back, under traffic

  <version>       a tag or commit of this repository: the version that ran before
  --feeds 40      feeds on loopback, which bring new items all the time
  --seconds 180   patience for each step`;

const root = join(import.meta.dirname, "../..");
const patienceMs = Number(values.seconds) * 1_000;

/** A checkout of another version with its own packages. */
function checkOut(version: string, into: string): string {
  const directory = join(into, "old");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: root, stdio: "pipe" });
  git("worktree", "add", "--detach", directory, version);
  const lock = (where: string) => readFileSync(join(where, "package-lock.json"), "utf8");
  // The same packages need no second installation: links to them, among which those to our own packages are relative.
  if (lock(directory) === lock(root)) {
    for (const path of ["node_modules", "tests/node_modules"])
      execFileSync("cp", ["-al", join(root, path), join(directory, path)]);
  } else {
    const options = { cwd: directory, stdio: ["ignore", "ignore", "inherit"] as const };
    execFileSync("npm", ["ci", "--ignore-scripts", "--prefer-offline"], {
      ...options,
      stdio: [...options.stdio],
    });
  }
  return directory;
}

interface Stage {
  readonly url: string;
  readonly press: FeedServer;
  readonly env: Readonly<Record<string, string>>;
  readonly old: string;
}

const newsledger = ({ env }: Pick<Stage, "env">, checkout: string | undefined, ...args: string[]) =>
  execFileSync(process.execPath, [mainOf(checkout), ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
    encoding: "utf8",
  });

const rows: Row[] = [];

/**
 * New items come; when all that the press showed is in the ledger and every reader has passed it, it is counted. `known`
 * leaves other readers out: an older version does not touch the read models of a newer one.
 */
async function checkAfter(
  step: string,
  { url, press }: Stage,
  known: readonly string[] | null = null,
): Promise<void> {
  await press.tick();
  const pool = openPool(url, { max: 1 });
  try {
    const shown = (await press.manifest()).length;
    const began = performance.now();
    const ask = async () => {
      const { rows: found } = await pool.query<
        Record<"seen" | "things" | "due" | "aside" | "behind", number>
      >(
        `select (select count(*)::int from newsledger.events where type = 'item.seen') as seen,
           (select count(distinct data ->> 'link')::int from newsledger.events where type = 'item.seen') as things,
           (select count(*)::int from newsledger.work where state = 'due') as due,
           (select count(*)::int from newsledger.work where state = 'quarantined')
             + (select count(*)::int from newsledger.parked) as aside,
           (select count(*)::int from newsledger.checkpoints where position <
             (select max(global_position) from newsledger.events)
             and ($1::text[] is null or name = any($1))) as behind`,
        [known],
      );
      return found[0] ?? { seen: 0, things: 0, due: 1, aside: 0, behind: 1 };
    };
    let now = await ask();
    while (now.things < shown || now.due > 0 || now.behind > 0) {
      if (performance.now() - began > patienceMs) break;
      await pause(500);
      now = await ask();
    }
    rows.push(
      atMost(`${step}: items lost`, shown - now.things, 0, ` of ${shown}`),
      atMost(`${step}: items twice`, now.seen - now.things, 0, ""),
      atMost(
        `${step}: works undone, put aside, readers behind`,
        now.due + now.aside + now.behind,
        0,
        "",
      ),
    );
    console.error(`${step}: ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  } finally {
    await pool.end();
  }
}

async function readersOf({ url }: Stage): Promise<string[]> {
  const pool = openPool(url, { max: 1 });
  try {
    const { rows: found } = await pool.query<{ name: string }>(
      "select name from newsledger.checkpoints",
    );
    return found.map(({ name }) => name);
  } finally {
    await pool.end();
  }
}

/** From the old version to the new one; the readers that the old one has. */
async function goThere(
  stage: Stage,
  backup: string,
): Promise<{ after: Product; known: readonly string[] }> {
  const { env, old, press } = stage;
  const before = await startProduct({ env, checkout: old });
  const list = `${backup}.opml`;
  const outlines = Array.from(
    { length: Number(values.feeds) },
    (_, nth) =>
      `<outline type="rss" text="Feed ${nth}" xmlUrl="${press.origin}/feeds/${nth}.xml"/>`,
  );
  writeFileSync(list, `<opml version="2.0"><body>${outlines.join("")}</body></opml>`);
  newsledger(stage, old, "feeds", "import", list);
  await checkAfter("the old version alone", stage);
  newsledger(stage, old, "backup", backup);
  const known = await readersOf(stage);
  const beside = await startProduct({ env, args: ["--only", "poller,extractor,alerts"] });
  await checkAfter("the new one beside it", stage);
  await before.stop();
  await checkAfter("readers and pollers handed over", stage);
  const after = await startProduct({ env });
  await beside.stop();
  await checkAfter("the new version alone", stage);
  return { after, known };
}

async function drill(version: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "newsledger-upgrade-"));
  await using server = await startServer();
  await using press = await startFeedServer({
    ...{ feeds: Number(values.feeds), items: 60, window: 60, initial: 3, rate: 3, port: 0 },
  });
  const url = await server.database("upgrade");
  const env = {
    DATABASE_URL: url,
    NEWSLEDGER_ALLOW_HOSTS: press.host,
    NEWSLEDGER_SECRET_KEY: "a key for the drill",
    NEWSLEDGER_POLLER_MIN_INTERVAL_SECONDS: "2",
    NEWSLEDGER_POLLER_DEFAULT_INTERVAL_SECONDS: "2",
    NEWSLEDGER_POLLER_MAX_INTERVAL_SECONDS: "2",
  };
  const running: Product[] = [];
  try {
    const stage: Stage = { url, press, env, old: checkOut(version, directory) };
    const backup = join(directory, "drill.backup");
    const { after, known } = await goThere(stage, backup);
    running.push(after);
    console.log(newsledger(stage, undefined, "verify"));
    await running.pop()?.stop();

    running.push(await startProduct({ env, checkout: stage.old }));
    await checkAfter("back to the old version, on the new one's database", stage, known);
    await running.pop()?.stop();
    running.push(await startProduct({ env }));
    await checkAfter("the new version once more", stage);
    await running.pop()?.stop();

    const restored = { env: { ...env, DATABASE_URL: await server.database("restored") } };
    newsledger(restored, stage.old, "restore", backup);
    console.log(newsledger(restored, stage.old, "verify"));
    console.log(table(rows));
    console.log(`\nfrom ${version}; ${machine()}`);
  } finally {
    for (const product of running) await product.stop();
    execFileSync("git", ["worktree", "remove", "--force", join(directory, "old")], { cwd: root });
    rmSync(directory, { recursive: true, force: true });
  }
}

const [version] = positionals;
if (values.help || version === undefined) console.log(usage);
else await drill(version);
