import type { Resources } from "@newsledger/host";
import { type CaseStatus, type CaseTopic, caseStatus } from "@newsledger/readmodels";
import type { ApiOptions } from "./options.ts";
import { Problem } from "./problem.ts";

/** What the routes and pages work with. */
export type ApiContext = ApiOptions &
  Pick<Resources, "db" | "pool" | "log" | "queue" | "clock" | "logger" | "metrics"> & {
    /** Where people reach this server, without a slash at the end. */
    publicUrl: string;
    /** Only this machine can reach us, and nothing asks for a key: whoever is here runs it. */
    keyless?: boolean;
  };

export function caseOf({ topics }: ApiContext, id: string): CaseTopic {
  const topic = topics.find((one) => one.id === id);
  if (topic) return topic;
  const known = topics.map((one) => one.id).join(", ");
  throw new Problem(404, `There is no case “${id}” here; followed: ${known || "none"}.`);
}

export const statusOf = (
  { db, clock }: ApiContext,
  topic: CaseTopic,
  past: { asOf?: string | undefined; knownAt?: Date | bigint | undefined } = {},
): Promise<CaseStatus> => caseStatus(db, { topic, today: clock.now(), ...past });
