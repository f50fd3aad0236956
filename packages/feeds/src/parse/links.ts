// "href" and its like whose value has neither scheme nor fragment at its start: "/a", "a.html", "//host/a".
const relative =
  /(<[^<>]*?\s(?:href|src|action|cite|longdesc|poster|data|background)\s*=\s*)("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)/gi;
const maybeRelative =
  /\s(?:href|src|action|cite|longdesc|poster|data|background)\s*=\s*["']?\s*(?![a-z][a-z0-9+.-]*:|#|["'>])/i;
const absolute = /^(?:[a-z][a-z0-9+.-]*:|#|$)/i;

/** HTML whose links and pictures lead somewhere from anywhere: relative addresses are resolved against the base. */
export function absoluteLinks(html: string, base: string | null): string {
  if (base === null || !maybeRelative.test(html)) return html;
  return html.replace(relative, (whole, before: string, quoted: string) => {
    const quote = quoted.startsWith('"') || quoted.startsWith("'") ? quoted.slice(0, 1) : "";
    const address = (quote === "" ? quoted : quoted.slice(1, -1)).trim();
    if (absolute.test(address)) return whole;
    const url = URL.parse(address.replaceAll("&amp;", "&"), base);
    if (url === null) return whole;
    return `${before}${quote || '"'}${url.href.replaceAll("&", "&amp;").replaceAll('"', "%22")}${quote || '"'}`;
  });
}
