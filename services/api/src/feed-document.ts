import { contentUuid } from "@newsledger/core";
import type { FeedStory } from "@newsledger/readmodels";
import { count } from "./pages/words.ts";

/** A saved question as other feed readers want it: the newest answers, each with its evidence. */
export interface FeedDocument {
  title: string;
  /** This feed's own address, and the page for people. */
  self: string;
  home: string;
  /** Where a story of this ledger has its page. */
  storyPage(storyId: string): string;
  stories: readonly FeedStory[];
}

/** Atom (RFC 4287). An entry keeps its id for ever; `updated` moves when it was reworded or told further. */
export function atom(feed: FeedDocument): string {
  const entries = feed.stories.map((story) => atomEntry(feed, story)).join("");
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${idOf("feed", feed.self)}</id>
<title>${xml(feed.title)}</title>
<updated>${updatedOf(feed)}</updated>
<link rel="self" type="application/atom+xml" href="${xml(feed.self)}"/>
<link rel="alternate" type="text/html" href="${xml(feed.home)}"/>
<generator>Newsledger</generator>
${entries}</feed>
`;
}

function atomEntry({ storyPage }: FeedDocument, story: FeedStory): string {
  const published = story.publishedAt ?? story.foundAt;
  const categories = story.topics.map(({ topicId }) => `<category term="${xml(topicId)}"/>\n`);
  return `<entry${story.language ? ` xml:lang="${xml(story.language)}"` : ""}>
<id>${idOf("story", story.storyId)}</id>
<title>${xml(story.title)}</title>
<updated>${story.updatedAt.toISOString()}</updated>
<published>${published.toISOString()}</published>
<link rel="alternate" href="${xml(story.url ?? storyPage(story.storyId))}"/>
<link rel="related" title="All reports" href="${xml(storyPage(story.storyId))}"/>
<author><name>${xml(story.source)}</name></author>
${categories.join("")}<content type="html">${xml(content(story))}</content>
</entry>
`;
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeed(feed: FeedDocument): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    feed_url: feed.self,
    home_page_url: feed.home,
    items: feed.stories.map((story) => ({
      id: idOf("story", story.storyId),
      url: feed.storyPage(story.storyId),
      ...(story.url && { external_url: story.url }),
      title: story.title,
      content_html: content(story),
      date_published: (story.publishedAt ?? story.foundAt).toISOString(),
      date_modified: story.updatedAt.toISOString(),
      authors: [{ name: story.source }],
      tags: story.topics.map(({ topicId }) => topicId),
      ...(story.language && { language: story.language }),
    })),
  };
}

const idOf = (kind: string, id: string): string => `urn:uuid:${contentUuid(kind, id)}`;

/** An empty feed has not changed since the beginning of time: readers need some date. */
const updatedOf = ({ stories }: FeedDocument): string =>
  new Date(Math.max(0, ...stories.map(({ updatedAt }) => updatedAt.getTime()))).toISOString();

const dayOf = (time: Date) => time.toISOString().slice(0, 10);

/** Who reports it, when it was published and found, and why it is here. */
function content(story: FeedStory): string {
  const reports = story.reports
    .filter(({ relation }) => relation !== "copy")
    .map((report) => {
      const name = report.url
        ? `<a href="${xml(report.url)}">${xml(report.source)}</a>`
        : xml(report.source);
      const published = report.publishedAt ? `published ${dayOf(report.publishedAt)}` : "undated";
      return `<li>${name}: ${xml(report.title)} (${published}, found ${dayOf(report.foundAt)})</li>`;
    });
  const counts = `${count(story.independent, "independent report")}, ${count(story.copies, "copy", "copies")}`;
  const late = story.lateFind ? " Found late: long after it was published." : "";
  return `<p>${counts}.${late}</p><ul>${reports.join("")}</ul><p>Why it is here: ${xml(story.why)}</p>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as XML 1.0 may hold it: escaped, and without the characters it forbids. */
const xml = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
