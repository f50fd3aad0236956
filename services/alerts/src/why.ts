import type { Development, Facts } from "./facts.ts";
import type { Matching } from "./matching.ts";
import type { Rule } from "./rule.ts";

/** Why an alert was raised, in one sentence: the topic, what matched, what is new, and the owner's note. */
export function why(
  rule: Rule,
  { matches, source, sourceKind, language }: Facts,
  { entities, occurrences }: Matching,
  developments: readonly Development[],
): string {
  const words = matches
    .filter(({ topicId }) => topicId === rule.topic)
    .flatMap(({ reasons }) => reasons.map(({ matched }) => `“${matched}”`));
  const asked = rule.occurrences.length > 0 || rule.part !== null;
  return sentence([
    `topic ${rule.topic}${list(words, ", matched on ")}`,
    rule.entities.length > 0
      ? list(
          entities.map(({ name }) => name),
          "names ",
        )
      : "",
    rule.role === null ? "" : `names someone who is ${rule.role}`,
    asked
      ? list(
          occurrences.map(({ code }) => code),
          "reports ",
        )
      : "",
    rule.part === null
      ? ""
      : `as ${rule.part === "target" ? "the one it is done to" : "the one who does it"}`,
    rule.sources.length > 0 ? `${source} is of the kind ${sourceKind}` : "",
    rule.languages.length > 0 ? `written in ${language}` : "",
    developments.some(({ key }) => key !== "opened") || rule.minReports > 1
      ? list(developments.map((development) => development.words))
      : "",
    noteOf(rule),
  ]);
}

export const noteOf = ({ note }: Pick<Rule, "note">): string =>
  note === null ? "" : `your note: ${note}`;

export const sentence = (parts: readonly string[]): string =>
  parts.filter((part) => part !== "").join("; ");

function list(values: readonly string[], before = ""): string {
  const distinct = [...new Set(values)].slice(0, 6);
  return distinct.length === 0 ? "" : before + distinct.join(", ");
}
