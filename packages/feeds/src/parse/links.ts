// "href" and its like whose value has neither scheme nor fragment at its start: "/a", "a.html", "//host/a".
const relative =
  /(<[^<>]*?\s(?:href|src|action|cite|longdesc|poster|data|background)\s*=\s*)("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)/gi;
const named = /\s(?:href|src|action|cite|longdesc|poster|data|background)$/i;
const longestName = " background".length;
const leadsOn = /\s*["']?\s*(?![a-z][a-z0-9+.-]*:|#|["'>])/iy;
const absolute = /^(?:[a-z][a-z0-9+.-]*:|#|$)/i;

/** HTML whose links and pictures lead somewhere from anywhere: relative addresses are resolved against the base. */
export function absoluteLinks(html: string, base: string | null): string {
  if (base === null || !maybeRelative(html)) return html;
  return html.replace(relative, (whole, before: string, quoted: string) => {
    const quote = quoted.startsWith('"') || quoted.startsWith("'") ? quoted.slice(0, 1) : "";
    const address = (quote === "" ? quoted : quoted.slice(1, -1)).trim();
    if (absolute.test(address)) return whole;
    const url = URL.parse(address.replaceAll("&amp;", "&"), base);
    if (url === null) return whole;
    return `${before}${quote || '"'}${url.href.replaceAll("&", "&amp;").replaceAll('"', "%22")}${quote || '"'}`;
  });
}

/** Goes from "=" to "=": a pattern would stop at every space there is. */
function maybeRelative(html: string): boolean {
  for (let at = html.indexOf("="); at >= 0; at = html.indexOf("=", at + 1)) {
    let end = at;
    while (end > 0 && isSpace(html.charCodeAt(end - 1))) end -= 1;
    if (!named.test(html.slice(Math.max(0, end - longestName), end))) continue;
    leadsOn.lastIndex = at + 1;
    if (leadsOn.test(html)) return true;
  }
  return false;
}

const isSpace = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(String.fromCharCode(code)));
