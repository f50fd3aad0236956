import { createService as createAlerts } from "@newsledger/alerts";
import { createService as createApi } from "@newsledger/api";
import { createService as createDigest, digestRoutes } from "@newsledger/digest";
import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import { createService as createExtractor } from "@newsledger/extractor";
import { createFetcher } from "@newsledger/feeds";
import type { Resources, Service } from "@newsledger/host";
import { createService as createPoller, feedSummaries } from "@newsledger/poller";
import { caseTopics, groupsOf } from "./topics.ts";
import { userAgent } from "./user-agent.ts";
import { version } from "./version.ts";

export const roles = ["poller", "extractor", "alerts", "digest", "api"] as const;
export type Role = (typeof roles)[number];

/** The services, each given what it needs of the packages; the only place where they meet. */
export function assemble(resources: Resources, only: readonly Role[] = roles): Service[] {
  const { config } = resources;
  const fetcher = createFetcher({ allowHosts: config.allowHosts, userAgent: userAgent(config) });
  const topics = loadTopics();
  const knowledge = loadKnowledge();
  const cases = caseTopics(knowledge);
  const digest = digestRoutes(resources);
  const services: Record<Role, () => Service> = {
    poller: () => createPoller({ fetcher, topics }),
    extractor: () => createExtractor({ fetcher, knowledge, topics }),
    alerts: () => createAlerts({ post: fetcher.post, groups: groupsOf(knowledge) }),
    digest: () => createDigest({ topics: cases }),
    api: () =>
      createApi({
        topics: cases,
        version: version(),
        feeds: () => feedSummaries(resources.db),
        mounts: ["/u", "/digests"].map((path) => ({ path, fetch: digest.fetch })),
      }),
  };
  return roles.filter((role) => only.includes(role)).map((role) => services[role]());
}
