import type { AnyTransaction } from "@newsledger/eventlog";
import { caseStatus, digestContent } from "@newsledger/readmodels";
import type { Database, Press } from "./database.ts";
import { renderHtml } from "./html.ts";
import { compose, type DigestInput } from "./model.ts";
import type { Schedule } from "./schedule.ts";
import { renderText } from "./text.ts";
import type { Language } from "./words.ts";

export interface Rendered {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly stories: number;
}

/** Stands for the reader's own link until the mail is made; `line` removes it from whatever sources say. */
export const unsubscribeMark = "\u{f0000}";

export interface Edition {
  readonly issueId: string;
  readonly language: Language;
  readonly schedule: Schedule;
  readonly topics: readonly string[];
  readonly from: bigint;
  readonly to: bigint;
  readonly periodEnd: Date;
}

/** Reads what the window of the ledger brought, and renders it; null when it brought nothing to tell. */
export async function renderEdition(
  db: Database | AnyTransaction,
  press: Pick<Press, "topics" | "publicUrl">,
  edition: Edition,
): Promise<Rendered | null> {
  const { topics: ids, from, to, periodEnd } = edition;
  const content = await digestContent(db, { topics: ids, from, to });
  if (content.stories.length === 0) return null;
  const topics = ids.map(
    (id) =>
      press.topics.find((topic) => topic.id === id) ?? {
        id,
        title: { en: id, es: id },
        subjects: [],
      },
  );
  const cases = topics.filter(({ subjects }) => subjects.length > 0);
  const statuses = [];
  for (const topic of cases)
    statuses.push(await caseStatus(db, { topic, today: periodEnd, knownAt: to }));
  return render({ ...edition, topics, statuses, content, publicUrl: press.publicUrl });
}

/** Some clients cut mails near 100 KB, and the way out stands at the end. */
const maxHtmlBytes = 78_000;
const mostStories = 40;

/** As many stories in full as the mail can hold; the others are counted and linked. */
export function render(input: Omit<DigestInput, "most">): Rendered {
  for (let most = mostStories; ; most = Math.floor(most * 0.75)) {
    const digest = compose({ ...input, most });
    const html = renderHtml(digest, unsubscribeMark);
    if (Buffer.byteLength(html) <= maxHtmlBytes || most === 0) {
      const text = renderText(digest, unsubscribeMark);
      return { subject: digest.subject, html, text, stories: input.content.stories.length };
    }
  }
}
