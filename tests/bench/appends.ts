import type { Appender } from "./appender.ts";
import type { Processor } from "./processor.ts";
import { atLeast, atMost, ms, perSecond, type Row } from "./report.ts";
import { interleave, median, p99, processorUs, ratio, type Slice, slice, speed } from "./slices.ts";

export interface Pace {
  readonly rounds: number;
  readonly sliceMs: number;
  readonly processor: Processor | null;
}

interface Load {
  readonly events: number;
  readonly callers: number;
  readonly ofFloor: number;
  readonly ofEmmett: number;
}

const loads: readonly Load[] = [
  { events: 1, callers: 1, ofFloor: 0.75, ofEmmett: 1.8 },
  { events: 1, callers: 8, ofFloor: 1, ofEmmett: 3 },
  { events: 1, callers: 32, ofFloor: 1.8, ofEmmett: 6 },
  { events: 10, callers: 8, ofFloor: 0.8, ofEmmett: 1.6 },
  { events: 100, callers: 8, ofFloor: 1, ofEmmett: 1.5 },
];

type Contenders = Record<"floor" | "ours" | "unhashed" | "emmett", Appender>;

export async function measureAppends(contenders: Contenders, pace: Pace): Promise<Row[]> {
  const rows: Row[] = [];
  for (const load of loads) rows.push(...(await measureLoad(contenders, load, pace)));
  return rows;
}

async function measureLoad(contenders: Contenders, load: Load, pace: Pace): Promise<Row[]> {
  const { events, callers } = load;
  const run = (appender: Appender) => (): Promise<Slice> =>
    slice((caller) => appender.append(caller, events), {
      callers,
      events,
      forMs: pace.sliceMs,
      processor: pace.processor,
    });
  const found = await interleave(
    {
      floor: run(contenders.floor),
      ours: run(contenders.ours),
      unhashed: run(contenders.unhashed),
      emmett: run(contenders.emmett),
    },
    pace.rounds,
  );
  const { floor, ours, unhashed, emmett } = found;
  const name = `append ${events} event${events > 1 ? "s" : ""}, ${callers} caller${callers > 1 ? "s" : ""}`;
  const speeds = `${perSecond(speed(ours))} to ${perSecond(speed(floor))}`;
  // Beside other load a scheduler favours whoever has the most processes; this it cannot change.
  if (pace.processor)
    console.log(
      `${name}: processor time per event ${us(ours)}; raw INSERT ${us(floor)}, emmett ${us(emmett)}`,
    );
  const rows = [
    atLeast(`${name}: of a raw INSERT`, ratio(ours, floor), load.ofFloor, speeds),
    atLeast(`${name}: of emmett`, ratio(ours, emmett), load.ofEmmett, perSecond(speed(emmett))),
    atLeast(`${name}: without hash chain, of a raw INSERT`, ratio(unhashed, floor), load.ofFloor),
    atLeast(`${name}: without hash chain, of emmett`, ratio(unhashed, emmett), load.ofEmmett),
    atLeast(`${name}: with hash chain, of without`, ratio(ours, unhashed), 0.85),
  ];
  if (callers !== 32) return rows;
  return [
    ...rows,
    slowest(`${name}: p99, of emmett's`, ours, emmett),
    slowest(`${name}: without hash chain, p99, of emmett's`, unhashed, emmett),
  ];
}

function slowest(name: string, ours: readonly Slice[], emmett: readonly Slice[]): Row {
  const shares = ours.map((one, round) => p99([one]) / p99(emmett.slice(round, round + 1)));
  const share = median(shares);
  return {
    ...atMost(name, share, 0.2, ""),
    measured: `${share.toFixed(2)} (${ms(p99(ours))} to ${ms(p99(emmett))})`,
  };
}

const us = (slices: readonly Slice[]): string => `${processorUs(slices).toFixed(0)} µs`;
