import { alias, type KnownEntity, knownEntity, type World } from "./schema.ts";

/** Region codes that are no countries, or old codes of countries that have another. */
const skipped = new Set(
  "AC AN BU CP CQ CS DD DG DY EA EU EZ FX HM HV IC NH QO RH SU TA TP UK UM UN VD XA XB YD YU ZR ZZ".split(
    " ",
  ),
);

/** Every country under its English and Spanish names, as the runtime knows them; `known` ones keep their id. */
export function countries(
  known: ReadonlyMap<string, KnownEntity>,
  { countries: further, ambiguousCountryNames }: World,
): KnownEntity[] {
  const english = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
  const spanish = new Intl.DisplayNames("es", { type: "region", fallback: "none" });
  const ambiguous = new Set(ambiguousCountryNames);
  const byName = new Map(
    [...known.values()].filter((one) => one.type === "place").map((one) => [one.name, one]),
  );
  return codes().flatMap((code) => {
    const name = english.of(code);
    if (!name || skipped.has(code)) return [];
    const own = byName.get(readable(name));
    const names = [name, spanish.of(code) ?? name].map(readable).filter((n) => !ambiguous.has(n));
    const aliases = [
      ...(own?.aliases ?? []),
      ...names.map((text) => alias.parse({ text })),
      ...(further[code] ?? []),
    ];
    if (aliases.length === 0) return [];
    return [
      knownEntity.parse({
        ...(own ?? { id: `country-${code.toLowerCase()}`, type: "place", name: display(name) }),
        country: code,
        aliases: unique(aliases),
      }),
    ];
  });
}

function codes(): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  return letters.flatMap((first) => letters.map((second) => first + second));
}

/** "St. Lucia" and "Bosnia & Herzegovina" as prose writes them; "Myanmar (Burma)" without its second name. */
const readable = (name: string): string =>
  name
    .replace(/\s*\(.*\)/, "")
    .replace(/ SAR China$/, "")
    .replace(/ & /g, " and ")
    .replace(/^St\. /, "Saint ")
    .replace(/’/g, "'");

const display = (name: string): string =>
  readable(name).replace(/^Congo - Kinshasa$/, "Democratic Republic of Congo");

/** The first of each text: what the casework says comes before the general names. */
function unique<A extends { text: string }>(aliases: readonly A[]): A[] {
  return [...new Map(aliases.toReversed().map((one) => [one.text, one])).values()];
}
