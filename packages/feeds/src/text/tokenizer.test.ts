import { Tokenizer as Original } from "htmlparser2";
import { expect, test } from "vitest";
import { Tokenizer } from "./tokenizer.ts";

const names =
  "onopentagname onopentagend onselfclosingtag onclosetag ontext oncdata onattribname onattribdata onattribentity onattribend oncomment ondeclaration onend onprocessinginstruction ontextentity".split(
    " ",
  );

function told(Kind: typeof Original, text: string, xmlMode: boolean): string[] {
  const said: string[] = [];
  const callbacks = Object.fromEntries(
    names.map((name) => [name, (...values: unknown[]) => said.push([name, ...values].join(" "))]),
  ) as unknown as ConstructorParameters<typeof Original>[1];
  const tokenizer = new Kind({ xmlMode, decodeEntities: false }, callbacks);
  // In pieces, so that what it remembers between them counts, too.
  for (let at = 0; at < text.length; at += 97) tokenizer.write(text.slice(at, at + 97));
  tokenizer.end();
  return said;
}

const document = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><!-- a - remark -- --><rss a='1' b="${"x".repeat(40)}" c><item><title>${"A title ".repeat(9)}&amp; more</title><description><![CDATA[<p>Long ]] words ]]]></description><script>if (a < b) "</scr"</script><br/><x:y z=1></x:y>${"text ".repeat(40)}</item></rss>`;
const pieces = ["<", ">", "]]>", "<![CDATA[", "<!--", "-->", '"', "'", "/", "<?", "?>", "&", "]"];

test("finds what htmlparser2's own tokenizer finds, whatever is wrong with the document", () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return seed % below;
  };
  for (let run = 0; run < 400; run++) {
    let text = document;
    for (let change = next(6); change > 0; change--) {
      const at = next(text.length);
      text = text.slice(0, at) + (pieces[next(pieces.length)] ?? "") + text.slice(at + next(30));
    }
    for (const xmlMode of [true, false])
      expect(told(Tokenizer, text, xmlMode)).toEqual(told(Original, text, xmlMode));
  }
});
