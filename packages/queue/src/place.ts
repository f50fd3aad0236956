/** A server's address fit for a message: where it is, never the name or password used there. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) return "an address that is not a URL";
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
