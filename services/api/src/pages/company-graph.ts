import type { EntityView } from "@newsledger/readmodels";
import { html } from "hono/html";
import type { Html } from "./parts.ts";

const size = 400;
const centre = size / 2;
const nodesShown = 12;

export interface Node {
  name: string;
  x: number;
  y: number;
  /** 0 (rarely) to 1 (most often named together). */
  weight: number;
}

/** Whoever is named together most often stands closest, around the circle in order. */
export function layOut(together: EntityView["together"]): Node[] {
  const shown = together.slice(0, nodesShown);
  const most = Math.max(1, ...shown.map(({ articles }) => articles));
  return shown.map(({ name, articles }, nth) => {
    const weight = articles / most;
    const angle = (nth / shown.length) * 2 * Math.PI - Math.PI / 2;
    // Every second one stands a little further out: names beside each other stay readable.
    const distance = 90 + (1 - weight) * 50 + (nth % 2) * 24;
    return {
      name,
      x: Math.round(centre + Math.cos(angle) * distance),
      y: Math.round(centre + Math.sin(angle) * distance),
      weight,
    };
  });
}

/** A picture of the table beside it. */
export const companyGraph = (entity: EntityView): Html => {
  const nodes = layOut(entity.together);
  return html`<svg class="company" viewBox="-60 0 ${size + 120} ${size}" aria-hidden="true">
${nodes.map(({ x, y, weight }) => html`<line x1="${centre}" y1="${centre}" x2="${x}" y2="${y}" stroke-width="${(1 + weight * 5).toFixed(1)}"/>`)}
<circle class="self" cx="${centre}" cy="${centre}" r="9"/>
${nodes.map(({ x, y, weight }) => html`<circle cx="${x}" cy="${y}" r="${(4 + weight * 4).toFixed(1)}"/>`)}
${nodes.map(({ name, x, y }) => html`<text x="${x}" y="${y < centre ? y - 11 : y + 19}" text-anchor="middle">${short(name)}</text>`)}
<text class="self" x="${centre}" y="${centre + 27}" text-anchor="middle">${short(entity.name)}</text>
</svg>`;
};

const short = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);
