import type { Migration } from "@newsledger/eventlog";

export const migrations: readonly Migration[] = [];
