/** A mailbox as two fields, never as one string: what a name contains cannot become an address. */
export interface Address {
  readonly name: string;
  readonly address: string;
}

export class AddressInvalid extends Error {
  override name = "AddressInvalid";
}

// Stricter than RFC 5322: no quoted local parts, no comments. Names without a dot serve local mailboxes.
const mailbox =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

/** The address when it can be written to; throws with a sentence when not. */
export function checkAddress(address: string): string {
  if (address.length > 254 || !mailbox.test(address) || address.includes(".."))
    throw new AddressInvalid(
      `address ${JSON.stringify(address)}: not an e-mail address such as name@example.org`,
    );
  return address;
}

/** `Newsledger <news@example.org>` or the bare address, as the configuration holds it. */
export function parseSender(text: string): Address {
  const [, name = "", address = text] = /^\s*([^<>]*?)\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  return { name: name.replace(/^"|"$/g, ""), address: checkAddress(address.trim()) };
}

export const domainOf = ({ address }: Address): string =>
  address.slice(address.lastIndexOf("@") + 1);
