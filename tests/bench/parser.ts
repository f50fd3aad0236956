import { parseFeed, secondOpinion } from "@newsledger/feeds";
import { atLeast, conclude, type Row } from "./report.ts";

/**
 * Bytes to normalised items, beside rss-parser on the text of the same bytes, round by round in one process. Ends with
 * exit code 1 when a target is not reached.
 */

const items = 500;
const rounds = 15;
const words =
  "the court heard that relatives had waited since dawn for a word from the ministry of justice".split(
    " ",
  );

const text = (seed: number, length: number): string =>
  Array.from({ length }, (_, index) => words[(seed * 7 + index * 5) % words.length]).join(" ");
const markup = (seed: number): string =>
  Array.from(
    { length: 4 },
    (_, part) =>
      `<p>${text(seed + part, 60)} &amp; <a href="https://press.example/${seed}?a=1&amp;b=2">${text(part, 4)}</a></p>`,
  ).join("\n");
const day = (index: number) => new Date(Date.UTC(2026, 10, 20) - index * 3_600_000);

const rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Press</title><link>https://press.example/</link><description>d</description>
${Array.from({ length: items }, (_, i) => `<item><title>${text(i, 9)}</title><link>https://press.example/${i}</link><guid isPermaLink="false">tag:${i}</guid><dc:creator>${text(i, 2)}</dc:creator><pubDate>${day(i).toUTCString()}</pubDate><category>news</category><description>${text(i, 40)}</description><content:encoded><![CDATA[${markup(i)}]]></content:encoded></item>`).join("\n")}
</channel></rss>`;
const escaped = (html: string) => html.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const atom = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Press</title><id>tag:press.example</id><updated>${day(0).toISOString()}</updated><link href="https://press.example/"/>
${Array.from({ length: items }, (_, i) => `<entry><title>${text(i, 9)}</title><link rel="alternate" href="https://press.example/${i}"/><id>tag:${i}</id><author><name>${text(i, 2)}</name></author><published>${day(i).toISOString()}</published><updated>${day(i).toISOString()}</updated><summary>${text(i, 40)}</summary><content type="html">${escaped(markup(i))}</content></entry>`).join("\n")}
</feed>`;

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Milliseconds of CPU: what else the machine does counts less than with a clock. */
async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const targets = { rss: 1.3, atom: 1.1 };
const rows: Row[] = [];
for (const [name, document] of [
  ["rss", rss],
  ["atom", atom],
] as const) {
  const bytes = Buffer.from(document);
  const contenders = {
    "rss-parser": () => secondOpinion(new TextDecoder().decode(bytes)),
    newsledger: () => parseFeed({ bytes, url: "https://press.example/feed" }),
  };
  const times: Record<string, number[]> = { "rss-parser": [], newsledger: [] };
  for (let round = -3; round < rounds; round++)
    for (const [contender, parse] of Object.entries(contenders)) {
      const spent = await cost(parse);
      if (round >= 0) times[contender]?.push(spent);
    }
  const [theirs = 0, ours = 0] = ["rss-parser", "newsledger"].map((one) =>
    median(times[one] ?? []),
  );
  for (const [contender, spent] of [
    ["rss-parser", theirs],
    ["newsledger", ours],
  ] as const)
    console.log(
      `${name.padEnd(5)} ${contender.padEnd(11)} ${((bytes.length / 1e6 / spent) * 1000).toFixed(0).padStart(4)} MB/s  ${Math.round(
        (items / spent) * 1000,
      )
        .toString()
        .padStart(6)} items/s`,
    );
  rows.push(atLeast(`${name}: bytes to items, beside rss-parser`, theirs / ours, targets[name]));
}
conclude(rows);
