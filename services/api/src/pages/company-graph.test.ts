import { expect, test } from "vitest";
import { layOut } from "./company-graph.ts";

const named = (name: string, articles: number) => ({ id: name, name, type: "person", articles });

test("whoever is named together more often stands closer, and nobody outside the picture", () => {
  const nodes = layOut(Array.from({ length: 30 }, (_, nth) => named(`p${nth}`, 30 - nth)));
  expect(nodes).toHaveLength(12);
  const distances = nodes.map(({ x, y }) => Math.hypot(x - 200, y - 200));
  expect(distances[0]).toBeLessThan(distances[11] ?? 0);
  for (const { x, y } of nodes) {
    expect(Math.min(x, y)).toBeGreaterThan(20);
    expect(Math.max(x, y)).toBeLessThan(380);
  }
  expect(layOut([])).toEqual([]);
});
