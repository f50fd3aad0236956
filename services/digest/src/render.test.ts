import type {
  CaseStatus,
  CaseTopic,
  DigestContent,
  DigestStory,
  PersonStatus,
  Report,
} from "@newsledger/readmodels";
import { expect, test } from "vitest";
import { marks, pageForAll } from "./marks.ts";
import { render } from "./render.ts";

const lima: CaseTopic = {
  id: "lima-4",
  title: { en: "The Lima four", es: "Los cuatro de Lima" },
  subjects: [{ id: "ana-prado", name: "Ana Prado" }],
};
const treaty: CaseTopic = {
  id: "treaty",
  title: { en: "The treaty", es: "El tratado" },
  subjects: [],
};

const report = (changes: Partial<Report> = {}): Report => ({
  documentId: "d1",
  itemId: "i1",
  title: "Ana Prado freed",
  source: "Example Wire",
  url: "https://wire.example/prado",
  language: "en",
  publishedAt: new Date("2026-11-23T15:00:00Z"),
  foundAt: new Date("2026-11-23T15:12:00Z"),
  relation: "first",
  why: "named",
  ...changes,
});

const story = (changes: Partial<DigestStory> = {}): DigestStory => ({
  storyId: "s1",
  title: "Ana Prado freed",
  language: "en",
  source: "Example Wire",
  url: "https://wire.example/prado",
  publishedAt: new Date("2026-11-23T15:00:00Z"),
  foundAt: new Date("2026-11-23T15:12:00Z"),
  why: "“Ana Prado” in the title",
  matched: [
    {
      topicId: "lima-4",
      reasons: [{ rule: "name", field: "title", matched: "Ana Prado", start: 0, end: 9 }],
    },
  ],
  topics: [{ topicId: "lima-4", tier: "alert" }],
  occurrences: [
    {
      code: "release",
      date: "2026-11-23",
      actors: [],
      targets: [{ id: "ana-prado", name: "Ana Prado" }],
      place: { id: "lima", name: "Lima" },
      sentence: "Ana Prado walked out of prison on Monday.",
    },
  ],
  independent: 2,
  copies: 3,
  reports: [report()],
  lateFind: false,
  backfill: false,
  kind: "new",
  entries: [
    report(),
    report({ documentId: "d2", source: "El Diario", title: "Liberada", publishedAt: null }),
  ],
  newCopies: 3,
  changed: "2 new independent reports, 3 copies.",
  ...changes,
});

const content = (stories: DigestStory[]): DigestContent => ({
  from: "10",
  to: "90",
  stories,
  volume: {
    itemsSeen: 12_345,
    itemsMatched: 12,
    articlesUnderstood: 9,
    storiesOpened: 1,
    independentReports: 2,
    copies: 3,
  },
});

const person = (changes: Partial<PersonStatus> = {}): PersonStatus => ({
  id: "ana-prado",
  name: "Ana Prado",
  status: "free",
  label: "Free",
  since: "2026-11-23",
  days: 1,
  atLeast: false,
  place: null,
  convicted: null,
  last: {
    code: "release",
    status: "free",
    date: "2026-11-23",
    dateAssumed: false,
    otherDates: [],
    place: null,
    sentence: "Ana Prado walked out of prison on Monday.",
    independent: 2,
    copies: 3,
    confirmation: "confirmed by 2 independent",
    reports: [report()],
  },
  lastConfirmed: null,
  history: [],
  unsettled: [],
  ...changes,
});

const status = (persons: PersonStatus[]): CaseStatus => ({
  topicId: "lima-4",
  title: lima.title,
  on: "2026-11-24",
  persons,
  stories: 1,
  newestPublishedAt: null,
  newestFoundAt: null,
  waiting: 0,
});

const edition = {
  language: "en" as const,
  schedule: { schedule: "daily", at: "07:00", timeZone: "America/Lima" },
  periodEnd: new Date("2026-11-24T12:00:00Z"),
  topics: [lima, treaty],
  statuses: [{ before: null, now: status([person()]) }],
  content: content([story()]),
  publicUrl: "https://ledger.example",
};
const rendered = (changes: Partial<Parameters<typeof render>[0]> = {}) =>
  render({ ...edition, ...changes });

test("the subject is the news, with its case", () => {
  expect(rendered().subject).toBe("The Lima four: Ana Prado freed");
});

test("several stories: the first one, and how many more", () => {
  const stories = [story(), story({ storyId: "s2" }), story({ storyId: "s3", backfill: true })];
  expect(rendered({ content: content(stories) }).subject).toBe(
    "The Lima four: Ana Prado freed (+1)",
  );
});

test("the reader's first topic leads, and in it what could have alerted", () => {
  const stories = [
    story({ storyId: "t", title: "Treaty signed", topics: [{ topicId: "treaty", tier: "alert" }] }),
    story({ storyId: "d", title: "In passing", topics: [{ topicId: "lima-4", tier: "digest" }] }),
    story({ storyId: "a", title: "The main thing" }),
  ];
  const { subject, text } = rendered({ content: content(stories) });
  expect(subject).toBe("The Lima four: The main thing (+2)");
  const order = ["The main thing [", "In passing [", "THE TREATY", "Treaty signed ["].map((part) =>
    text.indexOf(part),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order).not.toContain(-1);
});

test("a story of two topics is told once", () => {
  const both = story({
    topics: [
      { topicId: "treaty", tier: "alert" },
      { topicId: "lima-4", tier: "digest" },
    ],
  });
  const { text } = rendered({ content: content([both]) });
  expect(text.split("Ana Prado freed [").length - 1).toBe(1);
  expect(text).not.toContain("THE TREATY");
});

test("where the case stands comes before everything else, with its source and both dates", () => {
  for (const part of ["text", "html"] as const) {
    const body = rendered()[part];
    const place = body.indexOf(
      part === "text" ? "Ana Prado: free" : "Ana Prado</strong><br><strong>free",
    );
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(body.search(/>What changed|WHAT CHANGED/));
  }
  expect(rendered().text).toContain(
    "Ana Prado: free since November 23, 2026, 1 day\n  confirmed by 2 independent sources: Example Wire, published Nov 23, 2026, 10:00, found Nov 23, 2026, 10:12\n  https://wire.example/prado",
  );
});

test("people who stand alike on the same word share a line", () => {
  const statuses = [
    {
      before: null,
      now: status([
        person(),
        person({ id: "luis", name: "Luis Prado" }),
        person({
          id: "eva",
          name: "Eva Ruiz",
          status: "unknown",
          since: null,
          days: null,
          last: null,
        }),
      ]),
    },
  ];
  const { text } = rendered({ statuses });
  expect(text).toContain("Ana Prado, Luis Prado: free since");
  expect(text).toContain("Eva Ruiz: no report on custody yet");
});

test.each(["text", "html"] as const)(
  "the %s part has every source, link, date, count and reason",
  (part) => {
    const body = rendered()[part];
    for (const piece of [
      "Example Wire",
      "El Diario",
      "https://wire.example/prado",
      "published Nov 23, 2026, 10:00",
      "found Nov 23, 2026, 10:12",
      "not dated by the source",
      "2 independent reports, 3 copies",
      "Release, November 23, 2026, Lima",
      "Ana Prado walked out of prison on Monday.",
      "Why it is here: you follow The Lima four (“Ana Prado” in the title).",
      "You get this because you follow The Lima four, The treaty, daily at 07:00 (America/Lima).",
      "12,345 items",
      marks.web,
      marks.unsubscribe,
      marks.unsubscribeAll,
    ])
      expect(body).toContain(piece);
  },
);

test("a late find says so, next to its headline", () => {
  const late = story({ lateFind: true, publishedAt: new Date("2021-12-10T15:00:00Z") });
  const { text, html } = rendered({ content: content([late]) });
  expect(text).toContain("[New, Late find]");
  expect(text).toContain("Published on December 10, 2021, found only now: not breaking news.");
  expect(html).toContain("Late find</span>");
});

test("older coverage is headlines only, after the news", () => {
  const older = Array.from({ length: 9 }, (_, i) =>
    story({ storyId: `old${i}`, title: `Old story ${i}`, backfill: true }),
  );
  const { text, subject } = rendered({ content: content([...older, story()]) });
  expect(subject).toBe("The Lima four: Ana Prado freed");
  expect(text).toContain("Old story 4");
  expect(text).not.toContain("Old story 5");
  expect(text).toContain("9 older stories in the timeline: https://ledger.example/cases/lima-4");
});

test("what sources say is text: no markup, no scripts, no line breaks, no link but to the web", () => {
  const hostile = story({
    title: '</title><script>alert(1)</script>\r\nBcc: x@example.org <img src="x" onerror="y">',
    url: "javascript:alert(1)",
    why: "<!--/reader--><b>",
    entries: [report({ source: '"><i>', title: "<a href='x'>", url: "data:text/html,x" })],
  });
  const { subject, html } = rendered({ content: content([hostile]) });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).not.toMatch(/<script|<img|<i>|<b>|javascript:|data:text|<a href='x'/i);
  expect(html.match(/<!--\/reader-->/g)).toHaveLength(1);
});

test("the page for everyone lacks what is the reader's", () => {
  const { html } = rendered();
  const page = pageForAll(html, "https://ledger.example/digests/issue1");
  expect(page).not.toContain(marks.unsubscribe);
  expect(page).not.toContain("Unsubscribe");
  expect(page).toContain("This digest on the web");
});

test("however much happened, the mail stays below 80 KB and says what it leaves out", () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    story({ storyId: `s${i}`, title: `${i} ${"ñ".repeat(380)}`, why: "w".repeat(2_000) }),
  );
  const { html, text, stories } = rendered({ content: content(many) });
  expect(Buffer.byteLength(html)).toBeLessThan(80_000);
  expect(stories).toBe(300);
  expect(text).toMatch(/\d{3} more stories of this period in the full digest/);
  expect(html).toContain(marks.unsubscribe);
});

test("no picture, no script, no tracking: the only links are sources and our own pages", () => {
  const { html } = rendered();
  expect(html).not.toMatch(/<img|<script|<link|url\(/i);
  const targets = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  expect(new Set(targets)).toEqual(
    new Set(["https://wire.example/prado", marks.web, marks.unsubscribe, marks.unsubscribeAll]),
  );
});

test("in Spanish every word of ours is Spanish", () => {
  const { subject, text } = rendered({ language: "es" });
  expect(subject).toBe("Los cuatro de Lima: Ana Prado freed");
  for (const piece of [
    "CÓMO ESTÁ EL CASO: LOS CUATRO DE LIMA",
    "en libertad desde el 23 de noviembre de 2026",
    "confirmado por 2 fuentes independientes",
    "2 informaciones independientes, 3 copias",
    "Liberación, 23 de noviembre de 2026, Lima",
    "Recibe este boletín porque sigue Los cuatro de Lima, El tratado, cada día a las 07:00 (America/Lima).",
    "Darse de baja de este boletín",
  ])
    expect(text).toContain(piece);
});

test("the same window gives the same bytes", () => {
  const [one, two] = [rendered(), rendered()];
  expect({ ...one, page: one.page() }).toEqual({ ...two, page: two.page() });
});

test("what was told and is not so any more stands first, as it was told and as it reads now", () => {
  const correction = {
    ...report({ title: "" }),
    kind: "edited" as const,
    storyId: "s0",
    toldAt: "5",
    at: new Date("2026-11-24T09:00:00Z"),
    titleBefore: "Ana Prado freed",
    titleAfter: "Ana Prado not freed",
    summaryBefore: "",
    summaryAfter: "",
    textChanged: false,
  };
  const before = status([person({ status: "house-arrest", since: "2026-11-01" })]);
  const { text, html } = rendered({
    corrections: [correction],
    statuses: [{ before, now: status([person()]) }],
  });
  expect(text).toContain("* Changed by its source\n- Example Wire: Ana Prado freed (published ");
  expect(text).toContain("It now reads: “Ana Prado not freed”");
  expect(text).toContain("[before: under house arrest since November 1, 2026]");
  expect(text).toContain("1 change of status · 1 correction · 1 new story");
  for (const body of [text, html])
    expect(body.search(/corrections to what/i)).toBeLessThan(body.search(/where it stands/i));
});

test("in Spanish the reason, the corrections and the feeds are Spanish too", () => {
  const { text } = rendered({
    language: "es",
    feeds: [
      {
        title: "Example Wire",
        state: "healthy",
        lastGoodPollAt: new Date("2026-11-24T11:00:00Z"),
        reason: null,
      },
    ],
    corrections: [
      {
        ...report(),
        kind: "withdrawn",
        storyId: "s0",
        toldAt: "5",
        at: null,
        titleBefore: "Ana Prado freed",
        titleAfter: "Ana Prado freed",
        summaryBefore: "",
        summaryAfter: "",
        textChanged: false,
      },
    ],
  });
  for (const piece of [
    "Por qué está aquí: usted sigue Los cuatro de Lima («Ana Prado» en el título).",
    "CORRECCIONES A LO QUE SE LE CONTÓ",
    "* Retirado por su fuente",
    "1 de 1 fuente funciona; última lectura: 24 nov 2026, 06:00.",
  ])
    expect(text).toContain(piece);
  expect(text).not.toMatch(/Why|because|You |Unsubscribe|reports?\b|Matches/);
});
