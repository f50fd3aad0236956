import { type Channel, json } from "./channel.ts";

/** A program of the receiver's own: JSON, signed by Standard Webhooks. */
export const webhook: Channel = {
  name: "webhook",
  gapSeconds: 0,
  secretAddress: false,
  recognises: () => true,
  render: (message) => ({ headers: json, body: JSON.stringify(message) }),
};
