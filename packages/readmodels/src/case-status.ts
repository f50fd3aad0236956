import type { Reader } from "./ask.ts";
import type { AsOf, CaseStatus, CaseTopic } from "./view.ts";

/** Where each subject stands; days count to `asOf`, else to `today`. */
export async function caseStatus(
  _db: Reader,
  _question: AsOf & { topic: CaseTopic; today: Date },
): Promise<CaseStatus> {
  throw new Error("caseStatus: not built yet");
}
