/** Texts that cost most to whoever compares every word or name with every other; each piece goes on for ever. */
const given = ["Ana", "Luis", "Pedro", "María", "José", "Carla", "Rosa", "Juan"];

/** A surname for each number: "Praab", "Prabb", … */
function surname(of: number): string {
  const letters = [of, of / 26, of / 676].map((part) => 97 + (Math.floor(part) % 26));
  return `Pra${String.fromCharCode(...letters)}`;
}

const full = (of: number): string => `${given[of % given.length]} ${surname(of)}`;

const piece: Readonly<Record<string, (of: number) => string>> = {
  "one sentence of names": (of) => `and ${full(of)} met Tomeu Vadell in Caracas in 2017 `,
  "sentences with a name each": (of) => `${full(of)} met Tomeu Vadell in Caracas on Tuesday. `,
  "persons who speak": (of) => `“We are free,” ${full(of)} said. `,
  "quotes that never close": (of) => `“We met ${surname(of)} `,
  "kin of kin": (of) => `${full(of)} and her brother ${given[(of + 1) % given.length]} `,
  "capitals in a row": () => "Prado ",
  "the group in capitals": () => "THE CITGO SIX ",
  "three scripts": (of) => `Анна ${surname(of)} 中国 Ana `,
  "brackets in brackets": () => "((((",
  "bodies and their letters": (of) => `The Ministry of ${surname(of)} (M${of}X) met. `,
};

export const endless = Object.keys(piece);

/** The text of that kind, `length` characters long. */
export function endlessText(kind: string, length: number): string {
  let text = "";
  for (let of = 0; text.length < length; of++) text += piece[kind]?.(of) ?? " ";
  return text.slice(0, length);
}
