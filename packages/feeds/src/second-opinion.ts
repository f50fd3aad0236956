/** What a stricter reader makes of the same document. */
export interface SecondOpinion {
  readonly readable: boolean;
  readonly items: readonly { readonly title: string; readonly link: string | null }[];
  /** Why it could not be read, in the reader's own words. */
  readonly problem: string | null;
}

const longest = 32 << 20;

/**
 * Asks rss-parser, as many programs that read feeds do. Only ever its parser, on text that was fetched, decoded and
 * capped here: its own fetcher has no limits.
 */
export async function secondOpinion(text: string): Promise<SecondOpinion> {
  if (text.length > longest)
    return { readable: false, items: [], problem: "The document is too long." };
  try {
    const { default: Parser } = await import("rss-parser"); // only who asks for it pays for its memory
    const feed = await new Parser().parseString(text);
    const items = feed.items.map((item) => ({
      title: String(item.title ?? ""),
      link: item.link ?? null,
    }));
    return { readable: true, items, problem: null };
  } catch (error) {
    return {
      readable: false,
      items: [],
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
