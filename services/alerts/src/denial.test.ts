import { expect, test } from "vitest";
import { type Deniable, denies } from "./denial.ts";

test.each<[Deniable, string, boolean]>([
  ["free", "Prado has not been released, her lawyer said.", true],
  ["free", "Prado was not freed on Monday.", true],
  ["free", "Prado wasn't released after all.", true],
  ["free", "Officials denied that Prado had been freed.", true],
  ["free", "Reports of her release were false, the ministry said.", true],
  ["free", "Prado remains in prison.", true],
  ["free", "Prado is still being held behind bars in Lima.", true],
  ["free", "Prado no ha sido liberada, dijo su abogada.", true],
  ["free", "La fiscalía desmintió la liberación de Prado.", true],
  ["free", "Prado sigue presa en Lima.", true],
  ["free", "Ana Prado permanece detenida.", true],
  ["free", "Prado was released on Monday.", false],
  ["free", "Prado was not released until Friday.", false],
  ["free", "Prado no fue liberada hasta el viernes.", false],
  ["free", "Prado fue liberada el lunes.", false],
  ["free", "Her family welcomed the release.", false],
  ["free", "Prado, free since Monday, denied any guilt.", false],
  ["prison", "Prado was not arrested, police said.", true],
  ["prison", "The government denied the arrest of Prado.", true],
  ["prison", "Prado sigue en libertad.", true],
  ["prison", "Prado was arrested.", false],
  ["convict", "Prado has not been convicted of anything.", true],
  ["extradite", "Spain denied that it had extradited Prado.", true],
  ["house-arrest", "Prado was not moved to house arrest.", true],
])("%s: “%s” denies it: %s", (kind, sentence, expected) => {
  expect(denies(sentence, kind)).toBe(expected);
});
