import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tellTheCase } from "../readmodels/coverage.ts";
import { openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
  await tellTheCase(site.ledger);
});
afterAll(() => site?.[Symbol.asyncDispose]());

/** November 2017 to October 2023, the month of the site's clock, counted from January 1970. */
const [firstMonth, december2021, thisMonth] = [574, 623, 645];

async function sentTo(path: string): Promise<[status: number, location: string | null]> {
  const { status, headers } = await site.get(path, { redirect: "manual" });
  return [status, headers.get("location")];
}

const read = async (path: string, language = "en") =>
  (await site.get(path, { headers: { "Accept-Language": language } })).text();

test.each([
  ["a month is its last day", `?at_month=${december2021}`, "?as_of=2021-12-31"],
  ["the first stop is the end of its month", `?at_month=${firstMonth}`, "?as_of=2017-11-30"],
  ["the last stop is the present", `?as_of=2021-12-31&at_month=${thisMonth}`, ""],
  ["a leap day", "?at_day=18321", "?as_of=2020-02-29"],
  [
    "what else was asked stays",
    `?lang=es&entity=tomeu-vadell&q=%22a%26b%22&at_month=${december2021}&as_of=2018-01-01`,
    "?lang=es&entity=tomeu-vadell&q=%22a%26b%22&as_of=2021-12-31",
  ],
  [
    "nothing leads elsewhere or adds a header",
    `?next=//evil.example&x=%0d%0aSet-Cookie:a&at_month=${december2021}`,
    "?next=%2F%2Fevil.example&x=%0D%0ASet-Cookie%3Aa&as_of=2021-12-31",
  ],
])("the slider's number becomes an address to keep: %s", async (_, query, expected) => {
  expect(await sentTo(`/cases/citgo-6${query}`)).toEqual([303, `/cases/citgo-6${expected}`]);
});

test("a number that is none of its stops is refused on a page that says what would do", async () => {
  const answer = await site.get("/cases/citgo-6?at_month=1", { headers: { Accept: "text/html" } });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("give a whole number from 574 to 645");
});

const rangeOf = (page: string) => /<input id="slider"[^>]*>/.exec(page)?.[0] ?? "no slider";

test("the slider goes from the first month told of until today, and stands at the day that is shown", async () => {
  const now = await read("/cases/citgo-6");
  expect(rangeOf(now)).toContain('name="at_month" type="range" min="574" max="645" value="645"');
  const past = await read("/cases/citgo-6?as_of=2021-12-07");
  expect(rangeOf(past)).toContain('min="574" max="645" value="623"');
  expect(past).toMatch(/<label for="slider">[^<]+<\/label> <b [^>]*>7 December 2021</);
  expect(await read("/cases/citgo-6?as_of=2021-12-07", "es")).toContain(">7 de diciembre de 2021<");
  expect(past).toContain('<text x="70.4%" y="16">2022</text>');
});

test("a young case goes by days", async () => {
  const page = await read("/cases/us-venezuela?as_of=2023-03-16");
  expect(rangeOf(page)).toContain(
    'name="at_day" type="range" min="19266" max="19631" value="19432"',
  );
  expect(await sentTo("/cases/us-venezuela?at_day=19432")).toEqual([
    ...[303, "/cases/us-venezuela?as_of=2023-03-16"],
  ]);
});

test("a case that nothing was told of has no slider, and says so to whoever moves one", async () => {
  await using own = await openSite();
  expect(await (await own.get("/cases/citgo-6")).text()).not.toContain("slider");
  const answer = await own.get("/cases/citgo-6?at_month=623");
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("no past")]);
});

test("the past shows its own counts, and pale what was told later", async () => {
  const page = await read("/cases/citgo-6?as_of=2018-01-01");
  expect(page).toMatch(/<p class="lede">1 story, the newest published <time datetime="2017-11-23"/);
  expect(page.match(/<path class="later" d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(6);
  expect(page.match(/<path d="([^"]*)"/)?.[1]?.match(/M/g)).toHaveLength(1);
  expect(await read("/cases/citgo-6")).not.toContain('class="later"');
});

test("the part of the script that goes with the slider weighs less than 2 KB", async () => {
  const [, script = ""] = (await read("/live.js")).split(/^const slider = /m);
  expect(script).toContain("requestSubmit");
  expect(Buffer.byteLength(script)).toBeLessThan(2_048);
});

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";

describe.skipIf(!existsSync(executablePath))(`in a browser (${executablePath})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    });
  });
  afterAll(() => browser?.close());

  /** A page of the case, and every question it asks for a page from then on. */
  async function open(query: string, options: Parameters<Browser["newPage"]>[0] = {}) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, ...options });
    await page.goto(`${site.origin}/cases/citgo-6${query}`);
    const asked: string[] = [];
    page.on("request", (request) => {
      if (request.isNavigationRequest()) asked.push(new URL(request.url()).search);
    });
    return { page, slider: page.getByRole("slider"), asked };
  }
  const focused = (page: Page) => page.evaluate("document.activeElement.id");
  const status = (page: Page) => page.locator("li.person .status").first().innerText();

  test("by arrow keys: the day is told at once, the page follows when they rest, and the focus stays", async () => {
    const { page, slider, asked } = await open("?as_of=2022-10-31&occurrence=reimprison");
    await slider.press("ArrowLeft");
    await slider.press("ArrowLeft");
    expect(await slider.getAttribute("aria-valuetext")).toBe("31 August 2022");
    expect(await page.locator("#told").innerText()).toBe("31 August 2022");
    await slider.press("ArrowRight");
    await page.waitForURL(/as_of=2022-09-30$/);
    expect(asked).toEqual([
      ...["?occurrence=reimprison&at_month=632", "?occurrence=reimprison&as_of=2022-09-30"],
    ]);
    expect(await focused(page)).toBe("slider");
    expect(await slider.getAttribute("aria-valuetext")).toBe("30 September 2022");
    await page.keyboard.press("ArrowLeft");
    await page.waitForURL(/as_of=2022-08-31$/);
    await page.close();
  });

  test("by mouse: nothing is asked while it is dragged, and once when it is let go", async () => {
    const { page, slider, asked } = await open("");
    const box = await slider.boundingBox();
    if (!box) throw new Error("the slider is not to be seen");
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width - 8, y);
    await page.mouse.down();
    for (let x = box.width - 8; x > 8; x -= 10) await page.mouse.move(box.x + x, y);
    await page.mouse.move(box.x + 8, y);
    await page.waitForTimeout(900); // longer than the script waits
    expect(asked).toEqual([]);
    expect(await page.locator("#told").innerText()).toBe("30 November 2017");
    await page.mouse.up();
    await page.waitForURL(/as_of=2017-11-30$/);
    expect(asked).toEqual(["?at_month=574", "?as_of=2017-11-30"]);
    expect(await status(page)).toBe("Detained");
    await page.close();
  });

  test("put back where it was, it asks nothing; at its end it leads to the present; and back tells the truth", async () => {
    const { page, slider, asked } = await open("?as_of=2023-08-31");
    await slider.press("ArrowLeft");
    await slider.press("ArrowRight");
    await page.waitForTimeout(900);
    expect(asked).toEqual([]);
    await slider.press("End");
    expect(await slider.getAttribute("aria-valuetext")).toBe("today");
    await page.waitForURL(/citgo-6$/);
    await page.goBack();
    await page.waitForURL(/as_of=2023-08-31$/);
    expect(await slider.inputValue()).toBe("643");
    expect(await slider.getAttribute("aria-valuetext")).toBe("31 August 2023");
    await page.close();
  });

  test("in Spanish the script says the day as the server does", async () => {
    const { page, slider } = await open("?lang=es&as_of=2022-01-31");
    await slider.press("ArrowLeft");
    const said = await slider.getAttribute("aria-valuetext");
    await page.waitForURL(/as_of=2021-12-31$/);
    expect(page.url()).toContain("lang=es");
    expect([said, await page.locator("#told").innerText()]).toEqual([
      ...["31 de diciembre de 2021", "31 de diciembre de 2021"],
    ]);
    await page.close();
  });

  test("without a script: a place, a button, the day, and the focus is where it was", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${site.origin}/cases/citgo-6?occurrence=reimprison`);
    await page.getByRole("slider").press("Home");
    await page.getByRole("button", { name: "Go to that day" }).click();
    await page.waitForURL(/\?occurrence=reimprison&as_of=2017-11-30#slider$/);
    await page.getByText("No story of this case fits that.").waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\?occurrence=reimprison#slider$/);
    await context.close();
  });

  test("on paper there is no slider, but the picture of coverage", async () => {
    const { page, slider } = await open("?as_of=2021-12-31");
    await page.emulateMedia({ media: "print" });
    expect(await slider.isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "Go to that day" }).isVisible()).toBe(false);
    expect(await page.locator(".bars").isVisible()).toBe(true);
    await page.close();
  });

  test("the picture stands over the slider's stops: both have the same ends", async () => {
    const { page } = await open("");
    const [track, bars] = await Promise.all(
      ["#slider", ".bars"].map((one) => page.locator(one).boundingBox()),
    );
    if (!track || !bars) throw new Error("the slider or its picture is not to be seen");
    // A thumb is sixteen pixels wide, and its middle marks the place.
    expect([bars.x - track.x, track.width - bars.width]).toEqual([8, 16]);
    await page.close();
  });
});
