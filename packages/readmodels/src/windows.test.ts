import { expect, test } from "vitest";
import { dayMark, lately, windowsBefore } from "./windows.ts";

test("windows go back from the newest day: days first, then months, then all that is older", () => {
  const windows = [...windowsBefore(new Date("2024-03-10T10:00:00Z"))];
  expect(windows[0]?.days).toMatch(/^'D2024-03-10' \| .* \| 'D2024-03-03'$/);
  expect(windows[1]?.days).toBe("'D2024-03-02' | 'D2024-03-01'");
  expect(windows[2]?.days).toBe("'M2024-02' | 'M2024-01'");
  expect(windows[3]?.days).toBe("'M2023-12' | 'M2023-11' | 'M2023-10'");
  expect(windows.at(-3)?.days).toMatch(/^'M2022-03' .* 'M2019-04'$/);
  expect(windows.at(-1)).toEqual({ days: null, before: new Date("2009-04-01T00:00:00Z") });
});

test("with a first day they go back no further", () => {
  const windows = (first: string) =>
    [...windowsBefore(new Date("2024-03-10T10:00:00Z"), new Date(first))].map(({ days }) => days);
  expect(windows("2024-03-09")).toEqual(["'D2024-03-10' | 'D2024-03-09'"]);
  expect(windows("2024-03-01")).toHaveLength(2);
  expect(windows("2024-01-31").at(-1)).toBe("'M2024-02' | 'M2024-01'");
  expect(windows("2024-02-01").at(-1)).toBe("'M2024-02'");
  expect(windows("2009-03-31").at(-1)).toBeNull();
  expect(windows("2009-04-01").at(-1)).not.toBeNull();
  expect(windows("2024-03-11")).toEqual([]);
});

test("of a month that began within the first days nothing is left", () => {
  const windows = [...windowsBefore(new Date("2024-03-02T10:00:00Z"))];
  expect(windows[0]?.days).toMatch(/^'D2024-03-02' \| 'D2024-03-01' \| 'D2024-02-29'/);
  expect(windows[1]?.days).toBe("'M2024-02' | 'M2024-01'");
});

test("the mark of a day cannot be a searched word: those have no capitals", () => {
  expect(dayMark(new Date("2024-03-02T23:59:59Z"))).toBe("D2024-03-02");
});

test("lately is this month up to a day, and the three before it", () => {
  expect(lately(new Date("2024-02-02T10:00:00Z"))).toBe(
    "'D2024-02-02' | 'D2024-02-01' | 'M2024-01' | 'M2023-12' | 'M2023-11'",
  );
});
