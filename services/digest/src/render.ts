import { renderHtml } from "./html.ts";
import { compose, type DigestInput } from "./model.ts";
import { renderText } from "./text.ts";

/** One digest in words: the mail's two parts, and the page where the mail could not hold everything. */
export interface Rendered {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The whole of it, worded when it is asked for; null where the HTML part is that already. */
  readonly page: () => string | null;
  readonly stories: number;
}

/** Some clients cut mails near 100 KB, and the way out stands at the end. */
const maxHtmlBytes = 78_000;
const mostStories = 40;
/** A page has an end too; the timeline has everything. */
const mostOnPage = 1_000;

/** As many stories in full as the mail can hold; the page behind it has the others. */
export function render(input: Omit<DigestInput, "most">): Rendered {
  const stories = input.content.stories.length;
  for (let most = mostStories; ; most = Math.floor(most * 0.75)) {
    const digest = compose({ ...input, most });
    const html = renderHtml(digest);
    if (Buffer.byteLength(html) <= maxHtmlBytes || most === 0) {
      const left =
        digest.omittedCorrections > 0 || digest.topics.some(({ omitted }) => omitted > 0);
      const page = () => (left ? renderHtml(compose({ ...input, most: mostOnPage })) : null);
      return { subject: digest.subject, html, text: renderText(digest), page, stories };
    }
  }
}
