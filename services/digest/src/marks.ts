/**
 * What differs from reader to reader stands in an edition as a private-use character, so that all who get the same words
 * share one edition. `line` removes such characters from whatever sources say.
 */
export const marks = {
  unsubscribe: "\u{f0000}",
  unsubscribeAll: "\u{f0001}",
  web: "\u{f0002}",
  confirm: "\u{f0003}",
} as const;

export interface Personal {
  readonly webUrl: string;
  readonly stop: { readonly url: string; readonly allUrl: string } | null;
  readonly confirmUrl: string | null;
}

export const fillIn = (words: string, { webUrl, stop, confirmUrl }: Personal): string =>
  words
    .replaceAll(marks.unsubscribe, stop?.url ?? "")
    .replaceAll(marks.unsubscribeAll, stop?.allUrl ?? "")
    .replaceAll(marks.web, webUrl)
    .replaceAll(marks.confirm, confirmUrl ?? "");

const readerBegin = "<!--reader-->";
const readerEnd = "<!--/reader-->";

/** Wraps what belongs to the one reader. Content cannot forge the marks: it is escaped. */
export const onlyForReader = { begin: readerBegin, end: readerEnd } as const;

/** The page that anyone may open: without what belongs to the one reader. */
export const pageForAll = (page: string, webUrl: string): string =>
  page.replace(/<!--reader-->[\s\S]*?<!--\/reader-->/g, "").replaceAll(marks.web, webUrl);

/** The text that anyone may read: without the lines that hold the reader's own links. */
export const textForAll = (text: string, webUrl: string): string =>
  text
    .split("\n")
    .filter((part) => !part.includes(marks.unsubscribe) && !part.includes(marks.unsubscribeAll))
    .join("\n")
    .replaceAll(marks.web, webUrl);
