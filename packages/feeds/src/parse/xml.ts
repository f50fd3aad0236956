import { decodeEntities, type OwnEntities } from "../text/entities.ts";
import { Tokenizer } from "../text/tokenizer.ts";
import { limits } from "./limits.ts";
import { Scope } from "./names.ts";

/** An element that means something to us: a field of the feed or of an item. */
export interface XmlNode {
  /** With the usual prefix: "title", "dc:creator", "atom:link". */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlNode[];
  /** Text with entities resolved; of elements inside a body as well. */
  text: string;
  /** The inner markup as it stands in the document, when a body has elements inside. */
  markup: string | null;
  readonly base: string | null;
  readonly language: string | null;
}

export interface XmlEvents {
  /** Every element outside items, by its usual name; the answer says what to do with it. */
  classify(name: string): "item" | "container" | "field";
  onField(node: XmlNode): void;
  /** Returns false when no more items are wanted. */
  onItem(node: XmlNode): boolean;
}

export interface XmlReading {
  /** Elements that were still open when the document ended. */
  readonly unclosed: readonly string[];
  /** True when an item was cut off by the end of the document: it is not delivered. */
  readonly cutItem: boolean;
  readonly tooDeep: boolean;
}

interface Open {
  readonly raw: string;
  readonly name: string;
  readonly kind: "item" | "container" | "field" | "inner";
  readonly scope: Scope;
  readonly base: string | null;
  readonly language: string | null;
  readonly node: XmlNode | null;
  /** Where text goes: the element's own node, or the body that it is part of. */
  readonly sink: XmlNode | null;
  readonly contentStart: number;
}

const noAttributes: ReadonlyMap<string, string> = new Map();
const stop = new Error("enough");

// Inside these, elements are markup of the text and not fields.
const bodies = new Set(
  "title description content summary subtitle tagline info rights copyright abstract body guid pubdate content:encoded dc:description dc:title atom:title atom:content atom:summary atom:subtitle atom:tagline atom:info atom:rights atom:copyright xhtml:body xhtml:div itunes:summary itunes:subtitle media:description media:title media:text".split(
    " ",
  ),
);
// A field of an item that opens inside another of these has lost the end tag before it.
const flat = new Set("title link guid pubdate category comments enclosure".split(" "));
const opensAfterFlat = new Set(
  "title link guid pubdate category author comments enclosure description content:encoded dc:date dc:creator".split(
    " ",
  ),
);

// HTML elements that have no end; unescaped inside a body they must not nest.
const endless = new Set("area base br col embed hr img input meta param wbr".split(" "));
// These end tags are believed even below the depth that is followed.
const endsTooDeep = new Set(
  "item entry description content summary content:encoded channel rss feed rdf:rdf".split(" "),
);

/** Walks an XML document that may be damaged in any way, and delivers its fields and every complete item. */
export function readXml(
  text: string,
  entities: OwnEntities,
  documentUrl: string | null,
  events: XmlEvents,
): XmlReading {
  const reader = new Reader(text, budgeted(entities), documentUrl, events);
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, reader);
  try {
    tokenizer.write(text);
    tokenizer.end();
  } catch (error) {
    if (error !== stop) throw error;
  }
  return reader.finish();
}

class Reader {
  readonly #text: string;
  readonly #entities: OwnEntities;
  readonly #documentUrl: string | null;
  readonly #events: XmlEvents;
  readonly #root = new Scope(null, new Map([["xml", "http://www.w3.org/xml/1998/namespace"]]));
  readonly #stack: Open[] = [];
  #tag = "";
  #tagStart = 0;
  #attributeName = "";
  #attributes = new Map<string, string>();
  #deeper = 0;
  #tooDeep = false;
  #stopped = false;
  #fields = 0;

  constructor(text: string, entities: OwnEntities, documentUrl: string | null, events: XmlEvents) {
    this.#text = text;
    this.#entities = entities;
    this.#documentUrl = documentUrl;
    this.#events = events;
  }

  finish(): XmlReading {
    return {
      unclosed: this.#stopped ? [] : this.#stack.map(({ name }) => name),
      cutItem: !this.#stopped && this.#stack.some(({ kind }) => kind === "item"),
      tooDeep: this.#tooDeep,
    };
  }

  onopentagname(start: number, end: number): void {
    this.#tag = this.#text.slice(start, end);
    this.#tagStart = start - 1;
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#text.slice(start, end).toLowerCase();
  }

  onattribdata(start: number, end: number): void {
    if (this.#attributes.has(this.#attributeName)) return;
    const value = this.#text.slice(start, Math.min(end, start + limits.fieldChars));
    this.#attributes.set(this.#attributeName, decodeEntities(value, this.#entities));
  }

  onopentagend(end: number): void {
    this.#open(end + 1);
  }

  onselfclosingtag(end: number): void {
    if (!this.#open(end + 1)) return;
    if (this.#deeper > 0) this.#deeper -= 1;
    else this.#close(this.#stack.length - 1, end + 1);
  }

  onclosetag(start: number, end: number): void {
    const raw = this.#text.slice(start, end).toLowerCase();
    if (this.#deeper > 0 && !endsTooDeep.has(raw)) {
      this.#deeper -= 1;
      return;
    }
    this.#deeper = 0;
    const at = this.#stack.findLastIndex((open) => open.raw === raw);
    if (at >= 0) this.#close(at, this.#text.lastIndexOf("</", start));
  }

  ontext(start: number, end: number): void {
    const sink = this.#stack.at(-1)?.sink;
    if (sink) this.#add(sink, decodeEntities(this.#text.slice(start, end), this.#entities));
  }

  oncdata(start: number, end: number, offset: number): void {
    const sink = this.#stack.at(-1)?.sink;
    if (sink) this.#add(sink, this.#text.slice(start, end - offset));
  }

  onattribentity(): void {}
  onattribend(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontextentity(): void {}

  #add(sink: XmlNode, text: string): void {
    const room = limits.fieldChars - sink.text.length;
    if (room > 0) sink.text += text.length > room ? text.slice(0, room) : text;
  }

  /** Returns false for what has no end of its own. */
  #open(contentStart: number): boolean {
    const attributes = this.#attributes.size === 0 ? noAttributes : this.#attributes;
    if (attributes !== noAttributes) this.#attributes = new Map();
    if (this.#stack.length >= limits.depth) {
      this.#deeper += 1;
      this.#tooDeep = true;
      return true;
    }
    const parent = this.#stack.at(-1);
    const scope = scopeOf(parent?.scope ?? this.#root, attributes);
    const name = scope.nameOf(this.#tag);
    this.#closeForgotten(name);
    return this.#push(name, scope, attributes, contentStart);
  }

  /** Ends what a missing end tag left open: a field before the next field, everything before the next item. */
  #closeForgotten(name: string): void {
    const top = this.#stack.length - 1;
    const above = this.#stack[top];
    if (!above || above.kind === "container") return;
    if (this.#events.classify(name) === "item") {
      this.#close(
        this.#stack.findLastIndex(({ kind }) => kind === "container") + 1,
        this.#tagStart,
      );
      return;
    }
    const before = this.#stack[top - 1];
    const inItem = before?.kind === "item" || before?.kind === "container";
    if (inItem && flat.has(above.name) && opensAfterFlat.has(name))
      this.#close(top, this.#tagStart);
  }

  #push(
    name: string,
    scope: Scope,
    attributes: ReadonlyMap<string, string>,
    contentStart: number,
  ): boolean {
    const parent = this.#stack.at(-1);
    const inBody = parent?.sink != null && (parent.node === null || bodies.has(parent.name));
    const kind =
      parent === undefined || parent.kind === "container" ? this.#events.classify(name) : "inner";
    const base = baseOf(attributes.get("xml:base"), parent?.base ?? null, this.#documentUrl);
    const language =
      attributes.get("xml:lang") ?? attributes.get("lang") ?? parent?.language ?? null;
    const node =
      kind === "container" || inBody
        ? null
        : { name, attributes, children: [], text: "", markup: null, base, language };
    if (inBody && parent.sink) {
      parent.sink.markup ??= "";
      if (endless.has(name)) return false;
    }
    if (node && parent?.node && this.#fields < limits.itemFields) {
      this.#fields += 1;
      parent.node.children.push(node);
    }
    this.#stack.push({
      raw: this.#tag.toLowerCase(),
      name,
      kind,
      scope,
      base,
      language,
      node,
      sink: node ?? parent?.sink ?? null,
      contentStart,
    });
    return true;
  }

  /** Closes the element at `index` and everything that was left open inside it. */
  #close(index: number, position: number): void {
    while (this.#stack.length > index) {
      const open = this.#stack.pop();
      if (!open?.node) continue;
      if (open.node.markup !== null) open.node.markup = this.#markupOf(open, position);
      if (open.kind === "field") this.#events.onField(open.node);
      if (open.kind !== "item") continue;
      this.#fields = 0;
      if (!this.#events.onItem(open.node)) {
        this.#stopped = true;
        throw stop;
      }
    }
  }

  #markupOf(open: Open, end: number): string {
    const from = open.contentStart;
    const raw = this.#text.slice(from, Math.min(Math.max(end, from), from + limits.fieldChars));
    return withoutSections(raw).replace(
      /<(\/?)([A-Za-z][\w.-]*):/g,
      (whole, slash: string, prefix: string) =>
        open.scope.isXhtml(prefix.toLowerCase()) ? `<${slash}` : whole,
    );
  }
}

/** CDATA sections as escaped text. A loop: a pattern would search to the end from every start without an end. */
function withoutSections(markup: string): string {
  const [start, end] = ["<![CDATA[", "]]>"];
  let out = "";
  let copied = 0;
  for (;;) {
    const from = markup.indexOf(start, copied);
    const to = from < 0 ? -1 : markup.indexOf(end, from);
    if (to < 0) return out + markup.slice(copied);
    out += markup.slice(copied, from) + escapeMarkup(markup.slice(from + start.length, to));
    copied = to + end.length;
  }
}

/** Entities of the document, up to what all of them together may add to it. */
function budgeted(entities: OwnEntities): OwnEntities {
  let left = limits.expandedChars;
  return {
    size: entities.size,
    get(name) {
      const value = entities.get(name);
      left -= value?.length ?? 0;
      return left < 0 ? undefined : value;
    },
  };
}

function scopeOf(parent: Scope, attributes: ReadonlyMap<string, string>): Scope {
  const declared = new Map<string, string>();
  for (const [name, value] of attributes) {
    if (name === "xmlns") declared.set("", value);
    else if (name.startsWith("xmlns:")) declared.set(name.slice(6), value);
  }
  return declared.size === 0 ? parent : new Scope(parent, declared);
}

function baseOf(
  own: string | undefined,
  inherited: string | null,
  documentUrl: string | null,
): string | null {
  if (own === undefined) return inherited;
  return URL.parse(own.trim(), inherited ?? documentUrl ?? undefined)?.href ?? inherited;
}

export const escapeMarkup = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
