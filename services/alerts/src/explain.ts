import type { Rule } from "./rule.ts";
import type { StoredRule } from "./rules.ts";

/** What a rule does, in words: for lists, and to be read back before it is saved. */
export function explain(rule: Rule, nameOf: (id: string) => string = (id) => id): string {
  return [
    `${what(rule, nameOf)}.`,
    ...conditions(rule, nameOf).map((condition) => `Only ${condition}.`),
    ...manner(rule),
  ].join(" ");
}

/** What it is doing just now, where that is not plain. */
export function explainState(rule: StoredRule, now: Date): string {
  if (rule.snoozedUntil === null || rule.snoozedUntil <= now) return "";
  const until = rule.snoozedUntil.toISOString().slice(0, 16).replace("T", " ");
  return rule.snooze === "mute"
    ? `Muted until ${until} UTC; you are then told what there was.`
    : `Snoozed until ${until} UTC; what comes meanwhile is then sent together.`;
}

function what({ when, topic, entities, occurrences, minReports }: Rule, nameOf: Names): string {
  const subject = entities.length > 0 ? `${any(entities.map(nameOf))} (${topic})` : topic;
  const codes = occurrences.length > 0 ? `${any(occurrences)} of ` : "";
  switch (when.kind) {
    case "report":
      return minReports > 1
        ? `Tells you when ${minReports} outlets report ${codes}${subject} in their own words, and then what is new in the story`
        : `Tells you of every new story about ${codes}${subject}, and then what is new in it`;
    case "first-mention":
      return occurrences.length > 0
        ? `Tells you when ${codes}${subject} is reported for the first time`
        : `Tells you when ${entities.length > 0 ? any(entities.map(nameOf)) : "a person or body"} is mentioned in ${topic} for the first time`;
    case "status-change":
      return `Tells you when ${entities.length > 0 ? any(entities.map(nameOf)) : "someone"} is reported held, moved or freed, and was something else before (${topic})${occurrences.length > 0 ? `: ${any(occurrences)}` : ""}`;
    case "burst":
      return `Tells you when far more new stories about ${codes}${subject} appear in a day than is usual (${when.sensitivity} sensitivity)`;
    case "silence":
      return when.of === "feeds"
        ? `Tells you when none of the feeds that tell of ${topic} has brought anything for ${days(when.days)}`
        : `Tells you when nothing has been reported about ${codes}${subject} for ${days(when.days)}`;
    case "feed-trouble":
      return `Tells you when ${when.feeds.length > 0 ? `one of ${when.feeds.length} feeds` : "any feed"} is in trouble: ${any(when.troubles)}`;
  }
}

type Names = (id: string) => string;

function conditions(rule: Rule, nameOf: Names): string[] {
  const { part, role, sources, languages, maxAgeHours, entities } = rule;
  const whom = entities.length > 0 ? any(entities.map(nameOf)) : "the one in question";
  return [
    part === null ? "" : `when it is ${part === "target" ? "done to" : "done by"} ${whom}`,
    role === null ? "" : `when someone is named who is “${role}” by the knowledge base`,
    sources.length === 0 ? "" : `from outlets of the kind ${any(sources)}`,
    languages.length === 0 ? "" : `in ${any(languages.map((one) => languageNames[one]))}`,
    maxAgeHours === null
      ? ""
      : `what was published at most ${maxAgeHours} hours before it was found`,
  ].filter((condition) => condition !== "");
}

function manner({ severity, throttleMinutes, quietHours, note }: Rule): string[] {
  return [
    severity === "important" ? "" : `It counts as ${severity}.`,
    throttleMinutes === 0
      ? ""
      : `What follows within ${throttleMinutes} minutes of an alert is sent together.`,
    quietHours === null || severity === "critical"
      ? ""
      : `From ${quietHours.from} to ${quietHours.to} (${quietHours.timeZone}) alerts wait, and are then sent together.`,
    quietHours !== null && severity === "critical" ? "Quiet hours do not hold it." : "",
    note === null ? "" : `Your note: ${note}`,
  ].filter((sentence) => sentence !== "");
}

const languageNames = { en: "English", es: "Spanish" } as const;
const days = (count: number): string => (count === 1 ? "a day" : `${count} days`);
const any = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
