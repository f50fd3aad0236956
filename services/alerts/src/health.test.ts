import { expect, test } from "vitest";
import { type Health, judge } from "./health.ts";

const day = 86_400;
const well: Health = { failingSeconds: null, toldStage: null, toldSeconds: null };
const failure = { accepted: false, failed: true, gone: false };
const success = { accepted: true, failed: false, gone: false };

test("the owner is told at the first failure, and not again the same day", () => {
  expect(judge(well, failure)).toEqual({ failing: "begins", tell: "failing", disable: null });
  const told: Health = { failingSeconds: null, toldStage: "failing", toldSeconds: 3_600 };
  expect(judge(told, failure)).toEqual({ failing: "begins", tell: null, disable: null });
  expect(judge({ ...told, toldSeconds: 2 * day }, failure).tell).toBe("failing");
});

test("the owner is told once more half-way to the end", () => {
  const failing: Health = { failingSeconds: 2 * day, toldStage: "failing", toldSeconds: 2 * day };
  expect(judge(failing, failure)).toEqual({ failing: "as before", tell: null, disable: null });
  const longer = { ...failing, failingSeconds: 2.6 * day };
  expect(judge(longer, failure).tell).toBe("half-way");
  expect(judge({ ...longer, toldStage: "half-way" }, failure).tell).toBeNull();
});

test("a receiver is switched off after five days of nothing but failures, not before", () => {
  const failing: Health = { failingSeconds: 4.9 * day, toldStage: "half-way", toldSeconds: day };
  expect(judge(failing, failure).disable).toBeNull();
  expect(judge({ ...failing, failingSeconds: 5.1 * day }, failure)).toMatchObject({
    tell: "disabled",
    disable: expect.stringContaining("five days"),
  });
});

test("one success is enough to begin anew", () => {
  const failing: Health = { failingSeconds: 4.9 * day, toldStage: "half-way", toldSeconds: day };
  expect(judge(failing, success)).toEqual({ failing: "ends", tell: "recovered", disable: null });
  expect(judge(failing, { ...success, failed: true }).failing).toBe("ends");
  expect(judge({ ...failing, toldStage: "failing" }, success).tell).toBeNull();
  expect(judge(well, success)).toEqual({ failing: "as before", tell: null, disable: null });
});

test("a receiver that answers 410 is switched off at once", () => {
  expect(judge(well, { ...failure, gone: true })).toMatchObject({
    tell: "disabled",
    disable: expect.stringContaining("410"),
  });
});
