/**
 * The encoding of a text that does not say it and is not UTF-8, when its letters are not Latin: told by which bytes follow
 * each other, and by how often the usual letters of a language occur. Null for Latin letters, and when nothing is certain.
 */
export function detectEncoding(bytes: Uint8Array): string | null {
  const text = withoutTags(bytes.subarray(0, sampleBytes));
  if (!isDense(text)) return null;
  const scored = candidates.map(({ encoding, score }) => ({ encoding, score: score(text) }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score >= certain ? best.encoding : null;
}

const sampleBytes = 64 * 1024;
const fewestBytes = 12;
const certain = 0.7;

/** Tags are ASCII whatever the language. */
function withoutTags(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  for (let at = 0; at < buffer.length; ) {
    const tag = buffer.indexOf("<", at);
    if (tag < 0) return Buffer.concat([...parts, buffer.subarray(at)]);
    parts.push(buffer.subarray(at, tag), spaceByte);
    const inside = buffer.subarray(tag, tag + cdata.length).equals(cdata);
    const end = inside ? tag + cdata.length - 1 : buffer.indexOf(">", tag);
    at = end < 0 ? buffer.length : end + 1;
  }
  return Buffer.concat(parts);
}

const cdata = Buffer.from("<![CDATA[");
const spaceByte = Buffer.from(" ");

const isAsciiLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

/** In words of Latin letters the accented ones are few; in those of other scripts hardly anything is ASCII. */
function isDense(bytes: Uint8Array): boolean {
  let [beyond, letters, ascii] = [0, 0, 0];
  let inWord = false;
  for (const byte of bytes) {
    if (byte >= 0x80) {
      letters += 1 + (inWord ? 0 : ascii);
      beyond += 1;
      inWord = true;
      ascii = 0;
    } else if (!isAsciiLetter(byte)) {
      inWord = false;
      ascii = 0;
    } else if (inWord) letters += 1;
    else ascii += 1;
  }
  return beyond >= fewestBytes && beyond >= 0.6 * letters;
}

interface Candidate {
  readonly encoding: string;
  /** From 0 to 1: how much the bytes look like an ordinary text in it. */
  score(bytes: Uint8Array): number;
}

/** What a pair of bytes is: most of an ordinary text is usual. */
type Kind = "usual" | "rare" | "wrong";

const inPairs = (
  encoding: string,
  kindOf: (lead: number, trail: number) => Kind,
  stands = (_byte: number): boolean => false,
): Candidate => ({
  encoding,
  score(bytes) {
    const count = { usual: 0, rare: 0, wrong: 0 };
    for (let at = 0; at < bytes.length; at++) {
      const lead = bytes[at] ?? 0;
      if (lead < 0x80) continue;
      const kind = stands(lead) ? "rare" : kindOf(lead, bytes[at + 1] ?? 0);
      count[kind] += 1;
      if (kind !== "wrong" && !stands(lead)) at += 1;
    }
    const all = count.usual + count.rare + count.wrong;
    // One or two may be cut in half.
    return count.wrong > 1 + all / 100 ? 0 : count.usual / all;
  },
});

const within = (byte: number, from: number, to: number): boolean => byte >= from && byte <= to;
const isHigh = (byte: number): boolean => within(byte, 0xa1, 0xfe);

// Korean syllables are a part of what Chinese and Japanese use for their commonest characters, so Korean goes first.
const pairs: readonly Candidate[] = [
  inPairs("euc-kr", (lead, trail) => {
    if (!within(lead, 0x81, 0xfe) || !within(trail, 0x41, 0xfe)) return "wrong";
    return isHigh(trail) && (within(lead, 0xb0, 0xc8) || lead === 0xa1) ? "usual" : "rare";
  }),
  inPairs("euc-jp", (lead, trail) => {
    if (lead === 0x8e && isHigh(trail)) return "rare";
    if (!isHigh(lead) || !isHigh(trail)) return "wrong";
    return [0xa1, 0xa4, 0xa5].includes(lead) || within(lead, 0xb0, 0xcf) ? "usual" : "rare";
  }),
  inPairs(
    "shift_jis",
    (lead, trail) => {
      if (!within(lead, 0x81, 0x9f) && !within(lead, 0xe0, 0xfc)) return "wrong";
      if (!within(trail, 0x40, 0xfc) || trail === 0x7f) return "wrong";
      return within(lead, 0x81, 0x83) || within(lead, 0x88, 0x97) ? "usual" : "rare";
    },
    (byte) => within(byte, 0xa1, 0xdf),
  ),
  inPairs("big5", (lead, trail) => {
    if (!within(lead, 0x87, 0xfe)) return "wrong";
    if (!within(trail, 0x40, 0x7e) && !isHigh(trail)) return "wrong";
    return within(lead, 0xa4, 0xc6) || lead === 0xa1 ? "usual" : "rare";
  }),
  inPairs("gb18030", (lead, trail) => {
    if (!within(lead, 0x81, 0xfe) || !within(trail, 0x40, 0xfe) || trail === 0x7f) return "wrong";
    return isHigh(trail) && (within(lead, 0xb0, 0xd7) || lead === 0xa1 || lead === 0xa3)
      ? "usual"
      : "rare";
  }),
];

/** `share`: what the letters, the language's commonest in small form, make up of an ordinary text in it. */
const inLetters = (encoding: string, letters: string, share: number): Candidate => ({
  encoding,
  score(bytes) {
    const usual = new Set(letters);
    let [all, found] = [0, 0];
    for (const char of new TextDecoder(encoding).decode(bytes)) {
      if (char < "\u0080") continue;
      all += 1;
      if (usual.has(char)) found += 1;
    }
    return Math.min(1, found / all / share);
  },
});

const cyrillic = "оеаинтсрвл";
const singles: readonly Candidate[] = [
  inLetters("windows-1251", cyrillic, 0.7),
  inLetters("koi8-r", cyrillic, 0.7),
  inLetters("iso-8859-5", cyrillic, 0.7),
  inLetters("ibm866", cyrillic, 0.7),
  inLetters("windows-1253", "αοιετσνηυρπκς", 0.75),
  inLetters("windows-1255", "יוהלארתבשמ", 0.72),
  inLetters("windows-1256", "اليمنوترب", 0.7),
  inLetters("windows-874", "านรอก่เง้มวยัลีดทสต", 0.75),
];

const candidates = [...pairs, ...singles];
