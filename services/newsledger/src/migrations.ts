import { migrations as alerts } from "@newsledger/alerts";
import { migrations as api } from "@newsledger/api";
import { migrations as digest } from "@newsledger/digest";
import { migrations as eventlog, type Migration } from "@newsledger/eventlog";
import { migrations as extractor } from "@newsledger/extractor";
import { migrations as poller } from "@newsledger/poller";
import { migrations as queue } from "@newsledger/queue";
import { migrations as readmodels } from "@newsledger/readmodels";

/** The whole schema, in the order in which it is made. */
export const migrations: readonly Migration[] = [
  ...eventlog,
  ...queue,
  ...poller,
  ...extractor,
  ...readmodels,
  ...alerts,
  ...digest,
  ...api,
];
