import type { Report } from "./stories.ts";

/** What houses do to a wire without writing anew; each gives a copy of it. */
const ways: Record<string, (sentences: readonly string[], other: readonly string[]) => string[]> = {
  cut: (all) => all.slice(0, Math.max(4, Math.ceil(all.length / 2))),
  turned: (all) => [...all.slice(0, 1), ...all.slice(1).toReversed()],
  thinned: (all) => all.filter((_, at) => at % 4 !== 2),
  opened: (all, other) => [...other, ...all.slice(1)],
};

/** Either language: no word of it stands in the wires. */
const opening = [
  "It was the talk of the morning, and not only in our newsroom.",
  "Aquí está cuanto averiguamos hasta ahora, y qué puede significar para nuestros lectores.",
];

/** Copies of a wire, made by rule: they add volume, while those written by hand are the truth. */
export function retellings(report: Report): Report[] {
  if (!report.id.endsWith("-wire")) return [];
  const sentences = report.text.split(/(?<=[.»"”])\s+(?=[\p{Lu}«"“¿])/u);
  return Object.entries(ways).map(([way, retell], index) => ({
    ...report,
    id: `${report.id} ${way}`,
    source: `House ${index + 1}`,
    title: sentences.at(-1) ?? report.title,
    text: retell(sentences, opening).join(" "),
  }));
}
