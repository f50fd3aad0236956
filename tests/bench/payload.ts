import { hash } from "node:crypto";

export interface Payload {
  readonly type: string;
  /** Some 520 bytes of JSON. */
  readonly data: Record<string, unknown>;
  /** Some 190 bytes of JSON. */
  readonly meta: Record<string, unknown>;
}

const types = ["order.placed", "order.changed", "order.paid", "order.shipped"];

/** The nth event of the benchmark: the same one every time, each one different. */
export function payload(n: number): Payload {
  const id = hash("md5", String(n));
  return {
    type: types[n % types.length] ?? "order.placed",
    data: {
      orderId: id,
      customer: { name: `Ana María Peña ${n}`, country: "VE", address: "Avenida Urdaneta 12" },
      lines: [
        { sku: id.slice(0, 8), title: "A book with a rather long title", quantity: 2, price: 19.5 },
        { sku: id.slice(8, 16), title: "Another, shorter one", quantity: 1, price: 7.25 + (n % 9) },
      ],
      note: `Please ring twice; the bell is "loud". Order ${n} of the day, as agreed on the telephone.`,
      total: 46.25 + n,
      placedAt: "2026-02-03T04:05:06.789Z",
      tags: ["gift", "express", id.slice(16, 24)],
    },
    meta: {
      user: `clerk-${n % 50}`,
      traceparent: `00-${id}-${id.slice(0, 16)}-01`,
      reason: "entered by hand",
      client: { name: "till", version: "4.2.1", host: id.slice(0, 12) },
    },
  };
}
