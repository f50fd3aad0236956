/**
 * Arrays of int as Postgres sends and takes them in its binary format: written as text, hundreds of numbers take several
 * times as long, here and there. One dimension, no nulls: twenty bytes of head, then length and value of each.
 */
const [head, each] = [20, 8];
const intOid = 23;

export function numbersIn(sent: Buffer): Int32Array {
  const numbers = new Int32Array(Math.max(0, (sent.length - head) / each));
  for (let at = 0; at < numbers.length; at++) numbers[at] = sent.readInt32BE(head + at * each + 4);
  return numbers;
}

/** For node-postgres a Buffer is a value in binary format. */
export function numbersToSend(numbers: readonly number[] | Int32Array): Buffer {
  const sent = Buffer.allocUnsafe(head + numbers.length * each);
  for (const [at, value] of [1, 0, intOid, numbers.length, 1].entries())
    sent.writeInt32BE(value, at * 4);
  for (let at = 0; at < numbers.length; at++) {
    sent.writeInt32BE(4, head + at * each);
    sent.writeInt32BE(numbers[at] as number, head + at * each + 4);
  }
  return sent;
}
