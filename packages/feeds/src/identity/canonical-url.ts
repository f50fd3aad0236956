const tracking = new Set(
  "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi hsctatracking vero_id vero_conv oly_anon_id oly_enc_id rb_clickid s_cid ncid cmpid cmp ocid ito smid smtyp guccounter guce_referrer guce_referrer_sig __twitter_impression __tn__ at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 wt_mc wt.mc_id spm xtor ref_src ref_url echobox_id __source".split(
    " ",
  ),
);
// Names that other sites use for content count only with the values that trackers give them.
const shared = new Set(["rss", "partner", "feature", "source", "from"]);
const trackingPrefix = /^(utm|mtm|matomo|pk|piwik|hsa|stm|itm|ga|cx)_/;
const ampFlags = new Set(["amp", "outputtype", "_amp"]);
const longest = 2_048;

/**
 * The form of an address that makes two links the same document; null when it is no web address. Conservative: two
 * addresses that might be two documents stay two.
 */
export function canonicalUrl(address: string): string | null {
  let url = URL.parse(address.trim());
  for (let unwrapped = 0; url !== null && unwrapped < 3; unwrapped++) {
    const target = redirectTarget(url);
    if (target === null) break;
    url = target;
  }
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:")) return null;
  url.hash = "";
  url.username = "";
  url.password = "";
  url.hostname = hostWithoutDevice(url.hostname.replace(/\.$/, ""));
  url.pathname = pathWithoutAmp(url.pathname);
  const kept = [...url.searchParams].filter(([name, value]) => !isTracking(name, value));
  // Rebuilding a query changes its spelling, so one that loses nothing is left as it is.
  if (kept.length < url.searchParams.size) url.search = new URLSearchParams(kept).toString();
  const href = url.search === "" ? url.href.replace(/\?$/, "") : url.href;
  return href.length > longest ? null : href;
}

function isTracking(name: string, value: string): boolean {
  const key = name.toLowerCase();
  if (tracking.has(key) || trackingPrefix.test(key)) return true;
  if (shared.has(key)) return /^(|1|true|rss|feed|emb_.*|share|youtu\.be)$/i.test(value);
  return ampFlags.has(key) && /^(|1|true|amp)$/i.test(value);
}

/** Where a wrapper of search engines, AMP caches and social networks leads; null when it is none. */
function redirectTarget(url: URL): URL | null {
  const host = url.hostname.replace(/^www\./, "");
  if (/^google\.[a-z.]{2,6}$/.test(host)) {
    if (url.pathname === "/url")
      return web(url.searchParams.get("url") ?? url.searchParams.get("q"));
    const amp = /^\/amp\/(s\/)?(.+)$/.exec(url.pathname);
    return amp ? web(`http${amp[1] ? "s" : ""}://${amp[2]}${url.search}`) : null;
  }
  if (host.endsWith(".cdn.ampproject.org")) {
    const amp = /^\/[a-z]\/(s\/)?(.+)$/.exec(url.pathname);
    return amp ? web(`http${amp[1] ? "s" : ""}://${amp[2]}${url.search}`) : null;
  }
  if (host === "bing.com" && /^\/news\/apiclick\.aspx$/i.test(url.pathname))
    return web(url.searchParams.get("url"));
  if (/^(l|lm)\.(facebook|instagram)\.com$/.test(host)) return web(url.searchParams.get("u"));
  if (host === "t.umblr.com" && url.pathname === "/redirect") return web(url.searchParams.get("z"));
  return null;
}

function web(text: string | null): URL | null {
  const url = text === null ? null : URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

/** m.example.com and mobile.example.com are www.example.com on a telephone; deeper names are left alone. */
function hostWithoutDevice(host: string): string {
  const found =
    /^(?:m|mobile|amp)\.((?:[a-z0-9-]+)\.(?:[a-z]{2,}|(?:com?|org|net|gov|gob|edu)\.[a-z]{2}))$/.exec(
      host,
    );
  return found ? `www.${found[1]}` : host;
}

const pathWithoutAmp = (path: string): string => {
  const shorter = path.replace(/\/amp\/?$/i, "").replace(/\.amp(\.html?)?$/i, "$1");
  return shorter === "" ? "/" : shorter;
};
