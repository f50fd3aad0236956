import net from "node:net";
import type { Duplex } from "node:stream";
import ipaddr from "ipaddr.js";
import type { KnownProxy } from "./proxy.ts";

/** What a SOCKS5 proxy answered instead of a way to the target. */
export class SocksRefusal extends Error {
  override name = "SocksRefusal";
  /** It could not get there, which says something of the target and nothing of the proxy. */
  readonly ofTarget: boolean;

  constructor(sentence: string, ofTarget = false) {
    super(sentence);
    this.ofTarget = ofTarget;
  }
}

// RFC 1928 §6.
const replies: Readonly<Record<number, string>> = {
  1: "has a fault of its own",
  2: "does not allow this connection",
  3: "finds no way to that network",
  4: "finds no way to that host",
  5: "was not let in there",
  6: "waited too long for it",
  7: "knows no such request",
  8: "knows no such kind of address",
};
const ofTarget = new Set([3, 4, 5, 6]);

/** Asks a SOCKS5 proxy (RFC 1928, 1929) for a connection; afterwards the socket speaks with the target. */
export async function askSocks(
  socket: Duplex,
  { user, password }: Pick<KnownProxy, "user" | "password">,
  target: { readonly host: string; readonly port: number },
): Promise<void> {
  const named = user !== "" || password !== "";
  socket.write(Buffer.from(named ? [5, 2, 0, 2] : [5, 1, 0]));
  const [version, method] = await take(socket, 2);
  if (version !== 5) throw new SocksRefusal("does not speak SOCKS5");
  if (method === 2 && named) await identify(socket, user, password);
  else if (method !== 0) throw new SocksRefusal("wants a user name and password");
  const port = Buffer.from([target.port >> 8, target.port & 0xff]);
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), addressBytes(target.host), port]));
  const [, reply = 1, , kind] = await take(socket, 4);
  if (reply !== 0)
    throw new SocksRefusal(replies[reply] ?? `answered ${reply}`, ofTarget.has(reply));
  // The address it dialled from, which nobody needs, and its port.
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await take(socket, 1))[0] ?? 0);
  await take(socket, length + 2);
}

async function identify(socket: Duplex, user: string, password: string): Promise<void> {
  const [name, word] = [Buffer.from(user), Buffer.from(password)];
  // Their lengths are a byte each (RFC 1929 §2).
  if (name.length > 255 || word.length > 255)
    throw new SocksRefusal("takes no user name or password of more than 255 bytes");
  socket.write(
    Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([word.length]), word]),
  );
  const [, status] = await take(socket, 2);
  if (status !== 0) throw new SocksRefusal("does not accept this user name and password");
}

function addressBytes(host: string): Buffer {
  if (net.isIP(host)) {
    const bytes = ipaddr.parse(host).toByteArray();
    return Buffer.from([bytes.length === 4 ? 1 : 4, ...bytes]);
  }
  const name = Buffer.from(host);
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

/** The next bytes, exactly that many: what follows them belongs to the target. */
function take(socket: Duplex, count: number): Promise<Buffer> {
  return new Promise((done, failed) => {
    const settle = (act: () => void) => {
      socket.off("readable", look).off("error", failed).off("end", ended).off("close", ended);
      act();
    };
    const look = () => {
      const bytes: Buffer | null = socket.read(count);
      if (bytes !== null) settle(() => done(bytes));
    };
    const ended = () => settle(() => failed(new SocksRefusal("cut the connection")));
    socket.on("readable", look).once("error", failed).once("end", ended).once("close", ended);
    look();
  });
}
