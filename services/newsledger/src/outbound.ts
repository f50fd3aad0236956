import { createFetcher, type Fetcher, type FetcherOptions } from "@newsledger/feeds";
import type { Config } from "@newsledger/host";
import { version } from "./version.ts";

/** How Newsledger presents itself to publishers: name, version, and where to find who runs it. */
const userAgent = (config: Config): string => `Newsledger/${version()} (+${config.publicUrl})`;

type Roads = Pick<FetcherOptions, "allowHosts" | "proxy">;

/** Which ways lead out, as the operator set them. */
export const roadsOf = ({ allowHosts, proxy, noProxy, proxyNames }: Config): Roads => ({
  allowHosts,
  proxy: proxy === undefined ? undefined : { url: proxy, except: noProxy, names: proxyNames },
});

/** The one way by which feeds, pages and receivers are asked. */
export const openFetcher = (config: Config): Fetcher =>
  createFetcher({ ...roadsOf(config), userAgent: userAgent(config) });
