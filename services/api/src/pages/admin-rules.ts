import { occurrenceCode } from "@newsledger/core";
import type { CaseTopic } from "@newsledger/readmodels";
import { html } from "hono/html";
import { type RuleLine, ruleKinds, severities, type Trial } from "../administration.ts";
import { choice, type Desk, oneButton, token } from "./admin-page.ts";
import { adminWords } from "./admin-words.ts";
import { type Html, moment, outward, storyPath } from "./parts.ts";

/** What the form holds, as it was sent. */
export type RuleForm = Readonly<Record<string, string>>;

export interface RulesView {
  rules: readonly RuleLine[];
  topics: readonly CaseTopic[];
  form: RuleForm;
  trial: Trial | null;
  now: Date;
}

export function rulesBody(desk: Desk, view: RulesView): Html {
  const say = adminWords[desk.voice.language];
  return html`<p class="lede">${say.rulesLead}</p>
${view.trial ? trial(desk, view.trial) : ""}
${
  view.rules.length === 0
    ? html`<p>${say.noRules}</p>`
    : html`<ul class="rules">${view.rules.map((rule) => ruleItem(desk, rule, view.now))}</ul>`
}
${newRule(desk, view)}`;
}

function ruleItem(desk: Desk, rule: RuleLine, now: Date): Html {
  const { voice } = desk;
  const say = adminWords[voice.language];
  const { ruleId, name, snoozedUntil } = rule;
  const asleep = snoozedUntil !== null && snoozedUntil > now;
  const act = (what: string, label: string, more: Readonly<Record<string, string>> = {}) =>
    oneButton(
      desk,
      "/admin/rules",
      label,
      { do: what, rule: ruleId, ...more },
      `${label}: ${name}`,
    );
  return html`<li class="rule">
<h2>${name}</h2>
<p lang="en">${rule.says}</p>
<p class="dates">${asleep ? html`<b>${say.snoozedUntil} ${moment(voice, snoozedUntil)}</b> · ` : ""}${
    rule.spokeAt ? html`${say.lastSpoke} ${moment(voice, rule.spokeAt)}` : say.neverSpoke
  }</p>
<div class="acts">${act("test", say.test)}
${asleep ? act("wake", say.wake) : html`${act("snooze", `${say.snooze} ${say.day}`, { hours: "24" })}${act("snooze", `${say.snooze} ${say.week}`, { hours: "168" })}`}
<details><summary>${say.remove}…</summary>${say.removeSure} ${act("remove", say.remove)}</details></div>
</li>`;
}

function trial({ voice }: Desk, { says, alerts, latest }: Trial): Html {
  const say = adminWords[voice.language];
  return html`<section class="newcomer" aria-labelledby="trial">
<h2 id="trial">${say.trial}</h2>
<p lang="en">${says}</p>
<p><b>${voice.number(alerts)} ${say.alerts[alerts === 1 ? 0 : 1]}</b> ${say.trialMeans} ${say.trialHistory}</p>
${latest.length === 0 ? "" : html`<h3>${say.latest}</h3>`}
<ol class="deeds">${latest.map(
    ({ title, source, url, storyId, publishedAt, foundAt, why }) =>
      html`<li>${
        storyId ? html`<a href="${storyPath(storyId)}">${title}</a>` : outward(voice, url, title)
      }<br><small>${source === null ? "" : html`${outward(voice, url, source)}, `}${
        publishedAt === null ? "" : `${voice.t.published} ${voice.date(publishedAt.slice(0, 10))}, `
      }${voice.t.found} ${moment(voice, foundAt)}</small><br><span class="why" lang="en">${why}</span></li>`,
  )}</ol>
</section>`;
}

function newRule(desk: Desk, { topics, form }: RulesView): Html {
  const { voice } = desk;
  const say = adminWords[voice.language];
  const people = topics.flatMap(({ subjects }) => subjects);
  const groups = topics.filter(({ subjects }) => subjects.length > 0);
  const codes = occurrenceCode.options.map((code) => [code, voice.t.deeds[code]] as const);
  return html`<section aria-labelledby="new">
<h2 id="new">${say.newRule}</h2>
<form class="stacked" action="/admin/rules" method="post">${token(desk)}
${field("name", say.ruleName, form, "text", html`required maxlength="120"`)}
${choice("topic", say.topic, titlesOf(topics, voice.language), form.topic)}
${choice(
  "kind",
  say.kind,
  ruleKinds.map((kind) => [kind, say.kinds[kind]]),
  form.kind,
)}
${choice(
  "entity",
  say.person,
  [
    ["", say.anyone],
    ...groups.map(
      ({ id, groups: [group = id] = [], title }) =>
        [group, `${title[voice.language]}: ${say.allOfThem}`] as const,
    ),
    ...people.map(({ id, name }) => [id, name] as const),
  ],
  form.entity,
)}
${choice("occurrence", say.happening, [["", say.anything], ...codes], form.occurrence)}
${field("min_reports", say.minReports, { min_reports: "1", ...form }, "number", html`min="1" max="50"`)}
${field("days", say.silenceDays, { days: "14", ...form }, "number", html`min="1" max="365"`)}
${choice(
  "severity",
  say.severity,
  severities.map((one) => [one, say.severities[one]]),
  form.severity ?? "important",
)}
${field("note", say.note, form, "text", html`maxlength="500"`)}
<div class="acts"><button name="do" value="try">${say.tryIt}</button> <button name="do" value="add">${say.save}</button></div>
</form>
</section>`;
}

const titlesOf = (topics: readonly CaseTopic[], language: "en" | "es") =>
  topics.map(({ id, title }) => [id, title[language]] as const);

const field = (name: string, label: string, form: RuleForm, type: string, more: Html): Html =>
  html`<span class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${form[name] ?? ""}" ${more}></span>`;
