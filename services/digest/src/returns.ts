import { createHash } from "node:crypto";
import { checkAddress } from "./address.ts";

/** Addresses that tell what came back without a list: each issue leaves from its own (variable envelope return path). */

/** `bounce+<issue>.<mark>@…`: the mark is a function of the reader's secret, so that nobody can forge what came back. */
export function returnPath(mailbox: string, issueId: string, secret: string): string {
  const at = mailbox.lastIndexOf("@");
  const path = `${mailbox.slice(0, at)}+${issueId}.${markOf(issueId, secret)}${mailbox.slice(at)}`;
  // RFC 5321 §4.5.3.1.1: a local part has at most 64 characters. A long mailbox keeps its plain name.
  return path.lastIndexOf("@") > 64 ? mailbox : checkAddress(path);
}

/** The issue that an address names, with its mark; null for any other address. */
export function issueOf(address: string): { issueId: string; mark: string } | null {
  const [, issueId, mark] = /\+([a-z2-7]{26})\.([0-9a-f]{10})@/.exec(address.toLowerCase()) ?? [];
  return issueId && mark ? { issueId, mark } : null;
}

export const markOf = (issueId: string, secret: string): string =>
  createHash("sha256").update(`return ${issueId} ${secret}`).digest("hex").slice(0, 10);

/** A server's sentence without the addresses in it: reasons stay in the ledger, addresses do not. */
export const withoutAddresses = (reason: string): string =>
  reason.replace(/<?[^\s<>()",;:]+@[^\s<>()",;:]+>?/g, "(address)");
