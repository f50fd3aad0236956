import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openOffice } from "./office.ts";
import type { Site } from "./site.ts";

const require = createRequire(import.meta.url);

/** What every page of the site keeps, whoever reads it, and with what. */

let site: Site;
let paths: string[];
beforeAll(async () => {
  site = await openOffice();
  const { storyId } = await site.ledger.tell({
    key: "again",
    title: "Citgo six: relatives are told nothing",
    joins: "arrest",
  });
  await site.ledger.caughtUp();
  paths = [
    ...[
      "/",
      "/cases/citgo-6",
      "/cases/citgo-6?as_of=2021-12-31",
      "/cases/citgo-6?since=2023-09-01",
    ],
    ...["/cases/citgo-6?occurrence=release&entity=gustavo-cardenas", "/cases/us-venezuela"],
    "/cases/us-venezuela?as_of=2023-03-16",
    ...[
      `/stories/${storyId}`,
      "/entities/gustavo-cardenas",
      "/search",
      "/search?q=citgo",
      "/feeds",
      "/feeds/feed-two",
    ],
    ...["/sign-in", "/admin/rules", "/admin/topics", "/admin/deliveries", "/admin/digests"],
    ...["/admin/feeds", "/nowhere"],
  ];
});
afterAll(() => site?.[Symbol.asyncDispose]());

const asPage = (language: string) => ({
  headers: { Accept: "text/html", "Accept-Language": language },
});

test("a first visit costs less than 50 KB compressed: the page, its style, its script and its icon", async () => {
  const weigh = async (path: string) =>
    gzipSync(await (await site.get(path, asPage("en"))).bytes()).byteLength;
  const common = await Promise.all(["/style.css", "/live.js", "/icon.svg"].map(weigh));
  const shared = common.reduce((sum, bytes) => sum + bytes, 0);
  for (const path of paths) {
    const bytes = shared + (await weigh(path));
    expect(bytes, path).toBeLessThan(50_000);
  }
});

test("every page has a strict policy: nothing from elsewhere, no script but ours", async () => {
  for (const path of paths) {
    const response = await site.get(path, asPage("en"));
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy, path).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(policy, path).not.toMatch(/unsafe|\*|https?:|data:/);
    const page = await response.text();
    expect(page, path).not.toMatch(/ style="| on[a-z]+="|<style/);
    expect(page.replace('<script type="module" src="/live.js"></script>', ""), path).not.toContain(
      "<script",
    );
  }
});

/** What stays the same in every language: names, what outlets wrote, ids, numbers. */
const sameEverywhere =
  /^(https?:\S+|Newsledger|English|Español|Diario Uno|El Eco.*|Mirror Daily|Citgo.*|Atom|JSON Feed|Webhook|us-venezuela|Gustavo Cárdenas|Tomeu Vadell|José Ángel Pereira|Jorge Toledo|José Luis Zambrano|Alirio José Zambrano|El Helicoide|Any development about the Citgo 6|no|Error|[\W\d_]*)$/;

test("a Spanish page says everything in Spanish, but what others wrote", async () => {
  const leaks: Record<string, string[]> = {};
  for (const path of paths) {
    const pieces = async (language: string) =>
      piecesOf(await (await site.get(path, asPage(language))).text());
    const english = new Set(await pieces("en"));
    const leaked = (await pieces("es")).filter(
      (piece) => english.has(piece) && !sameEverywhere.test(piece) && /\p{L}{3}/u.test(piece),
    );
    if (leaked.length > 0) leaks[path] = leaked;
  }
  expect(leaks).toEqual({});
});

/** Texts and names of things, without what says of itself that it is in another language, dates, and commands. */
function piecesOf(page: string): string[] {
  const body = (page.split("<body>")[1] ?? page)
    .replace(/<code>.*?<\/code>/gs, "")
    .replace(/<(\w+)(?: [^>]*)? lang="\w\w"[^>]*>.*?<\/\1>/gs, "")
    .replace(/<time[^>]*>.*?<\/time>/gs, "");
  const named = [...body.matchAll(/ (?:aria-label|placeholder|title)="([^"]*)"/g)];
  const texts = body.replace(/<[^>]*>/g, "\n").split("\n");
  return [...texts, ...named.map(([, name = ""]) => name)]
    .map((text) => text.replace(/^[\s,:;.·]+|[\s,:;.·]+$/g, ""))
    .filter(Boolean);
}

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

describe.skipIf(!existsSync(executablePath))(`in a browser (${executablePath})`, () => {
  let browser: Browser;
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    });
  });
  afterAll(() => browser?.close());

  const phone = { width: 390, height: 844 };
  const desktop = { width: 1200, height: 900 };

  const modes = [
    ["light", "phone", "en-GB", phone],
    ["dark", "phone", "es-ES", phone],
    ["light", "desktop", "es-ES", desktop],
    ["dark", "desktop", "en-GB", desktop],
  ] as const;
  test.each(
    modes.flatMap(([...mode]) => [
      ["readers", ...mode] as const,
      ["administrators", ...mode] as const,
    ]),
  )(
    "%s' pages, %s, %s, %s: axe finds nothing serious, nothing is cut off, and the browser does not complain",
    async (whose, colorScheme, _, locale, viewport) => {
      // The policy would not let axe in; it is proven above.
      const context = await browser.newContext({ colorScheme, locale, viewport, bypassCSP: true });
      const complaints: string[] = [];
      context.on("console", (message) => {
        if (message.type() === "error" && !message.location().url.endsWith("/nowhere"))
          complaints.push(message.text());
      });
      context.on("weberror", (error) => complaints.push(error.error().message));
      const page = await context.newPage();
      const administration = /^\/(admin|sign-in)/;
      for (const path of paths.filter(
        (one) => administration.test(one) === (whose !== "readers"),
      )) {
        await page.goto(`${site.origin}${path}`);
        await page.addScriptTag({ content: axe });
        expect(await page.evaluate(seriousIssues), path).toEqual([]);
        expect(await page.evaluate(overflow), path).toBe(0);
      }
      expect(complaints).toEqual([]);
      await context.close();
    },
  );

  test("by keyboard alone every control of every page is reached, and seen to be", async () => {
    const page = await browser.newPage({ viewport: desktop });
    for (const path of paths) {
      await page.goto(`${site.origin}${path}`);
      const wanted = (await page.evaluate(controls)) as number;
      expect(await reachedByTab(page, wanted), path).toEqual({ missed: [], unseen: [] });
    }
    await page.close();
  });

  test("without a script: a day, the person, the first report; filters, and what is new", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/cases/citgo-6`);
    await page.getByRole("link", { name: "16 Oct 2021" }).click();
    await page.waitForURL(/as_of=2021-10-16/);
    await page.getByRole("link", { name: "Back to today" }).click();
    await page.getByRole("link", { name: "in 30 days" }).click();
    await page.getByRole("heading", { name: /New since/ }).waitFor();
    await page.getByText("Show only some of it").click();
    await page.getByLabel("What", { exact: true }).selectOption("house-arrest");
    await page.locator(".filter").getByRole("button").click();
    await page.waitForURL(/occurrence=house-arrest/);
    expect(await page.locator("li.story").count()).toBe(1);
    await context.close();
  });

  test("who never saw it finds in three clicks where a man was held on a day, who says so, and the first report", async () => {
    const page = await browser.newPage();
    await page.goto(`${site.origin}/cases/citgo-6`);
    await page.getByRole("link", { name: "16 Oct 2021" }).click(); // 1
    await page.getByLabel("See it as of a day").fill("2021-12-31");
    await page.getByRole("button", { name: "Show", exact: true }).first().click(); // 2
    const vadell = page.locator("li.person").filter({ hasText: "Tomeu Vadell" });
    expect(await vadell.innerText()).toMatch(
      /Imprisoned again, El Helicoide[\s\S]*Diario Uno \(published 17 Oct 2021/,
    );
    await vadell.getByRole("link", { name: "Tomeu Vadell" }).click(); // 3
    const arrest = page.getByRole("row", { name: /Arrest/ });
    expect(await arrest.innerText()).toMatch(
      /Diario Uno \(published 22 Nov 2017[^)]*\) first report/,
    );
    await page.close();
  });

  test("the second visit offers what is new since the first, which only this browser remembers", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${site.origin}/cases/citgo-6`);
    expect(await page.getByRole("link", { name: "since your last visit" }).isVisible()).toBe(false);
    const yesterday = JSON.stringify({ last: "2023-09-30T09:00:00.000Z" });
    await page.evaluate(
      `localStorage.setItem("seen:/cases/citgo-6", ${JSON.stringify(yesterday)})`,
    );
    await page.reload();
    await page.getByRole("link", { name: "since your last visit" }).click();
    await page.getByRole("heading", { name: "New since 30 Sept 2023" }).waitFor();
    expect(await context.cookies()).toEqual([]);
    await context.close();
  });
});

const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
const seriousIssues = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html.slice(0, 120)).join(" | ")))`;

const focusable = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']";
/** Numbers the controls that can be seen now; what a closed summary hides is not asked for. */
const controls = `(() => {
  const all = [...document.querySelectorAll(${JSON.stringify(focusable)})]
    .filter((one) => one.checkVisibility() && !one.closest("details:not([open]) > :not(summary)"));
  all.forEach((one, nth) => { one.dataset.control = nth; });
  return all.length;
})()`;

/** Goes through the page with the Tab key. Within a date field the browser marks the part of the date. */
async function reachedByTab(page: Page, wanted: number) {
  const reached = new Set<string>();
  const unseen = new Set<string>();
  for (let stop = 0; stop < wanted * 4 && reached.size < wanted; stop += 1) {
    await page.keyboard.press("Tab");
    const [control, seen] = (await page.evaluate(`[document.activeElement.dataset.control ?? "",
      document.activeElement.type === "date" || getComputedStyle(document.activeElement).outlineStyle !== "none"]`)) as [
      string,
      boolean,
    ];
    if (control === "") continue;
    reached.add(control);
    if (!seen) unseen.add(control);
  }
  const missed = Array.from({ length: wanted }, (_, nth) => String(nth)).filter(
    (one) => !reached.has(one),
  );
  return { missed, unseen: [...unseen] };
}
