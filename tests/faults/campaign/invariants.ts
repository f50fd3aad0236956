import type { World } from "./world.ts";

/** One thing that must hold after a fault, with what was found. */
export interface Finding {
  readonly what: string;
  readonly found: number | string;
  /** What it should reach; nothing: zero, or whatever it is. */
  readonly reach?: string;
  readonly holds: boolean;
}

export interface Allowed {
  /** Mails that may come a second time, under the same Message-ID: an answer was lost. */
  readonly mailsTwice?: number;
  /** Work that may have been put aside: it was poisoned. */
  readonly quarantined?: number;
  /** Deliveries that may have been given up. */
  readonly deliveriesFailed?: number;
}

const none = (what: string, found: number): Finding => ({ what, found, holds: found === 0 });

/** What must hold whatever was done to it, once all is at rest. */
export async function invariants(world: World, allowed: Allowed = {}): Promise<Finding[]> {
  return [
    ...(await items(world)),
    ...(await derived(world, allowed)),
    ...(await webhooks(world, allowed)),
    ...(await mails(world, allowed)),
    ...(await readModels(world)),
    await chain(world),
  ];
}

/** Every item that was released is in the ledger once. */
async function items({ feeds, ledger }: World): Promise<Finding[]> {
  const manifest = new Set((await feeds.manifest()).map(({ path }) => path));
  const rows = await ledger.rows<{ url: string }>(
    "select data->>'url' as url from newsledger.events where type = 'item.seen' and data->>'url' like $1",
    [`${feeds.origin}/articles/%`],
  );
  const paths = rows.map(({ url }) => new URL(url).pathname);
  const seen = new Set(paths);
  return [
    { what: "items released", found: manifest.size, holds: manifest.size > 0 },
    none("items lost", [...manifest].filter((path) => !seen.has(path)).length),
    none("items twice", paths.length - seen.size),
    none(
      "events with one id",
      await ledger.number("select count(*) - count(distinct event_id) as n from newsledger.events"),
    ),
  ];
}

/** What follows from an item is there, once. */
async function derived({ ledger }: World, allowed: Allowed): Promise<Finding[]> {
  const [row] = await ledger.rows<{ unread: number; twice: number; untold: number }>(`
    with matched as (
      select distinct data->>'itemId' as item from newsledger.events where type = 'item.matched'
    ), read as (
      select data->>'itemId' as item, data->>'documentId' as document from newsledger.events
      where type in ('article.understood', 'article.unreadable')
    ), placed as (
      select data->>'documentId' as document from newsledger.events
      where type in ('story.opened', 'story.joined')
    )
    select (select count(*)::int from matched where item not in (select item from read)) as unread,
      ((select count(*) - count(distinct item) from read)
        + (select count(*) - count(distinct document) from placed))::int as twice,
      (select count(*)::int from read where document is not null
        and document not in (select document from placed)) as untold`);
  const aside = await ledger.rows<{ why: string }>(
    `select job || ' ' || key || ', ' || starts || ' starts: ' || coalesce(last_error, '') as why
     from newsledger.work where state = 'quarantined'`,
  );
  const fine = aside.length <= (allowed.quarantined ?? 0);
  return [
    none("matched items without an article", row?.unread ?? -1),
    none("articles without a story", row?.untold ?? -1),
    none("articles or stories twice", row?.twice ?? -1),
    none(
      "events put aside by a reader",
      await ledger.number("select count(*) as n from newsledger.parked"),
    ),
    {
      what: "work put aside",
      found: fine ? aside.length : `${aside.length} (${aside[0]?.why})`,
      holds: fine,
    },
  ];
}

/** Every message arrived at least once, under one id and with the same bytes. */
async function webhooks({ ledger, hooks }: World, allowed: Allowed): Promise<Finding[]> {
  const rows = await ledger.rows<{ message_id: string; state: string }>(
    "select message_id, state from newsledger.deliveries where channel = 'webhook'",
  );
  const accepted = hooks.st.rec.filter((record) => record.accepted);
  const arrived = new Set(accepted.map(({ id }) => id));
  const planned = new Set(rows.map(({ message_id }) => message_id));
  const delivered = rows.filter(({ state }) => state === "delivered");
  const failed = rows.filter(({ state }) => state === "failed").length;
  const summaries = Object.values(hooks.summary());
  const sum = (of: "badSig" | "bodyDrift") => summaries.reduce((all, one) => all + one[of], 0);
  return [
    { what: "webhook messages", found: delivered.length, holds: true },
    none(
      "messages that did not arrive",
      delivered.filter(({ message_id }) => !arrived.has(message_id)).length,
    ),
    none(
      "messages that nobody planned",
      [...arrived].filter((id) => !planned.has(id ?? "")).length,
    ),
    { what: "messages given up", found: failed, holds: failed <= (allowed.deliveriesFailed ?? 0) },
    { what: "arrived again, same id", found: accepted.length - arrived.size, holds: true },
    none("bodies changed or signatures bad", sum("bodyDrift") + sum("badSig")),
  ];
}

/** Every digest that says it was sent was taken by the mail server, and nothing else was. */
async function mails({ ledger, mail }: World, allowed: Allowed): Promise<Finding[]> {
  const sent = await ledger.rows<{ message_id: string }>(
    "select message_id from newsledger.issues where state = 'sent'",
  );
  const stored = mail.st.mail.filter(({ verdict }) =>
    ["accepted", "acklost", "hang"].includes(verdict),
  );
  const ids = new Set(stored.map(({ messageId }) => (messageId ?? "").replace(/^<|>$/g, "")));
  const known = new Set(sent.map(({ message_id }) => message_id.replace(/^<|>$/g, "")));
  const twice = stored.length - ids.size;
  return [
    { what: "digests sent", found: known.size, holds: true },
    none("digests that did not arrive", [...known].filter((id) => !ids.has(id)).length),
    none("mails that nobody planned", [...ids].filter((id) => !known.has(id)).length),
    {
      what: "mails twice, same Message-ID",
      found: twice,
      holds: twice <= (allowed.mailsTwice ?? 0),
    },
    none(
      "digests told twice by the ledger",
      await ledger.number(
        "select count(*) - count(distinct data->>'issueId') as n from newsledger.events where type = 'digest.sent'",
      ),
    ),
  ];
}

/** The read models, built anew from the ledger, are what the fleet had made of it. */
async function readModels(world: World): Promise<Finding[]> {
  const before = await contents(world);
  await world.desk.ask("rebuild");
  const after = await contents(world);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (table) => before.get(table) !== after.get(table),
  );
  return [
    {
      what: "read models that a rebuild changes",
      found: changed.length === 0 ? 0 : changed.join(", "),
      holds: before.size > 0 && changed.length === 0,
    },
  ];
}

async function contents({ ledger }: World): Promise<Map<string, string>> {
  const names = await ledger.rows<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'coverage'",
  );
  const hashes = new Map<string, string>();
  for (const { name } of names) {
    const [row] = await ledger.rows<{ hash: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as hash from coverage.${name} t`,
    );
    hashes.set(name, row?.hash ?? "");
  }
  return hashes;
}

async function chain({ desk }: World): Promise<Finding> {
  const { code, stdout, stderr } = await desk.run("verify");
  const whole = code === 0 && stdout.startsWith("Whole: ");
  return {
    what: "chain of hashes",
    found: whole ? "whole" : (stderr || stdout).slice(0, 200),
    holds: whole,
  };
}
