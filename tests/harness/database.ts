import { createHash, randomBytes } from "node:crypto";
import { type Migration, migrate } from "@newsledger/eventlog";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { inject } from "vitest";

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
  // biome-ignore lint/suspicious/noExplicitAny: each module brings the types of its own tables
  readonly db: Kysely<any>;
}

/** An own database, cloned from a template that was migrated once per set of migrations. */
export async function createTestDatabase(migrations: readonly Migration[]): Promise<TestDatabase> {
  const base = inject("postgresUrl");
  const template = `template_${createHash("sha256").update(JSON.stringify(migrations)).digest("hex").slice(0, 16)}`;
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(base, async (client) => {
    // Test files run side by side: one makes the template, the others wait. The lock also keeps clones apart.
    await client.query("select pg_advisory_lock(1)");
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [
      template,
    ]);
    if (rowCount === 0) {
      await client.query(`create database ${template}_new`);
      const pool = new pg.Pool({ connectionString: withDatabase(base, `${template}_new`) });
      await migrate(pool, migrations);
      await pool.end();
      await client.query(`alter database ${template}_new rename to ${template}`);
    }
    await client.query(`create database ${name} template ${template}`);
  });
  const url = withDatabase(base, name);
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on("error", () => {}); // a test that kills connections must not kill its process
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    url,
    pool,
    // biome-ignore lint/suspicious/noExplicitAny: see above
    db: db as Kysely<any>,
    async [Symbol.asyncDispose]() {
      if (!pool.ending) await pool.end();
      await administer(base, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

async function administer(
  base: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(base: string, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}
