import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type Receivers, startReceivers } from "./receivers.ts";
import { atLeast, atMost, type Row, table } from "./report.ts";
import { type Sending, startSending } from "./sending.ts";
import { startServer } from "./server.ts";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "5000" },
    rounds: { type: "string", default: "3" },
    each: { type: "string", default: "40" },
    only: { type: "string", default: "rate,dead,failures" },
    help: { type: "boolean", default: false },
  },
});

const usage = `node tests/bench/webhooks.ts [options]: how fast messages leave, and what a dead receiver does to the others

  --messages 5000  messages to one fast receiver
  --rounds 3       rounds, each without and with a dead receiver among fifty
  --each 40        messages to each of the fifty
  --only rate,dead,failures

Speed is counted for a second of processor time, of this process and of Postgres together, so that other load on the
machine does not count; the receivers run in a process of their own.`;

async function rate(sending: Sending, receivers: Receivers, messages: number): Promise<Row[]> {
  const [receiver] = await sending.addReceivers(receivers, ["fast"]);
  await sending.plan(100);
  await sending.start();
  await sending.sent();
  await sending.stop();
  await sending.plan(messages);
  const processor = sending.processorMs();
  const began = performance.now();
  await sending.start();
  await sending.sent();
  const seconds = (performance.now() - began) / 1000;
  const processorSeconds = (sending.processorMs() - processor) / 1000;
  await sending.stop();
  const { ids, badSignatures } = await receivers.report("fast", receiver?.secret ?? "");
  if (ids !== messages + 100 || badSignatures > 0)
    throw new Error(`the receiver got ${ids} messages, ${badSignatures} of them not well signed`);
  const wall = `${Math.round(messages / seconds)}/s by the clock`;
  return [
    perSecondOfProcessor(
      `${messages} messages to one fast receiver`,
      messages / processorSeconds,
      wall,
    ),
  ];
}

const perSecondOfProcessor = (measure: string, speed: number, note: string): Row => ({
  measure,
  measured: `${Math.round(speed)}/s on one core (${note})`,
  target: "≥ 500/s",
  reached: speed >= 500,
});

/** The same load, with fifty that answer and with one of them dead; how long until the others have theirs. */
async function dead(sending: Sending, receivers: Receivers): Promise<Row[]> {
  const names = Array.from({ length: 50 }, (_, nth) => `r${nth}`);
  await sending.addReceivers(receivers, names);
  const ratios: number[] = [];
  const others = names.slice(1);
  for (let round = 0; round <= Number(values.rounds); round += 1) {
    await receivers.behave("r0", "ok");
    const without = await timed(sending, receivers, others);
    await receivers.behave("r0", "hang");
    const beside = await timed(sending, receivers, others);
    if (round > 0) ratios.push(beside / without); // the first warms up
    console.log(
      `  49 receivers: ${Math.round(without)} ms, beside a dead one ${Math.round(beside)} ms`,
    );
  }
  const middle = ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 1;
  const slower = (middle - 1) * 100;
  return [atMost("one dead of fifty slows the others by", slower, 10, " %")];
}

async function timed(
  sending: Sending,
  receivers: Receivers,
  names: readonly string[],
): Promise<number> {
  const each = Number(values.each);
  const before = await receivers.count(names);
  await sending.plan(each);
  const began = performance.now();
  await sending.start();
  while ((await receivers.count(names)) < before + each * names.length)
    await new Promise((resolve) => setTimeout(resolve, 10));
  const took = performance.now() - began;
  await sending.stop();
  await sending.forget(); // what the dead one did not take
  return took;
}

/** Three of ten attempts fail, at random; everything is tried until it got through. */
async function failures(sending: Sending, receivers: Receivers): Promise<Row[]> {
  const messages = 1_000;
  const [receiver] = await sending.addReceivers(receivers, ["shaky"]);
  await receivers.behave("shaky", "random");
  await sending.plan(messages);
  await sending.start();
  await sending.sent({ hurried: true });
  await sending.stop();
  const found = await receivers.report("shaky", receiver?.secret ?? "");
  return [
    atLeast("messages of which each arrived, 30 % of attempts failing", found.ids / messages, 1),
    atMost("bad signatures", found.badSignatures, 0, ""),
    atMost("bodies that changed between attempts", found.changed, 0, ""),
  ];
}

async function bench(): Promise<void> {
  const load = loadavg()[0]?.toFixed(1);
  await using server = await startServer();
  await using receivers = await startReceivers();
  const rows: Row[] = [];
  const part = async (name: string, run: (sending: Sending) => Promise<Row[]>) => {
    if (!values.only.split(",").includes(name)) return;
    await using sending = await startSending(await server.database(name), server.processor);
    rows.push(...(await run(sending)));
  };
  await part("rate", (sending) => rate(sending, receivers, Number(values.messages)));
  await part("dead", (sending) => dead(sending, receivers));
  await part("failures", (sending) => failures(sending, receivers));
  console.log(`\n${table(rows)}\n`);
  console.log(`Node ${process.version}, ${cpus().length} processors; load ${load} before`);
}

if (values.help) console.log(usage);
else await bench();
