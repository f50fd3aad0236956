/** Target addresses by relation, as a Link header gives them (RFC 8288); the first of each. */
export function linkHeader(value: string, base: string | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, target = "", parameters = ""] of value.matchAll(oneLink)) {
    const url = URL.parse(target.trim(), base ?? undefined);
    if (!url || !/^https?:$/.test(url.protocol)) continue;
    for (const name of relationsIn(parameters))
      if (name !== "" && !found.has(name)) found.set(name, url.href);
  }
  return found;
}

function relationsIn(parameters: string): string[] {
  for (const [, name = "", quoted, plain = ""] of parameters.matchAll(oneParameter))
    if (name.toLowerCase() === "rel") return (quoted ?? plain).toLowerCase().split(/\s+/);
  return [];
}

// The header is cut at 2,048 characters where it is read, and every part of this can begin in one way only.
const oneLink = /<([^<>]*)>((?:\s*;(?:[^";,<]|"[^"]*")*)*)/g;
const oneParameter = /;\s*([\w*-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s;,"]*)))?/g;
