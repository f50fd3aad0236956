import type { Channel, ChannelName } from "./channel.ts";
import { discord } from "./discord.ts";
import { mail } from "./mail.ts";
import { ntfy } from "./ntfy.ts";
import { slack } from "./slack.ts";
import { teams } from "./teams.ts";
import { telegram } from "./telegram.ts";
import { webhook } from "./webhook.ts";

export const channels: Readonly<Record<ChannelName, Channel>> = {
  webhook,
  slack,
  discord,
  teams,
  ntfy,
  telegram,
  mail,
};

/** Which channel an address belongs to, as far as it shows; a plain webhook when it does not. */
export const channelOf = (url: URL): ChannelName =>
  [slack, discord, teams, ntfy, telegram, mail].find((channel) => channel.recognises(url))?.name ??
  "webhook";
