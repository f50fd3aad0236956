import { createService as createAlerts, outletKinds, schemaRoutes } from "@newsledger/alerts";
import { createService as createApi } from "@newsledger/api";
import {
  createService as createDigest,
  digestPaths,
  digestRoutes,
  pressOf,
} from "@newsledger/digest";
import { loadEntities } from "@newsledger/extraction/knowledge";
import { loadTopics } from "@newsledger/extraction/topics";
import { createService as createExtractor } from "@newsledger/extractor";
import { feedCatalogue } from "@newsledger/feeds";
import { installationVault, type Resources, type Service } from "@newsledger/host";
import {
  createService as createPoller,
  feedDetail,
  feedSummaries,
  hubCallback,
} from "@newsledger/poller";
import { administration } from "./administration.ts";
import { alertMail } from "./alert-mail.ts";
import { openFetcher } from "./outbound.ts";
import { caseTopics, groupsOf, peopleOf } from "./topics.ts";
import { version } from "./version.ts";

export const roles = ["poller", "extractor", "alerts", "digest", "api"] as const;
export type Role = (typeof roles)[number];

/** The services, each given what it needs of the packages; the only place where they meet. */
export function assemble(resources: Resources, only: readonly Role[] = roles): Service[] {
  const { config } = resources;
  const fetcher = openFetcher(config);
  const topics = loadTopics();
  const knowledge = loadEntities();
  const cases = caseTopics(knowledge);
  const feeds = () => feedSummaries(resources.db);
  const press = pressOf(resources, { topics: cases, feeds });
  const digest = digestRoutes(press, {
    open: signUpIsOpen(config),
    enqueue: (hints) => resources.queue.enqueue(hints),
  });
  const services: Record<Role, () => Service> = {
    poller: () => createPoller({ fetcher, topics }),
    extractor: () => createExtractor({ fetcher, knowledge }),
    alerts: () =>
      createAlerts({
        post: fetcher.post,
        sendMail: alertMail(config),
        vault: installationVault(config),
        groups: groupsOf(knowledge),
        people: peopleOf(knowledge),
        kindOf: outletKinds(feedCatalogue()),
      }),
    digest: () => createDigest({ topics: cases, feeds }),
    api: () =>
      createApi({
        topics: cases,
        version: version(),
        feeds,
        feed: (feedId) => feedDetail(resources, feedId),
        administration: administration(resources, { knowledge, press }),
        mailSignUp: signUpIsOpen(config),
        mounts: [
          ...digestPaths.map((path) => ({ path, fetch: digest.fetch })),
          { path: "/schemas", ...schemaRoutes() },
          { path: "/websub", fetch: hubCallback(resources) },
        ],
      }),
  };
  return roles.filter((role) => only.includes(role)).map((role) => services[role]());
}

/** A stranger may ask for digests where a stranger may read: this machine only, or behind a server that lets people in. */
const signUpIsOpen = ({ digest, host }: Resources["config"]): boolean =>
  digest.signUp === "open" || (digest.signUp === "auto" && isLoopback(host));

const isLoopback = (host: string): boolean =>
  ["localhost", "127.0.0.1", "::1"].includes(host) || host.startsWith("127.");
