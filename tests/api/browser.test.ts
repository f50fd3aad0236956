import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tellTheCase } from "../readmodels/coverage.ts";
import { openSite, type Site } from "./site.ts";

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const missing = !existsSync(executablePath);

if (missing && process.env.CI === "true")
  test("a browser is there where it must be", () => {
    expect.fail(`no browser at ${executablePath}: install chromium or set CHROMIUM_PATH`);
  });

describe.skipIf(missing)(`in a browser (${executablePath})`, () => {
  let site: Site;
  let browser: Browser;
  const complaints: string[] = [];
  let story: string;

  beforeAll(async () => {
    site = await openSite();
    await tellTheCase(site.ledger);
    const { storyId } = await site.ledger.tell({
      key: "again",
      title: "Citgo six: relatives are told nothing",
      joins: "arrest",
    });
    await site.ledger.caughtUp();
    story = `/stories/${storyId}`;
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  async function open(
    path: string,
    options: Parameters<Browser["newPage"]>[0] = {},
  ): Promise<Page> {
    const page = await browser.newPage(options);
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("requestfailed", (request) => {
      // Whoever leaves a page ends its stream.
      if (!request.url().includes("/v1/events/stream")) complaints.push(`failed: ${request.url()}`);
    });
    await page.goto(`${site.origin}${path}`);
    return page;
  }

  test("the case page lists the six with their status, and the browser has nothing to complain about", async () => {
    const page = await open("/cases/citgo-6");
    const people = page
      .getByRole("region", { name: "Where each of them stands" })
      .locator("li.person");
    expect(await people.count()).toBe(6);
    expect(await people.first().innerText()).toContain("Free");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Citgo 6");
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("choosing a day shows that day, by keyboard and without a script", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/cases/citgo-6`);
    await page.getByLabel("See it as of a day").fill("2021-12-31");
    await page.getByLabel("See it as of a day").press("Enter");
    await page.waitForURL(/as_of=2021-12-31/);
    expect(await page.locator("li.person .status").first().innerText()).toBe(
      "Imprisoned again, El Helicoide",
    );
    await context.close();
  });

  test("three clicks: where each was held on a day, who says so, and the first report", async () => {
    const page = await open("/cases/citgo-6");
    await page.getByLabel("See it as of a day").fill("2018-01-01");
    await page.getByRole("button", { name: "Show" }).click();
    const vadell = page.locator("li.person").first();
    expect(await vadell.innerText()).toMatch(/Detained[\s\S]*Diario Uno \(published 22 Nov 2017/);
    await page.getByRole("link", { name: /independent reports/ }).click();
    await page.waitForURL(/\/stories\//);
    expect(await page.locator("tbody tr").first().innerText()).toMatch(
      /Diario Uno[\s\S]*first report/,
    );
    await page.close();
  });

  test("by keyboard: the first stop skips to the content, and every control shows that it is reached", async () => {
    const page = await open("/cases/citgo-6");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(page.url()).toContain("#main");
    for (let stop = 0; stop < 12; stop += 1) {
      await page.keyboard.press("Tab");
      // Within a date field the browser marks the part of the date.
      const shown = `document.activeElement.type === "date" ||
        getComputedStyle(document.activeElement).outlineStyle !== "none"`;
      expect(await page.evaluate(shown), `stop ${stop}`).toBe(true);
    }
    await page.close();
  });

  test("what the ledger learns while a page is open is announced, without moving the page", async () => {
    const page = await open("/cases/citgo-6");
    const note = page.getByRole("status");
    expect(await note.isVisible()).toBe(false);
    await site.ledger.tell({ key: "breaking", title: "Breaking: Citgo news of today" });
    await note.waitFor({ state: "visible" });
    await page.getByRole("link", { name: /something new/ }).click();
    await page.getByText("Breaking: Citgo news of today").first().waitFor();
    await page.close();
    expect(complaints.splice(0)).toEqual([]);
  });

  test("a page in Spanish says that it is, and stays so from link to link", async () => {
    const page = await open("/?lang=es");
    await page.getByRole("link", { name: "Los seis de Citgo" }).click();
    await page.waitForURL(/citgo-6/);
    expect(await page.locator("html").getAttribute("lang")).toBe("es");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Los seis de Citgo");
    await page.close();
  });

  test("an Atom feed is well-formed XML for a browser's own parser", async () => {
    const page = await open("/");
    const count =
      await page.evaluate(`fetch("/feeds/citgo-6.atom").then((r) => r.text()).then((text) => {
      const parsed = new DOMParser().parseFromString(text, "application/xml");
      return parsed.querySelector("parsererror") ? -1 : parsed.querySelectorAll("entry > updated").length;
    }).catch((error) => String(error))`);
    expect(count).toMatch(/Failed to fetch/); // pages may not fetch: the policy holds
    complaints.length = 0;
    const text = await (await site.get("/feeds/citgo-6.atom")).text();
    const entries = await page.evaluate((xml) => {
      const { DOMParser } = globalThis as unknown as { DOMParser: new () => Parser };
      const parsed = new DOMParser().parseFromString(xml, "application/xml");
      return parsed.querySelector("parsererror") ? -1 : parsed.querySelectorAll("entry").length;
    }, text);
    expect(entries).toBeGreaterThan(5);
    await page.close();
  });

  test("searching from any page finds the story", async () => {
    const page = await open("/");
    await page.getByLabel("Search the ledger").fill("detencion");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/search\?q=detencion/);
    expect(await page.locator("mark").first().innerText()).toMatch(/detenciones/i);
    await page.close();
  });

  test.each([
    ["light", 1200],
    ["dark", 390],
  ] as const)(
    "in %s at %i pixels nothing is cut off, and every text has contrast AA",
    async (colorScheme, width) => {
      for (const path of [
        "/",
        "/cases/citgo-6",
        "/cases/citgo-6?as_of=2021-12-31",
        "/search?q=citgo",
        "/entities/gustavo-cardenas?lang=es",
        "/feeds?lang=en",
        "/feeds/feed-two?lang=es",
        story,
      ]) {
        const page = await open(path, { colorScheme, viewport: { width, height: 900 } });
        expect(await page.evaluate(overflow), path).toBe(0);
        expect(await page.evaluate(faintTexts), path).toEqual([]);
        await page.close();
      }
      expect(complaints).toEqual([]);
    },
  );
});

interface Parser {
  parseFromString(
    text: string,
    type: string,
  ): {
    querySelector(name: string): object | null;
    querySelectorAll(name: string): { length: number };
  };
}

/** How far the page is wider than its window. */
const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

/** Texts whose colour stands out less than 4.5 : 1 from what lies behind them (WCAG 2.2, 1.4.3). */
const faintTexts = `(() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = rgb(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll("body *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== ""))
    .flatMap((e) => {
      const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
      const contrast = (a + 0.05) / (b + 0.05);
      return contrast < 4.5 ? [e.tagName + " " + e.textContent.trim().slice(0, 40) + " " + contrast.toFixed(2)] : [];
    });
})()`;
