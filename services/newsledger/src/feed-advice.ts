import { type Failed, NotAFeed } from "@newsledger/feeds";

/** What keeps an address from being followed, and what a person can do about it. */
export interface Trouble {
  /** One word for programs. */
  readonly code: string;
  /** What happened, in a sentence. */
  readonly problem: string;
  /** What to do, in a sentence or two. */
  readonly advice: string;
  /** It usually passes by itself: worth following all the same. */
  readonly passes: boolean;
}

const followed =
  "This often passes. Follow it all the same with newsledger feeds add: it is tried again by itself.";
const elsewhere = "Look on the site for the address of its feed (“RSS”, “Feed”, “Syndication”).";
const publisher = "The fault is the publisher's: tell them, or look for another address.";

const advices: Readonly<Record<string, string>> = {
  "http-404": `It has moved or ended. ${elsewhere}`,
  "http-410": "It will not come back. The site may have another feed.",
  "http-401": "It is for subscribers; Newsledger follows what is open to everybody.",
  "http-403":
    "The site turns programs away, for now or for good. Try again in some hours; ask the publisher to let readers of feeds in; or look for another address.",
  "http-429": "Wait. Followed, it is asked again when the site wishes, and seldom enough.",
  challenge: "Ask the publisher to let readers of feeds in, or look for another address.",
  dns: "Check how the address is spelt. If it is right, the site is gone, or its name is out of order.",
  tls: "What comes under a certificate that is not valid may come from anybody, so it is not read. Tell the publisher.",
  "redirect-loop": "Open it in a browser: the address where it comes to rest is the one to follow.",
  "blocked-address": "If it is a server of your own, open it with that setting.",
  proxy:
    "This says nothing of the feed. Look at the proxy, and at NEWSLEDGER_PROXY; who is to be asked without it stands in NEWSLEDGER_NO_PROXY.",
  "proxy-refused":
    "The rules of the proxy forbid this address: ask who runs it, or name the host in NEWSLEDGER_NO_PROXY.",
  "bad-address": "An address starts with https:// or http://.",
  "no-file": "Check the path, and who may read it.",
  "no-mailbox": "A mailbox in the form called maildir has the directories new and cur.",
  empty: followed,
  html: elsewhere,
  json: elsewhere,
  xml: elsewhere,
  text: elsewhere,
  opml: "Save it and follow what it lists: newsledger feeds import <file>",
  "sitemap-index": "Follow one of the addresses in it.",
};

const passing = /^(http-(408|425|429|5\d\d)|timeout|reset|refused|unreachable|proxy|empty)$/;

export function troubleOf(failed: Pick<Failed, "code" | "reason"> | NotAFeed): Trouble {
  const refusal = failed instanceof NotAFeed;
  const code = refusal ? failed.looksLike : failed.code;
  const passes = passing.test(code);
  return {
    code: refusal ? `not-a-feed: ${code}` : code,
    problem: refusal ? failed.message : failed.reason,
    advice: advices[code] ?? (passes ? followed : publisher),
    passes,
  };
}
