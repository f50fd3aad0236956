import { checkAddress } from "@newsledger/feeds";
import { z } from "zod";
import type { Post } from "./attempt.ts";
import { type ChannelName, channelNames, type Settings } from "./channels/channel.ts";
import { channelOf, channels } from "./channels/index.ts";

/** An address that is no receiver's; the message says what to do. */
export class WebhookRefused extends Error {
  override name = "WebhookRefused";
}

/** Where messages go, taken apart. */
export interface ReceiverAddress {
  readonly url: string;
  readonly channel: ChannelName;
  readonly settings: Settings;
  /** What may be shown of it. */
  readonly shown: string;
}

export function readAddress(text: string, wanted?: string): ReceiverAddress {
  const url = URL.parse(text.trim());
  if (url === null || text.length > 2_000)
    throw new WebhookRefused(`add webhook: “${text.slice(0, 100)}” is not a web address`);
  const channel = wanted === undefined ? channelOf(url) : channelNamed(wanted);
  if (channel === "mail") return readMail(url);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new WebhookRefused(
      `add webhook: an address starts with https:// or mailto:, not with ${url.protocol}`,
    );
  if (url.username || url.password)
    throw new WebhookRefused(
      `add webhook ${url.host}: an address may carry no user name or password; receivers verify the signature instead`,
    );
  if (channel === "telegram") return readTelegram(url);
  // Kept as it was written: the id of a webhook follows from it.
  return { url: text.trim(), channel, settings: {}, shown: shownOf(url, channel) };
}

function channelNamed(name: string): ChannelName {
  const found = channelNames.find((channel) => channel === name);
  if (!found)
    throw new WebhookRefused(
      `add webhook: there is no channel ${name}; there are ${channelNames.join(", ")}`,
    );
  return found;
}

function readMail(url: URL): ReceiverAddress {
  const to = URL.canParse(url.href) ? decodeURIComponent(url.pathname) : "";
  // One address, plainly written: nothing that a mail server could take for two.
  if (url.protocol !== "mailto:" || url.search !== "" || !z.email().safeParse(to).success)
    throw new WebhookRefused("add webhook: a mail receiver is written mailto:someone@example.org");
  return { url: `mailto:${to}`, channel: "mail", settings: {}, shown: `mailto:${to}` };
}

function readTelegram(url: URL): ReceiverAddress {
  const chatId = url.searchParams.get("chat_id") ?? "";
  if (!/^(-?\d{1,20}|@[A-Za-z0-9_]{1,64})$/.test(chatId))
    throw new WebhookRefused(
      "add webhook: a Telegram address is written https://api.telegram.org/bot<token>/sendMessage?chat_id=<chat>",
    );
  url.search = "";
  const shown = `${shownOf(url, "telegram")} chat ${chatId}`;
  return { url: url.href, channel: "telegram", settings: { chatId }, shown };
}

/** An address without what lets its reader post: the path where that is the secret, and the values of a query. */
function shownOf(url: URL, channel: ChannelName): string {
  if (channels[channel].secretAddress) return `${url.origin}/…`;
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}

const ports = new Set(["", "443", "8443"]);

/**
 * What an address must be beside public: https, on a port where web servers are. Hosts that the operator opened by name
 * may be plain http and use any port. Null when it may be called.
 */
export function addressProblem(address: string, allowHosts: readonly string[]): string | null {
  const url = URL.parse(address);
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    return "This is not a web address.";
  if (url.username || url.password) return "The address carries a user name or a password.";
  if (isOpened(url, allowHosts)) return null;
  if (url.protocol !== "https:")
    return `The address of ${url.hostname} must start with https://, or name the host in NEWSLEDGER_ALLOW_HOSTS.`;
  if (!ports.has(url.port))
    return `Port ${url.port} of ${url.hostname} is not one of web servers (443, 8443); name it in NEWSLEDGER_ALLOW_HOSTS if that is intended.`;
  return null;
}

function isOpened(url: URL, allowHosts: readonly string[]): boolean {
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allowHosts.some((entry) => {
    const open = entry.trim().toLowerCase();
    return open === host || open === host.replace(/^\[|\]$/g, "") || open === `${host}:${port}`;
  });
}

/** Says whether an address may be called; throws, with a sentence for people, when it may not. */
export type CheckUrl = (url: string) => Promise<void>;

/** How names become addresses, and by which proxy receivers are asked. */
type Look = Omit<NonNullable<Parameters<typeof checkAddress>[1]>, "allowHosts">;

/** The check at the time of saving. The dial checks again: names change. */
export const receiverCheck =
  (allowHosts: readonly string[], look: Look = {}): CheckUrl =>
  async (address) => {
    const problem = addressProblem(address, allowHosts);
    if (problem !== null) throw new WebhookRefused(problem);
    await checkAddress(address, { ...look, allowHosts });
  };

/** The same at every dial, before the fetcher's own guard: settings may have changed since the address was saved. */
export const guardedPost =
  (post: Post, allowHosts: readonly string[]): Post =>
  async (address, request) => {
    const problem = addressProblem(address, allowHosts);
    if (problem === null) return post(address, request);
    return { outcome: "failed", code: "bad-address", reason: problem, hard: true };
  };
