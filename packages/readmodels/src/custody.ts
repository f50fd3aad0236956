import type { Claim } from "./claim.ts";
import { type Cluster, clustersOf } from "./developments.ts";
import { daysBetween, lastDay } from "./partial-date.ts";
import { isOwn, outlets, reportOf } from "./story.ts";
import type { CustodyStatus, Development, PersonStatus, Report } from "./view.ts";
import { commonPlace, heldAt } from "./whereabouts.ts";

export interface CustodyQuestion {
  subjects: readonly { id: string; name: string }[];
  /** Ids that stand for every subject. */
  groups: readonly string[];
  /** The day that day counts refer to, YYYY-MM-DD. */
  on: string;
}

const labels: Readonly<Record<CustodyStatus, string>> = {
  detained: "Detained",
  "house-arrest": "Under house arrest",
  "imprisoned-again": "Imprisoned again",
  convicted: "Convicted",
  extradited: "Extradited",
  free: "Free",
  unknown: "No report yet",
};

/** Where each person stands, from everything that was claimed. A claim about a group counts for each of its members. */
export function custody(claims: readonly Claim[], question: CustodyQuestion): PersonStatus[] {
  return question.subjects.map((subject) => {
    const ids = new Set([subject.id, ...question.groups]);
    const own = claims.filter(({ targetIds }) => targetIds.some((id) => ids.has(id)));
    return personStatus(subject, own, question.on);
  });
}

function personStatus(
  subject: { id: string; name: string },
  claims: readonly Claim[],
  on: string,
): PersonStatus {
  const { clusters, unplaced } = clustersOf(claims);
  const steps = walk(clusters);
  const history = steps.map(({ development }) => development);
  const last = steps.findLast(({ changes }) => changes)?.development ?? null;
  const status = last?.status ?? "unknown";
  const since = last?.date ?? null;
  return {
    ...subject,
    status,
    label: labels[status],
    since,
    days: since === null ? null : Math.max(0, daysBetween(lastDay(since), on)),
    atLeast: since !== null && since.length < 10,
    place: since === null || status === "free" ? null : heldAt(claims, since),
    convicted: convictedSince(history),
    last,
    lastConfirmed: history.findLast(({ independent }) => independent >= 2) ?? null,
    history,
    unsettled: unplaced
      .filter(({ publicAt }) => since !== null && publicAt.toISOString() > since)
      .map(({ report, code, sentence }) => ({ ...reportOf(report), code, sentence })),
  };
}

interface Step {
  development: Development;
  /** False for one that only repeats the status, or adds a verdict to it. */
  changes: boolean;
}

function walk(clusters: readonly Cluster[]): Step[] {
  let status: CustodyStatus = "unknown";
  return clusters.map((cluster) => {
    const next = after(status, cluster);
    const changes = next !== status;
    status = next;
    return { development: developmentOf(cluster, next), changes };
  });
}

/** The status that follows. Told twice, it does not begin twice; a verdict changes nothing for someone already in custody. */
function after(status: CustodyStatus, { kind, code }: Cluster): CustodyStatus {
  switch (kind) {
    case "free":
      return "free";
    case "house-arrest":
      return "house-arrest";
    case "extradite":
      return "extradited";
    case "convict":
      return status === "unknown" ? "convicted" : status;
    case "prison":
      if (status === "imprisoned-again") return status;
      if (code === "reimprison" || status === "house-arrest") return "imprisoned-again";
      return "detained";
  }
}

function developmentOf(cluster: Cluster, status: CustodyStatus): Development {
  const reports = distinctReports(cluster.claims);
  const own = reports.filter(isOwn);
  // When the original did not say it of this person, the first retelling that does is the report.
  const independent = Math.max(1, outlets(own));
  return {
    code: cluster.code,
    status,
    date: cluster.date,
    dateAssumed: cluster.assumed,
    otherDates: cluster.otherDates,
    place: commonPlace(cluster.claims),
    sentence:
      cluster.claims.find(({ report }) => isOwn(report))?.sentence ?? cluster.claims[0].sentence,
    independent,
    copies: reports.length - Math.max(1, own.length),
    confirmation: confirmation(independent),
    reports,
  };
}

const confirmation = (independent: number): string =>
  independent <= 1 ? "reported by 1" : `confirmed by ${independent} independent`;

/** One report a document, earliest first, copies last; each says which sentence makes it evidence. */
function distinctReports(claims: readonly Claim[]): Report[] {
  const byDocument = new Map<string, Report>();
  for (const { report, sentence } of claims)
    if (!byDocument.has(report.documentId))
      byDocument.set(report.documentId, { ...reportOf(report), why: `It says: “${sentence}”` });
  const reports = [...byDocument.values()];
  return [...reports.filter(isOwn), ...reports.filter((report) => !isOwn(report))];
}

function convictedSince(history: readonly Development[]): string | null {
  const verdict = history.findLastIndex(({ code }) => code === "convict");
  const freed = history.findLastIndex(({ status }) => status === "free");
  return verdict > freed ? (history[verdict]?.date ?? null) : null;
}
