const dash = 0x2d;

/**
 * Writes a UUID's 16 bytes and answers the place behind them; makes no other string, for every event has several. A digit's
 * value is in the low half of its code, from A on 9 less.
 */
export function writeUuid(buffer: Buffer, text: string, at: number): number {
  let digits = 0;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === dash) continue;
    value = ((value << 4) | ((code & 0xf) + (code > 0x39 ? 9 : 0))) & 0xff;
    if (digits % 2 === 1) buffer[at + (digits >> 1)] = value;
    digits++;
  }
  return at + 16;
}
