import { Tokenizer as Htmlparser2Tokenizer } from "htmlparser2";

type Callbacks = ConstructorParameters<typeof Htmlparser2Tokenizer>[1];
type Options = ConstructorParameters<typeof Htmlparser2Tokenizer>[0];

/** What htmlparser2's tokenizer keeps to itself and this one looks at. */
interface Inside {
  index: number;
  readonly buffer: string;
  readonly offset: number;
  fastForwardTo(char: number): boolean;
}

// Most jumps are short, and a search costs more than a look at a few characters.
const shortJump = 12;

/**
 * htmlparser2's tokenizer, which looks for the next "<" or "]" with the engine's own search: it goes over most of a
 * document and compares each character in turn. A contract test holds it to what the original finds.
 */
export const Tokenizer = class extends Htmlparser2Tokenizer {
  constructor(options: Options, callbacks: Callbacks) {
    super(options, callbacks);
    (this as unknown as Inside).fastForwardTo = fastForwardTo;
  }
};

function fastForwardTo(this: Inside, char: number): boolean {
  const { buffer, offset } = this;
  let at = this.index + 1 - offset;
  for (const near = Math.min(at + shortJump, buffer.length); at < near; at++)
    if (buffer.charCodeAt(at) === char) {
      this.index = at + offset;
      return true;
    }
  const found = at < buffer.length ? buffer.indexOf(String.fromCharCode(char), at) : -1;
  this.index = (found < 0 ? buffer.length - 1 : found) + offset;
  return found >= 0;
}
