import { html } from "hono/html";
import { type Problem, problemBody } from "../problem.ts";
import { page } from "./layout.ts";
import type { Html } from "./parts.ts";

export function problemPage(problem: Problem): Html {
  const { title, detail } = problemBody(problem);
  return page({
    title,
    body: html`<h1>${title}</h1>
<p>${detail}</p>
<p><a href="/">All cases</a></p>`,
  });
}
