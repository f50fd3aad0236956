import type { Message } from "../messages.ts";

/** One message in the form that a receiver's program understands; frozen when the delivery is planned. */
export interface Rendered {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a receiver was set up with, beside its address. */
export type Settings = Readonly<Record<string, string>>;

export interface Channel {
  readonly name: ChannelName;
  /** Least time between two messages to one receiver, from the service's own documentation. */
  readonly gapSeconds: number;
  /** Whether its addresses are secrets: who knows one can post. Such addresses are never shown in full. */
  readonly secretAddress: boolean;
  /** Whether an address is one of this service's own. */
  recognises(url: URL): boolean;
  /** Pure: the same message is the same bytes. */
  render(message: Message, settings: Settings): Rendered;
}

export const channelNames = [
  "webhook",
  "slack",
  "discord",
  "teams",
  "ntfy",
  "telegram",
  "mail",
] as const;
export type ChannelName = (typeof channelNames)[number];

export const json = { "content-type": "application/json" } as const;
