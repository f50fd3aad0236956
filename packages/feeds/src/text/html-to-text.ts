import { cleanText } from "./clean.ts";
import { decodeHtmlEntities } from "./entities.ts";
import { Tokenizer } from "./tokenizer.ts";

const block = new Set(
  "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);
const silent = new Set(
  "applet audio canvas frameset iframe noembed noframes noscript object script style svg template title video".split(
    " ",
  ),
);
// Most text has single plain spaces only, and is not copied to make them so.
const oddSpace = /[^\S \f]| {2}/;
// Where a line breaks, until white space is folded. A mark beyond Latin-1 would make every text twice as large.
const lineBreak = "\f";
const cells = new Set(["td", "th"]);
// In HTML "/>" does not close these: what follows is still theirs.
const rawText = new Set("iframe noembed noframes script style textarea title xmp".split(" "));

/**
 * What a reader of the page would read: entities resolved, blocks on lines of their own, scripts and styles left out.
 * The result is text, not HTML: it must still be escaped wherever it is shown.
 */
export function htmlToText(html: string, options: { readonly maxChars?: number } = {}): string {
  if (!/[<&]/.test(html)) return tidyText(html);
  const out = new TextSink();
  const maxChars = options.maxChars ?? Number.POSITIVE_INFINITY;
  const enough = () => out.length > maxChars && tokenizer.pause();
  const tokenizer = new Tokenizer({ decodeEntities: false }, callbacks(html, out, enough));
  tokenizer.write(html);
  tokenizer.end();
  return tidy(out.text());
}

function callbacks(
  html: string,
  out: TextSink,
  enough: () => void,
): ConstructorParameters<typeof Tokenizer>[1] {
  let name = "";
  const nothing = () => {};
  return {
    onopentagname(start, end) {
      name = html.slice(start, end).toLowerCase();
      out.open(name);
    },
    onselfclosingtag: () => {
      if (!rawText.has(name)) out.close(name);
    },
    onclosetag: (start, end) => out.close(html.slice(start, end).toLowerCase()),
    ontext: (start, end) => {
      out.add(decodeHtmlEntities(html.slice(start, end)));
      enough();
    },
    oncdata: (start, end) => out.add(html.slice(start, end)),
    onattribdata: nothing,
    onattribentity: nothing,
    onattribend: nothing,
    onattribname: nothing,
    oncomment: nothing,
    ondeclaration: nothing,
    onend: nothing,
    onopentagend: nothing,
    onprocessinginstruction: nothing,
    ontextentity: nothing,
  };
}

class TextSink {
  #parts: string[] = [];
  #silence: string | null = null;
  #silenceDepth = 0;
  length = 0;

  open(name: string): void {
    if (this.#silence !== null) {
      if (name === this.#silence) this.#silenceDepth += 1;
    } else if (silent.has(name)) {
      this.#silence = name;
      this.#silenceDepth = 1;
    } else if (name === "br") this.#parts.push(lineBreak);
    else if (cells.has(name)) this.#parts.push("\t");
    else if (block.has(name)) this.#parts.push(lineBreak);
  }

  close(name: string): void {
    if (this.#silence === null) {
      if (cells.has(name)) this.#parts.push("\t");
      else if (block.has(name)) this.#parts.push(lineBreak);
    } else if (name === this.#silence) {
      this.#silenceDepth -= 1;
      if (this.#silenceDepth <= 0) this.#silence = null;
    }
  }

  add(text: string): void {
    if (this.#silence !== null) return;
    this.#parts.push(text);
    this.length += text.length;
  }

  text(): string {
    return this.#parts.join("");
  }
}

/** Line breaks of plain text stay. */
const tidyText = (text: string): string =>
  tidy(/[\n\r]/.test(text) ? text.replace(/[\n\r]+/g, lineBreak) : text);

/** Marks of breaks become line breaks, runs of other white space one space. */
function tidy(text: string): string {
  const spaced = oddSpace.test(text) ? text.replace(/[^\S \f][^\S\f]*| [^\S\f]+/g, " ") : text;
  const broken = spaced.includes(lineBreak) ? spaced.replace(/ ?\f[\f ]*/g, "\n") : spaced;
  return cleanText(broken).trim();
}
