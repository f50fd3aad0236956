import { afterAll, beforeAll, expect, test } from "vitest";
import { occurred, tellTheCase } from "../readmodels/coverage.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await tellTheCase(site.ledger);
});
afterAll(() => site[Symbol.asyncDispose]());

/** The one script there is: it is ours, and says that there is something new. */
const ourScript = '<script type="module" src="/live.js"></script>';
const read = async (from: Site, path: string) =>
  (await (await from.get(path)).text()).replace(ourScript, "");
/** What a reader sees of a page. */
const seen = (page: string) =>
  page
    .replace(/<head>.*<\/head>/s, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("the case page opens with where each of the six stands, then the timeline", async () => {
  const text = seen(await read(site, "/cases/citgo-6"));
  const vadell = text.indexOf("Tomeu Vadell");
  expect(text.slice(vadell)).toMatch(/^Tomeu Vadell Free since 1 Oct 2022 : 365 days/);
  expect(text.indexOf("Alirio José Zambrano")).toBeLessThan(text.indexOf("Timeline"));
  expect(text).toContain("Gustavo Cárdenas Free since 8 Mar 2022 : 572 days");
});

test("as of a day the page says so, and shows that day's picture only", async () => {
  const text = seen(await read(site, "/cases/citgo-6?as_of=2021-12-31"));
  expect(text).toContain("As of 31 Dec 2021");
  expect(text).toContain("Imprisoned again , El Helicoide since 16 Oct 2021 : 76 days");
  expect(text).toContain("Last confirmed: arrest, 21 Nov 2017");
  expect(text).not.toContain("in an exchange");
});

test("every story names its outlet, both dates, its copies and why it is here", async () => {
  const text = seen(await read(site, "/cases/citgo-6?as_of=2018-01-01"));
  expect(text).toContain("2 independent reports , 1 copy");
  expect(text).toContain("happened 21 Nov 2017 · published 22 Nov 2017 · found");
  expect(text).toContain("found late");
  expect(text).toMatch(/Diario Uno \(published 22 Nov 2017, found \d/);
  expect(text).toContain("Why it is here: Matches Citgo 6: “Citgo” in the title.");
});

test("in Spanish too a story says why it is here, and several people are counted in the plural", async () => {
  const ofCase = seen(await read(site, "/cases/citgo-6?as_of=2018-01-01&lang=es"));
  expect(ofCase).toMatch(/Por qué está aquí: Coincide con [^:]+: «Citgo» en el título\./);
  const [, address = ""] =
    /href="(\/stories\/[a-z0-9]+)"/.exec(await read(site, "/cases/citgo-6?as_of=2018-01-01")) ?? [];
  expect(seen(await read(site, `${address}?lang=es`))).toMatch(
    /Por qué está aquí: Coincide con [^:]+: «Citgo» en el título/,
  );
  expect(await (await site.get(`/v1${address}`)).json()).toMatchObject({
    because: [{ topicId: "citgo-6", words: [{ matched: "Citgo", field: "title" }] }],
  });
  expect(seen(await read(site, "/?lang=es"))).toMatch(/[2-6] libres/);
});

test("silence and breakage look different", async () => {
  const text = seen(await read(site, "/cases/citgo-6"));
  expect(text).toContain(
    "1 of 2 feeds answer as they should. Last good poll: 1 Oct 2023, 08:55 UTC",
  );
  expect(text).toContain("It answers 403 since 20 September.");
});

test("Spanish titles say that they are Spanish", async () => {
  expect(await read(site, "/cases/citgo-6")).toMatch(/lang="es">Arresto domiciliario/);
});

test("the search page marks the words, keeps what was asked, and offers the name that was meant", async () => {
  expect(await read(site, "/search?q=exchange&topic=citgo-6")).toContain("<mark>exchange</mark>");
  const page = await read(site, "/search?q=tomeu+vadel");
  expect(page).toContain('value="tomeu vadel"');
  expect(page).toContain('<a href="/search?q=Tomeu+Vadell">Tomeu Vadell</a>');
});

test("each page has one first heading, its landmarks, and a name for every field", async () => {
  for (const path of [
    ...["/", "/cases/citgo-6", "/search?q=citgo", "/cases/us-venezuela", "/feeds"],
    ...["/entities/gustavo-cardenas", await arrest(), "/cases/citgo-6?lang=es"],
  ]) {
    const page = await read(site, path);
    expect(page.match(/<h1/g), path).toHaveLength(1);
    for (const landmark of ["<main", "<header", "<footer", "<search"])
      expect(page, path).toContain(landmark);
    expect(page, path).not.toContain("<script");
    for (const [, id] of page.matchAll(/<(?:input|select)[^>]* id="([^"]+)"/g))
      expect(page, path).toContain(`<label for="${id}"`);
  }
});

test("an empty ledger tells a newcomer what is going on and what to do", async () => {
  await using own = await openSite();
  for (const path of ["/", "/cases/citgo-6"]) {
    const text = seen(await read(own, path));
    expect(text).toContain(
      "2 feeds are followed, 2 of them answered at least once, and 0 items have been read",
    );
    expect(text).toContain("newsledger demo");
  }
  expect(seen(await read(own, "/cases/citgo-6"))).toContain("No report yet");
});

test("without any feed the page says how to follow one", async () => {
  await using own = await openSite({ feeds: async () => [] });
  expect(seen(await read(own, "/"))).toContain("newsledger feeds add https://…");
});

test("what outlets write stays text, wherever it is shown", async () => {
  await using own = await openSite();
  const attack = `<script>alert(1)</script>"><img src=x onerror=alert(2)>'`;
  const { storyId } = await own.ledger.tell({
    key: "x",
    title: `Citgo ${attack}`,
    source: attack,
    url: "javascript:alert(3)",
    text: `Citgo ${attack}`,
    publishedAt: "2021-01-01T00:00:00Z",
    occurrences: [
      occurred("arrest", "2021-01-01", {
        sentence: attack,
        place: { id: null, name: attack },
        actors: [{ id: null, name: attack }],
      }),
    ],
    names: [{ id: null, name: attack }],
  });
  await own.ledger.caughtUp();
  const asked = encodeURIComponent(`Citgo ${attack}`);
  for (const path of [
    "/",
    "/cases/citgo-6",
    "/search?q=Citgo",
    `/search?q=${asked}`,
    `/cases/${asked}`,
    `/stories/${storyId}`,
    `/entities/${asked}`,
    "/entities/tomeu-vadell",
    "/feeds",
    "/feeds/feed-one",
    "/feeds/feed-two",
  ]) {
    const page = await (await own.get(path, { headers: { Accept: "text/html" } })).text();
    expect(page.replace(ourScript, ""), path).not.toMatch(/<script|<img|javascript:/);
    expect(page, path).toContain("<h1");
  }
  expect(await read(own, "/cases/citgo-6")).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
});

test("a wrong address or day is answered with a page, for whoever reads pages", async () => {
  const html = { headers: { Accept: "text/html" } };
  for (const [path, status, sentence] of [
    ["/cases/nobody", 404, "There is no case “nobody” here"],
    ["/cases/citgo-6?as_of=2021-02-30", 400, "is not a day"],
    ["/cases/citgo-6?before=nonsense", 400, "cursor"],
    ["/nowhere", 404, "There is nothing at /nowhere"],
  ] as const) {
    const response = await site.get(path, html);
    expect([response.status, response.headers.get("content-type")], path).toEqual([
      status,
      "text/html; charset=UTF-8",
    ]);
    expect(seen(await response.text())).toContain(sentence);
  }
});

test("a case with many long stories stays below 50 KB a page, and older ones are one link away", async () => {
  await using own = await openSite();
  for (let nth = 0; nth < 32; nth++)
    await own.ledger.tell({
      key: `s${nth}`,
      title: `Citgo executives: a headline of the length that newspapers like to print, number ${nth}`,
      publishedAt: new Date(Date.UTC(2021, 0, 1 + nth)).toISOString(),
      occurrences: [
        occurred(
          nth % 4 === 0 ? "reimprison" : nth % 4 === 1 ? "house-arrest" : "meet",
          `2021-0${1 + (nth % 9)}-05`,
          {
            sentence:
              "A sentence as long as those that reporters write when they want to say everything at once, with a clause or two.",
          },
        ),
      ],
    });
  await own.ledger.caughtUp();
  const first = await read(own, "/cases/citgo-6");
  const style = await read(own, "/style.css");
  expect(Buffer.byteLength(first) + Buffer.byteLength(style)).toBeLessThan(50_000);
  const [, link = ""] = first.match(/<a href="([^"]+)" rel="next">/) ?? [];
  const second = await read(own, link.replaceAll("&amp;", "&"));
  expect([first, second].map((page) => page.match(/class="story"/g)?.length)).toEqual([12, 12]);
});

/** The address of the story of the arrest. */
async function arrest(): Promise<string> {
  const page = await read(site, "/cases/citgo-6?as_of=2018-01-01");
  return /href="(\/stories\/[^"]+)"/.exec(page)?.[1] ?? "no link to a story";
}

test("a story's page lays the reports side by side: who was first, who copied, how alike", async () => {
  const page = await read(site, await arrest());
  const text = seen(page);
  expect(text).toMatch(/Diario Uno .* first report 22 Nov 2017/);
  expect(text).toMatch(/El Eco .* own report 50 % alike by word pairs/);
  expect(text).toMatch(/Mirror Daily .* copy 50 % alike/);
  expect(text).toContain("Tomeu Vadell");
  expect(text).toContain("No change of wording was seen.");
  expect(page).toContain('lang="es">Seis directivos');
});

test("a person's page says where they stand, what is told of them, and by whom", async () => {
  const text = seen(await read(site, "/entities/gustavo-cardenas"));
  expect(text).toContain("Gustavo Cárdenas Free since 8 Mar 2022 : 572 days");
  expect(text).toMatch(/8 Mar 2022 Release .* Diario Uno \(published 9 Mar 2022, found/);
  expect(text).toContain("Part of the case Citgo 6");
  expect((await site.get("/entities/nobody")).status).toBe(404);
});

test("the search page narrows by language, days, what was public and what was known", async () => {
  expect(seen(await read(site, "/search?q=citgo&as_of=2017-11-22"))).not.toContain(
    "back to prison",
  );
  expect(seen(await read(site, "/search?q=citgo&language=es&topic=&from="))).toContain(
    "domiciliario",
  );
  expect(seen(await read(site, "/search?q=citgo&known_at=2001-01-01"))).toContain(
    "Nothing in the ledger",
  );
  expect((await site.get("/search?q=citgo&known_at=soon")).status).toBe(400);
});

test("a feed's page tells how it is, how it is asked and why, what it brought, and what became of it", async () => {
  expect(await read(site, "/feeds")).toContain('<a href="/feeds/feed-two">El Eco &lt;b&gt;</a>');
  const page = await read(site, "/feeds/feed-two");
  const text = seen(page);
  for (const said of [
    "failing (since 20 Sept 2023, 09:00 UTC, 3 tries in vain): It answers 403 since 20 September.",
    "Asked 5,012 times, last 1 Oct 2023, 08:55 UTC",
    "Last good answer 20 Sept 2023, 08:00 UTC",
    "Why then It fails, so it is asked more and more seldom.",
    "https://eco.example/feed.xml (2 times in a row; after the third it is asked there)",
    "Repaired The document was cut off; 12 complete items were read.",
    "97 items found in 30 days",
    "in trouble , 20 Sept 2023, 10:00 UTC",
  ])
    expect(text).toContain(said);
  expect(text.indexOf("in trouble , 20 Sept")).toBeLessThan(text.indexOf("followed , 1 Aug"));
  // As many bars as days that brought something, and the same days in the table.
  const bars = /<path d="([^"]*)"/.exec(page.split('class="days"')[1] ?? "")?.[1] ?? "";
  expect(bars.match(/M/g)?.length).toBe(
    page.split('id="newest"')[0]?.match(/<tr><th scope="row"/g)?.length,
  );
  const items = page.split('id="newest"')[1]?.split('id="history"')[0] ?? "";
  expect(items.match(/<tr><th scope="row"/g)).toHaveLength(8);
  expect(items).toMatch(/href="\/stories\/[^"]+"/);
  expect((await site.get("/feeds/nobody", { headers: { Accept: "text/html" } })).status).toBe(404);
});

test("the feeds' page shows each feed, those in trouble first", async () => {
  const text = seen(await read(site, "/feeds"));
  expect(text).toMatch(/El Eco .* failing 20 Sept 2023, 08:00 UTC not planned It answers 403/);
  expect(text).toMatch(/Diario Uno answers 1 Oct 2023, 08:55 UTC 1 Oct 2023, 09:10 UTC/);
});

test("who reads Spanish gets Spanish: by browser, by link, and from then on", async () => {
  const text = async (path: string, headers: Record<string, string>) =>
    seen(await (await site.get(path, { headers })).text());
  const page = await text("/cases/citgo-6", { "Accept-Language": "es-VE,es;q=0.9" });
  expect(page).toContain("Los seis de Citgo");
  expect(page).toContain("Dónde está cada uno");
  expect(page).toContain("Gustavo Cárdenas Libre desde 8 mar 2022 : 572 días");
  const chosen = await site.get("/?lang=es");
  const cookie = (chosen.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  expect(await text("/feeds", { Cookie: cookie })).toContain("Las fuentes y su estado");
  expect(chosen.headers.get("vary")).toContain("Accept-Language");
  expect(await text("/feeds", { Cookie: cookie, "Accept-Language": "en" })).toContain("fuentes");
});

test("the case page leads to its digest by mail where that can be asked for, and to its feed", async () => {
  expect(await read(site, "/cases/citgo-6")).not.toContain("/subscribe");
  expect(await read(site, "/cases/citgo-6")).toContain('href="/feeds/citgo-6.atom">a feed');
  await using open = await openSite({ mailSignUp: true });
  expect(await read(open, "/cases/citgo-6")).toContain('href="/subscribe?topic=citgo-6"');
});
