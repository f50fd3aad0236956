import type { FaultCase } from "../case.ts";
import { diskFull } from "./disk.ts";
import { kill, killAll, killHalf } from "./kill.ts";
import { medley } from "./medley.ts";
import { oneDead, poison, press, smtp, webhook } from "./outside.ts";
import {
  connectionsCut,
  listenersCut,
  oneConnectionCut,
  postgresHalfOpen,
  postgresKilled,
  postgresMute,
  postgresReadOnly,
} from "./postgres.ts";
import { blocked, clock, duplicates, rolling, zombie } from "./processes.ts";
import {
  queueWiped,
  redisAway,
  redisCut,
  redisForgets,
  redisFull,
  redisHalfOpen,
  redisKilled,
  redisMute,
  redisSlow,
} from "./queue.ts";
import { migrationKilled, upgrade } from "./upgrade.ts";

/** Every fault there is, in the order of the report. */
export const cases: readonly FaultCase[] = [
  medley,
  kill,
  killAll,
  killHalf,
  ...[
    queueWiped,
    redisKilled,
    redisForgets,
    redisAway,
    redisFull,
    redisHalfOpen,
    redisMute,
    redisCut,
    redisSlow,
  ],
  ...[postgresKilled, connectionsCut, oneConnectionCut, listenersCut],
  ...[postgresHalfOpen, postgresMute, postgresReadOnly, diskFull],
  ...[zombie, blocked, clock, rolling, duplicates],
  ...[smtp, webhook, oneDead, press, poison],
  ...[upgrade, migrationKilled],
];
