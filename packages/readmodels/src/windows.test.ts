import { expect, test } from "vitest";
import { dayMark, lately, windowsBefore } from "./windows.ts";

test("windows go back from the newest day: days first, then months, then all that is older", () => {
  const windows = [...windowsBefore(new Date("2024-03-10T10:00:00Z"))];
  expect(windows.map(({ days }) => days)).toEqual([
    expect.stringMatching(/^'D2024-03-10' \| .* \| 'D2024-03-03'$/),
    "'D2024-03-02' | 'D2024-03-01'",
    "'M2024-02' | 'M2024-01' | 'Q2023-4'",
    "'Q2023-3' | 'Q2023-2'",
    "'Q2023-1' | 'Q2022-4' | 'Q2022-3' | 'Q2022-2'",
    "'Q2022-1' | 'Y2021' | 'Y2020' | 'Q2019-4' | 'Q2019-3' | 'Q2019-2'",
    expect.stringMatching(/^'Q2019-1' \| 'Y2018' \| .* \| 'Y2010' \| 'Q2009-4' .* \| 'Q2009-2'$/),
    null,
  ]);
  expect(windows.at(-1)?.before).toEqual(new Date("2009-04-01T00:00:00Z"));
});

test("whatever the month, no month is left out and none is met twice", () => {
  for (let month = 0; month < 12; month += 1) {
    const last = new Date(Date.UTC(2023, month, 28));
    const windows = [...windowsBefore(last)];
    const met = windows.flatMap(({ days }) => [...(days ?? "").matchAll(/'([MQY][\d-]+)'/g)]);
    const months = met.flatMap(([, mark = ""]) => monthsIn(mark));
    const oldest = windows.at(-1)?.before ?? last;
    const since = (last.getUTCFullYear() - oldest.getUTCFullYear()) * 12;
    const before = Array.from({ length: since + month - oldest.getUTCMonth() }, (_, nth) =>
      new Date(Date.UTC(2023, month - 1 - nth, 1)).toISOString().slice(0, 7),
    );
    expect(months).toEqual(before);
  }
});

/** Newest first. */
function monthsIn(mark: string): string[] {
  const [year = "", part] = mark.slice(1).split("-");
  const count = { M: 1, Q: 3, Y: 12 }[mark.charAt(0)] ?? 0;
  const last = part === undefined ? 12 : Number(part) * count;
  const months = Array.from({ length: count }, (_, nth) => last - nth);
  return months.map((month) => `${year}-${String(month).padStart(2, "0")}`);
}

test("with a first day they go back no further than its month", () => {
  const windows = (first: string) =>
    [...windowsBefore(new Date("2024-03-10T10:00:00Z"), new Date(first))].map(({ days }) => days);
  expect(windows("2024-03-09")).toEqual(["'D2024-03-10' | 'D2024-03-09'"]);
  expect(windows("2024-03-01")).toHaveLength(2);
  expect(windows("2024-02-01").at(-1)).toBe("'M2024-02'");
  expect(windows("2024-01-31").at(-1)).toBe("'M2024-02' | 'M2024-01'");
  expect(windows("2023-11-15").at(-1)).toBe("'M2024-02' | 'M2024-01' | 'M2023-12' | 'M2023-11'");
  expect(windows("2020-03-31").at(-1)).toBe(
    "'Q2022-1' | 'Y2021' | 'Q2020-4' | 'Q2020-3' | 'Q2020-2' | 'M2020-03'",
  );
  expect(windows("2009-03-31").at(-1)).toBeNull();
  expect(windows("2009-04-01").at(-1)).not.toBeNull();
  expect(windows("2024-03-11")).toEqual([]);
});

test("of a month that began within the first days nothing is left", () => {
  const windows = [...windowsBefore(new Date("2024-03-02T10:00:00Z"))];
  expect(windows[0]?.days).toMatch(/^'D2024-03-02' \| 'D2024-03-01' \| 'D2024-02-29'/);
  expect(windows[1]?.days).toMatch(/^'M2024-02' \| 'M2024-01'/);
});

test("the mark of a day cannot be a searched word: those have no capitals", () => {
  expect(dayMark(new Date("2024-03-02T23:59:59Z"))).toBe("D2024-03-02");
});

test("lately is this month up to a day, and the three before it", () => {
  expect(lately(new Date("2024-02-02T10:00:00Z"))).toBe(
    "'D2024-02-02' | 'D2024-02-01' | 'M2024-01' | 'M2023-12' | 'M2023-11'",
  );
  expect(lately(new Date("2024-04-01T10:00:00Z"))).toBe("'D2024-04-01' | 'Q2024-1'");
});
