// Two-letter countries under which names are registered one level further down, as in co.uk or com.ve.
const secondLevel = new Set(
  "ac asn co com ed edu gen go gob gouv gov govt gub id info int ltd me mil ne net nic nom or org plc sch web".split(
    " ",
  ),
);

/**
 * What one owner registered: the part of a host that its neighbours share. Null for addresses and for names without a dot.
 * Without the public suffix list, so the guests of a platform count as one: it is the platform that counts requests.
 */
export function registrableDomain(hostKey: string): string | null {
  if (hostKey.startsWith("[") || /^[\d.]+(:\d+)?$/.test(hostKey)) return null;
  const labels = hostKey.replace(/:\d+$/, "").replace(/\.$/, "").split(".");
  if (labels.length < 2) return null;
  const [country = "", level = ""] = labels.toReversed();
  const deep = labels.length > 2 && country.length === 2 && secondLevel.has(level);
  return labels.slice(deep ? -3 : -2).join(".");
}
