import type { NewsEvents } from "@newsledger/core";
import type { Projection } from "@newsledger/eventlog";

export const projections: readonly Projection<NewsEvents>[] = [];
