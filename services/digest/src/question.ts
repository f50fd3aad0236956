import { html } from "hono/html";
import { marks } from "./marks.ts";
import type { Schedule } from "./schedule.ts";
import { type Language, words } from "./words.ts";

/** The mail that asks whether a digest is wanted: nothing else is in it. */
export function renderQuestion({
  language,
  titles,
  times,
  validHours,
}: {
  language: Language;
  titles: readonly string[];
  times: Schedule;
  validHours: number;
}): { subject: string; html: string; text: string } {
  const { question: say, every } = words[language];
  const topics = titles.join(", ");
  const asked = say.text(topics, every(times.schedule, times.at, times.timeZone));
  const subject = say.subject(topics);
  const page = html`<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${subject}</title>
</head>
<body style="margin:0;padding:0;color-scheme:light dark">
<div style="max-width:560px;margin:0 auto;padding:24px 18px;font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<h1 style="font-family:Georgia,'Times New Roman',serif;font-size:24px;line-height:1.25;margin:0 0 12px">${say.title}</h1>
<p style="margin:0 0 18px">${asked}</p>
<p style="margin:0 0 18px"><a href="${marks.confirm}" style="display:inline-block;border:2px solid #b5651d;border-radius:6px;padding:10px 18px;font-weight:bold">${say.button}</a></p>
<p style="font-size:14px;margin:0">${say.ignore(validHours)}</p>
</div>
</body>
</html>
`;
  const text = `${say.title}\n\n${asked}\n\n${say.button}:\n${marks.confirm}\n\n${say.ignore(validHours)}`;
  return { subject, html: String(page), text };
}
