import { expect, test } from "vitest";
import { readRobots } from "./robots.ts";

const robots = `
User-agent: *
Disallow: /search
Disallow: /*.pdf$
Allow: /search/about
Crawl-delay: 5

User-agent: Newsledger
Disallow: /private/
`;
const page = (path: string) => `https://gazette.example${path}`;
const read = (agent: string, text = robots) => readRobots(page("/robots.txt"), text, agent);

test.each([
  ["Other", "/news/1", true],
  ["Other", "/search?q=x", false],
  ["Other", "/search/about", true],
  ["Other", "/report.pdf", false],
  ["Newsledger", "/private/1", false],
  ["Newsledger", "/search?q=x", true],
])("%s and %s: %s", (agent, path, allowed) => {
  expect(read(agent).allows(page(path))).toBe(allowed);
});

test("a wish for slowness is granted within reason", () => {
  expect(read("Other").delaySeconds).toBe(5);
  expect(read("Newsledger").delaySeconds).toBeNull();
  expect(read("Other", "User-agent: *\nCrawl-delay: 86400").delaySeconds).toBe(30);
});

test.each(["", "<!doctype html><title>Not found</title>", "User-agent: *\nDisallow:"])(
  "%j forbids nothing",
  (text) => {
    expect(read("Newsledger", text).allows(page("/news"))).toBe(true);
  },
);

test("a hostile file costs no time", () => {
  const hostile = `User-agent: *\n${"Disallow: /*a*a*a*a*a*a*a*a*a*a*a*b\n".repeat(500)}`;
  const start = performance.now();
  read("Newsledger", hostile).allows(page(`/${"a".repeat(2_000)}`));
  expect(performance.now() - start).toBeLessThan(2_000);
});
