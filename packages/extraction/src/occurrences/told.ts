import { loadKnowledge } from "../knowledge/load.ts";
import { understand } from "../understand.ts";

const knowledge = loadKnowledge();
/** For tests: what is read of a sentence. Read on Friday 2021-12-10, after a sentence that gives the names their context. */
export function told(sentence: string, language: "en" | "es"): string[] {
  const context =
    language === "es"
      ? "La prensa de Venezuela sigue el caso de Citgo y de los seis de Citgo."
      : "The press in Venezuela follows Citgo and the case of the Citgo 6.";
  const { occurrences } = understand(
    {
      title: "",
      text: `${context}\n\n${sentence}`,
      publishedAt: "2021-12-10T12:00:00Z",
      url: null,
      source: "",
    },
    knowledge,
  );
  return occurrences.map(({ code, actors, targets, date, place }) =>
    [
      code,
      actors.map((one) => one.name).join("+") || "-",
      targets.map((one) => one.name).join("+") || "-",
      date ?? "-",
      place?.name ?? "-",
    ].join(" | "),
  );
}
