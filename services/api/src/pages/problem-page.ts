import { html } from "hono/html";
import { type Problem, problemBody } from "../problem.ts";
import { page } from "./layout.ts";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

export function problemPage(voice: Voice, problem: Problem): Html {
  const { detail, status } = problemBody(problem);
  const title = voice.t.problems[status];
  return page({
    voice,
    title,
    body: html`<h1>${title}</h1>
<p lang="en">${detail}</p>
<p><a href="/">${voice.t.allCases}</a></p>`,
  });
}
