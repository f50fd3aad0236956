import { type AppendRequest, putTexts } from "@newsledger/eventlog";
import type { Resources } from "@newsledger/host";
import { finishAll, gathered, type WorkContext } from "@newsledger/queue";

/** What is to be written when an article has been read. */
export interface Outcome {
  /** The work that ends with it. */
  readonly work: WorkContext;
  readonly texts: readonly string[];
  readonly requests: readonly AppendRequest[];
}

/** Writes outcomes, each whole or not at all; those that come while one transaction is under way share the next. */
export function openRecorder({
  db,
  log,
}: Pick<Resources, "db" | "log">): (outcome: Outcome) => Promise<void> {
  const recordAll = async (outcomes: readonly Outcome[]): Promise<undefined[]> => {
    const texts = outcomes.flatMap((outcome) => outcome.texts);
    const requests = outcomes.flatMap((outcome) => outcome.requests);
    await db.transaction().execute(async (trx) => {
      if (texts.length > 0) await putTexts(trx, texts);
      if (requests.length > 0) await log.within(trx).appendMany(requests);
      await finishAll(
        trx,
        outcomes.map(({ work }) => work),
      );
    });
    return outcomes.map(() => undefined);
  };
  return gathered(recordAll, { largest: 16, restMs: 50 });
}
