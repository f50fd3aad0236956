import { copyEvents } from "@newsledger/eventlog";
import type { Streamed } from "./memory.ts";
import { openOurs } from "./ours.ts";
import { orders } from "./reads.ts";

/** `node stream.ts import|read <url> <events>`: one pass over that many events, and what it took. */
const [what, url = "", wanted] = process.argv.slice(2);
await using ours = await openOurs(url, { hash: true });
const start = performance.now();
let events = 0;
if (what === "import") events = await copyEvents(ours.pool, orders(Number(wanted)));
else for await (const _ of ours.log.read()) events++;
const seconds = (performance.now() - start) / 1_000;
const streamed: Streamed = { events, seconds, peakMb: process.resourceUsage().maxRSS / 1_024 };
console.log(JSON.stringify(streamed));
