import { decodeEntities, type OwnEntities } from "../text/entities.ts";
import { Tokenizer } from "../text/tokenizer.ts";
import { limits } from "./limits.ts";

/** An outline of an OPML document with the names of the outlines around it. */
export interface Outline {
  readonly attributes: ReadonlyMap<string, string>;
  readonly groups: readonly string[];
}

export interface Outlines {
  readonly isOpml: boolean;
  readonly title: string;
  readonly outlines: readonly Outline[];
}

const maxOutlines = 50_000;

/** The outlines of an OPML document in their order; attribute names in lower case. */
export function readOutlines(text: string, entities: OwnEntities): Outlines {
  const reader = new Reader(text, entities);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, reader);
  tokenizer.write(text);
  tokenizer.end();
  return reader;
}

class Reader implements Outlines {
  isOpml = false;
  title = "";
  readonly outlines: Outline[] = [];
  readonly #text: string;
  readonly #entities: OwnEntities;
  readonly #groups: string[] = [];
  #tag = "";
  #attributeName = "";
  #attributes = new Map<string, string>();
  #inTitle = false;
  #tooDeep = 0;

  constructor(text: string, entities: OwnEntities) {
    this.#text = text;
    this.#entities = entities;
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#text.slice(start, end).toLowerCase();
    this.#attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#text.slice(start, end).toLowerCase();
  }

  onattribdata(start: number, end: number): void {
    const value = this.#text.slice(start, Math.min(end, start + 2 * limits.linkChars));
    if (!this.#attributes.has(this.#attributeName)) {
      this.#attributes.set(this.#attributeName, decodeEntities(value, this.#entities));
    }
  }

  onopentagend(): void {
    if (this.#tag === "opml") this.isOpml = true;
    this.#inTitle = this.#tag === "title" && this.title === "";
    if (this.#tag !== "outline") return;
    this.#add();
    if (this.#groups.length >= limits.depth) this.#tooDeep += 1;
    else this.#groups.push(this.#attributes.get("title") ?? this.#attributes.get("text") ?? "");
  }

  onselfclosingtag(): void {
    if (this.#tag === "outline") this.#add();
  }

  onclosetag(start: number, end: number): void {
    this.#inTitle = false;
    if (this.#text.slice(start, end).toLowerCase() !== "outline") return;
    if (this.#tooDeep > 0) this.#tooDeep -= 1;
    else this.#groups.pop();
  }

  ontext(start: number, end: number): void {
    if (!this.#inTitle) return;
    this.title += decodeEntities(this.#text.slice(start, Math.min(end, start + limits.titleChars)));
  }

  oncdata(start: number, end: number, offset: number): void {
    if (this.#inTitle) this.title += this.#text.slice(start, end - offset);
  }

  onattribentity(): void {}
  onattribend(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontextentity(): void {}

  #add(): void {
    if (this.outlines.length >= maxOutlines || !this.#attributes.has("xmlurl")) return;
    this.outlines.push({ attributes: this.#attributes, groups: this.#groups.slice(0, 4) });
  }
}
