import { expect, test } from "vitest";
import { remember } from "./remember.ts";

test("an answer is asked for once", async () => {
  const known = remember<number>(2);
  let asked = 0;
  const ask = (key: readonly unknown[]) => known(key, async () => ++asked);
  expect([await ask(["a", 1n]), await ask(["a", 1n]), await ask(["b"])]).toEqual([1, 1, 2]);
});

test("the one used longest ago is forgotten first", async () => {
  const known = remember<string>(2);
  const asked: string[] = [];
  const ask = (key: string) =>
    known([key], async () => {
      asked.push(key);
      return key;
    });
  for (const key of ["a", "b", "a", "c", "a", "b"]) expect(await ask(key)).toBe(key);
  expect(asked).toEqual(["a", "b", "c", "b"]);
});

test("an answer of nothing is an answer", async () => {
  const known = remember<null>(1);
  let asked = 0;
  const ask = () =>
    known(["nothing"], async () => {
      asked++;
      return null;
    });
  await ask();
  await ask();
  expect(asked).toBe(1);
});

test("a question that failed is asked again", async () => {
  const known = remember<string>(1);
  await expect(known(["a"], () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(await known(["a"], async () => "here")).toBe("here");
});
