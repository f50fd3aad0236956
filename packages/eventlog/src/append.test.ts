import { expect, test } from "vitest";
import { eventId, prepare, rounds } from "./append.ts";
import { InvalidText } from "./valid-text.ts";

const note = { type: "noted", schemaVersion: 1, data: { text: "hello" } };

test("a keyed append has event ids that follow from the key", () => {
  const request = { stream: "a", events: [note, note], key: "item.seen:1" };
  const [first, second] = prepare(request).events;
  expect(first?.id).toBe(eventId("item.seen:1", 0));
  expect(second?.id).toBe(eventId("item.seen:1", 1));
  expect(first?.id).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(prepare(request)).toEqual(prepare(request));
});

test("without a key every event id is new", () => {
  const request = { stream: "a", events: [note] };
  expect(prepare(request).events[0]?.id).not.toBe(prepare(request).events[0]?.id);
});

test.each([
  ["no events", { stream: "a", events: [] }, "needs at least one event"],
  ["an empty stream name", { stream: "", events: [note] }, "the stream's name: 0 characters"],
  [
    "a key too long for the index",
    { stream: "a", events: [note], key: "k".repeat(801) },
    "the append key: 801",
  ],
  [
    "a version that is none",
    { stream: "a", events: [note], expected: 1.5 },
    "expected version 1.5",
  ],
  [
    "a correlation that is no UUID",
    { stream: "a", events: [note], correlationId: "x" },
    'correlationId: "x" is not a UUID',
  ],
])("%s is refused before it reaches the database", (_, request, message) => {
  expect(() => prepare(request)).toThrow(message);
});

test("text that Postgres cannot keep is refused with stream and field", () => {
  const poison = { ...note, data: { deep: ["fine", "a\u0000"] } };
  const attempt = () => prepare({ stream: "item-1", events: [note, poison] });
  expect(attempt).toThrow(InvalidText);
  expect(attempt).toThrow('append to "item-1", event 1 (noted): data.deep[1]');
});

test("expecting version 0 is expecting no stream", () => {
  expect(prepare({ stream: "a", events: [note], expected: 0 }).expected).toBe("none");
});

test("a repeated stream or key waits for the next round, in order of arrival", () => {
  const appends = [
    { id: 1, stream: "a", key: null },
    { id: 2, stream: "b", key: "k" },
    { id: 3, stream: "a", key: "l" },
    { id: 4, stream: "c", key: "l" },
    { id: 5, stream: "c", key: null },
    { id: 6, stream: "d", key: null },
  ];
  const result = rounds(appends, (append) => append);
  expect(result.map((round) => round.map(({ id }) => id))).toEqual([[1, 2, 6], [3], [4], [5]]);
});
