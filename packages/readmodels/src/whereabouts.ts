import type { Participant } from "@newsledger/core";
import type { Claim } from "./claim.ts";
import { dayOf, firstDay } from "./partial-date.ts";
import { outlets } from "./story.ts";

/** The place most outlets name, of what these claims say; a country is not a place where someone is held. */
export function commonPlace(claims: readonly Claim[]): Participant | null {
  const named = claims.filter(({ place }) => place !== null && !isCountry(place.name));
  const byPlace = [...Map.groupBy(named, ({ place }) => place?.id ?? place?.name)];
  const [most] = byPlace.toSorted(([, a], [, b]) => outletsOf(b) - outletsOf(a));
  return most?.[1][0]?.place ?? null;
}

const outletsOf = (claims: readonly Claim[]) => outlets(claims.map(({ report }) => report));

/**
 * Where the person is held, from everything published since the status began: later reports often name the place that the
 * news of the day did not. A visit shows it too, when nothing else does.
 */
export function heldAt(claims: readonly Claim[], since: string): Participant | null {
  const current = claims.filter(({ publicAt }) => dayOf(publicAt) >= firstDay(since));
  const visits = current.filter(({ code }) => code === "meet");
  return commonPlace(current.filter(({ code }) => code !== "meet")) ?? commonPlace(visits);
}

let countries: ReadonlySet<string> | undefined;

function isCountry(name: string): boolean {
  countries ??= countryNames();
  return countries.has(name.toLowerCase());
}

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** What Intl calls the countries, in both languages. */
function countryNames(): Set<string> {
  const codes = letters.flatMap((a) => letters.map((b) => a + b));
  const names = ["en", "es"].flatMap((language) => {
    const display = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    return codes.flatMap((code) => display.of(code) ?? []);
  });
  return new Set(names.map((name) => name.toLowerCase()));
}
