import { html } from "hono/html";
import { adminWords } from "./admin-words.ts";
import { page } from "./layout.ts";
import type { Html } from "./parts.ts";
import type { Voice } from "./voice.ts";

/** The door. `wrong` says why it did not open. */
export function signInPage(view: {
  voice: Voice;
  formToken: string;
  /** Where to go on from here. */
  next: string;
  /** What the key has to be for. */
  scope: "read" | "admin";
  wrong?: "wrongKey" | "notAdmin" | "slow" | undefined;
}): Html {
  const { voice, formToken, next, scope, wrong } = view;
  const say = adminWords[voice.language];
  return page({
    voice,
    title: say.signIn,
    address: next,
    body: html`<h1>${say.signIn}</h1>
${wrong === undefined ? "" : html`<p class="past" role="alert">${say[wrong]}</p>`}
<p>${say.signInLead} <code>newsledger keys add "Maria"${scope === "admin" ? " --scope admin" : ""}</code></p>
<form class="stacked" action="/sign-in" method="post">
<input type="hidden" name="token" value="${formToken}">
<input type="hidden" name="next" value="${next}">
<span class="field"><label for="key">${say.key}</label>
<input id="key" name="key" type="password" autocomplete="current-password" required maxlength="100"></span>
<button>${say.signIn}</button>
</form>`,
  });
}
