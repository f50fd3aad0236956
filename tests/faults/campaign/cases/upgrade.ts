import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readlink, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Installation, until } from "../../../harness/newsledger.ts";
import { type FaultCase, NotHere, smallFleet, smallPress } from "../case.ts";
import { invariants } from "../invariants.ts";
import { Ledger } from "../ledger.ts";
import { flowing, releaseAll, releasedOf, settle, tick } from "../play.ts";
import { seeded } from "../random.ts";
import { openWorld, type World } from "../world.ts";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../../../..");
const both = ["postgres", "redis"] as const;

/** Old and new processes side by side, as long as an update takes, and back again. */
export const upgrade: FaultCase = {
  name: "upgrade",
  title:
    "an earlier version (the latest tag, else 60 commits ago) replaced under traffic: together, then the new alone, back, and forth again",
  expected: "nothing lost, nothing twice, at every step",
  backends: both,
  async run({ backend, scale, ground }) {
    await using old = await earlierVersion();
    await using world = await openWorld(
      { backend, press: smallPress, crews: smallFleet, readers: 2, program: old.program },
      ground,
    );
    const { fleet, env } = world;
    const before = [...fleet.members];
    const stage = async (name: string) => {
      ground.say(name);
      for (let round = 0; round < Math.min(scale.rounds, 5); round++) {
        await tick(world);
        await flowing(world);
        await fleet.killOne(world.random);
        await pause(1_000);
        await fleet.calm(0);
      }
    };
    await stage(`the old version (${old.name})`);
    const after = await fleet.add(smallFleet, env);
    await stage("old and new together");
    await replace(world, before, after);
    await stage("the new version");
    await replace(world, after, before);
    await stage("back to the old one");
    await replace(world, before, after);
    await stage("the new one again");
    await releaseAll(world);
    await settle(world);
    await using desk = await Installation.create({ ...env });
    return {
      done: `${old.name} and this one, ${fleet.kills} kills, ${releasedOf(world)} items`,
      findings: await invariants({ ...world, desk }, { mailsTwice: fleet.kills }),
    };
  },
};

/** Ends the ones, starts the others: the fleet is what is meant to run. */
async function replace(
  { fleet }: World,
  from: readonly World["fleet"]["members"][number][],
  to: readonly World["fleet"]["members"][number][],
): Promise<void> {
  fleet.members.splice(0, fleet.members.length, ...to);
  for (const member of to) if (member.state === "down") await member.up();
  for (const { name, trouble } of to)
    if (trouble !== null) throw new Error(`${name} did not start: ${trouble}`);
  for (const member of from) await member.stop();
}

interface Version extends AsyncDisposable {
  readonly name: string;
  readonly program: string;
}

/** A checkout of an earlier commit, with the packages that are installed here and its own code. */
async function earlierVersion(): Promise<Version> {
  const git = async (...args: string[]) =>
    (
      await run("git", ["-C", root, ...args]).catch((cause) => {
        throw new NotHere(`there is no earlier version to run: ${String(cause).split("\n")[0]}`);
      })
    ).stdout.trim();
  const [tag] = (await git("tag", "--sort=-creatordate")).split("\n");
  const name = (await git("rev-parse", "--short", tag || "HEAD~60")) + (tag ? ` (${tag})` : "");
  const home = await mkdtemp(join(tmpdir(), "newsledger-earlier-"));
  const directory = join(home, "checkout");
  await git("worktree", "add", "--detach", directory, name.split(" ")[0] ?? "");
  await borrowPackages(directory);
  return {
    name,
    program: join(directory, "services/newsledger/src/main.ts"),
    async [Symbol.asyncDispose]() {
      await git("worktree", "remove", "--force", directory);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Third parties' packages as installed here; the workspace's own are the checkout's. */
async function borrowPackages(directory: string): Promise<void> {
  const installed = join(root, "node_modules");
  const own = join(directory, "node_modules");
  await mkdir(join(own, "@newsledger"), { recursive: true });
  for (const name of await readdir(installed))
    if (name !== "@newsledger") await symlink(join(installed, name), join(own, name));
  for (const name of await readdir(join(installed, "@newsledger"))) {
    const target = await readlink(join(installed, "@newsledger", name));
    await symlink(
      join("..", "..", target.replace(/^(\.\.\/)+/, "")),
      join(own, "@newsledger", basename(name)),
    );
  }
}

/** A migration may be interrupted at any moment; whoever comes next completes it. */
export const migrationKilled: FaultCase = {
  name: "migration-killed",
  title:
    "kill -9 in the middle of migrating an empty database, at a random moment, then once more to the end",
  expected: "the next one completes it",
  backends: ["postgres"],
  async run({ scale, ground }) {
    const { postgres } = ground;
    const random = seeded(ground.seed);
    let interrupted = 0;
    const unfinished: string[] = [];
    for (let round = 0; round < scale.rounds; round++) {
      const name = `migrating_${process.pid}_${round}`;
      const url = await postgres.createDatabase(name);
      await using newsledger = await Installation.create({ DATABASE_URL: url });
      const starting = newsledger.up("--only", "digest").then(
        () => false,
        () => true,
      );
      // Wait for the first table, so that the kill does not come before there is anything to interrupt.
      await firstMigration(url);
      await pause(random() * 150);
      await newsledger.kill();
      if (await starting) interrupted++;
      await newsledger.up("--only", "digest").catch((error) => unfinished.push(String(error)));
      await newsledger.kill();
    }
    return {
      done: `${scale.rounds} ×`,
      findings: [
        { what: "interrupted before it was ready", found: interrupted, holds: interrupted > 0 },
        {
          what: "not completed by the next",
          found: unfinished[0] ?? 0,
          holds: unfinished.length === 0,
        },
      ],
    };
  },
};

async function firstMigration(url: string): Promise<void> {
  await using ledger = new Ledger(url);
  await until(
    () => ledger.number("select count(*) as n from pg_tables where schemaname = 'newsledger'"),
    (tables) => tables > 0,
    { everyMs: 5, seconds: 60 },
  );
}
