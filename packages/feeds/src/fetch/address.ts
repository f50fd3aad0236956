import ipaddr from "ipaddr.js";

// ipaddr.js calls ::7f00:1 (IPv4-compatible loopback) unicast: only the block that is handed out counts as public.
const globalIpv6 = ipaddr.parseCIDR("2000::/3");

/** True for an address of the public internet; private, loopback, link-local, reserved and translated ones are not. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.process(address); // ::ffff:a.b.c.d becomes a.b.c.d
  if (ip.range() !== "unicast") return false;
  return ip.kind() === "ipv4" || ip.match(globalIpv6);
}

/** Says whether a private target was opened by name: "host" for every port, "host:port" for one. */
export function allowList(entries: readonly string[]): (host: string, port: number) => boolean {
  const open = new Set(entries.map((entry) => entry.trim().toLowerCase()).filter(Boolean));
  return (host, port) => {
    if (open.size === 0) return false;
    const name = bareHost(host);
    const bracketed = name.includes(":") ? `[${name}]` : name;
    return open.has(name) || open.has(bracketed) || open.has(`${bracketed}:${port}`);
  };
}

/** The host as URLs and resolvers name it: lower case, no brackets, no final dot. */
export const bareHost = (host: string): string =>
  host
    .toLowerCase()
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "");
