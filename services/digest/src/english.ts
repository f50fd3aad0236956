import type { Words } from "./vocabulary.ts";

const number = new Intl.NumberFormat("en");
const counted = (count: number, one: string, many: string): string =>
  `${number.format(count)} ${count === 1 ? one : many}`;

export const english: Words = {
  status: {
    detained: "detained",
    "house-arrest": "under house arrest",
    "imprisoned-again": "imprisoned again",
    convicted: "convicted, in prison",
    extradited: "extradited",
    free: "free",
    unknown: "no report on custody yet",
  },
  occurrence: {
    arrest: "Arrest",
    reimprison: "Back to prison",
    "house-arrest": "House arrest",
    release: "Release",
    "prisoner-swap": "Prisoner swap",
    extradite: "Extradition",
    convict: "Conviction",
    "court-ruling": "Court ruling",
    sanction: "Sanction",
    "sanction-relief": "Sanctions eased",
    meet: "Meeting",
    negotiate: "Negotiation",
    statement: "Statement",
    election: "Election",
    "asset-sale": "Sale of assets",
  },
  since: (date) => `since ${date}`,
  days: (count, atLeast) => `${atLeast ? "at least " : ""}${counted(count, "day", "days")}`,
  more: (count) => `and ${number.format(count)} more`,
  independent: (count) => counted(count, "independent report", "independent reports"),
  confirmed: (count) =>
    count > 1 ? `confirmed by ${count} independent sources` : "reported by one source",
  copies: (count) => counted(count, "copy", "copies"),
  newStories: (count) => counted(count, "new story", "new stories"),
  developed: (count) => counted(count, "story developed", "stories developed"),
  statusChanges: (count) => counted(count, "change of status", "changes of status"),
  corrected: (count) => counted(count, "correction", "corrections"),
  labels: {
    new: "New",
    developed: "Developed",
    late: "Late find",
    published: "published",
    found: "found",
    undated: "not dated by the source",
    why: "Why it is here",
    changed: "Changed",
  },
  headings: {
    status: "Where it stands",
    changed: "What changed",
    archive: "Earlier coverage, met while reading feeds for the first time",
    corrections: "Corrections to what you were told",
  },
  noLink: "no link in the feed",
  before: (status) => `before: ${status}`,
  disputed: (occurrence) => `Not settled: one report says otherwise (${occurrence})`,
  correction: {
    withdrawn: "Taken back by its source",
    redacted: "Its words were removed from the ledger",
    edited: "Changed by its source",
    text: "The text was changed.",
    now: (title) => `It now reads: “${title}”`,
    status: (name, told, now) => `${name}: you were told “${told}”. The sources now say: ${now}.`,
    contradicted: (occurrence) => `Contradicts what you were told (${occurrence})`,
  },
  lateFind: (date) => `Published on ${date}, found only now: not breaking news.`,
  archive: (count) => `${counted(count, "older story", "older stories")} in the timeline`,
  omitted: (count) =>
    `${counted(count, "more story", "more stories")} of this period in the full digest`,
  omittedCorrections: (count) =>
    `${counted(count, "more correction", "more corrections")} in the full digest`,
  checked: (items, articles) =>
    `Read for this digest: ${counted(items, "item", "items")}, ${counted(articles, "article", "articles")}.`,
  feeds: (healthy, all, last) =>
    `${number.format(healthy)} of ${counted(all, "feed works", "feeds work")}${last === null ? "" : `; last read ${last}`}.`,
  troubled: (titles) => `In trouble: ${titles}.`,
  because: (topics, when) => `You get this because you follow ${topics}, ${when}.`,
  every: (schedule, at, timeZone) =>
    schedule === "daily"
      ? `daily at ${at} (${timeZone})`
      : schedule === "weekly"
        ? `weekly, on Monday at ${at} (${timeZone})`
        : `on the schedule ${schedule} (${timeZone})`,
  follow: (topics) => `you follow ${topics}.`,
  fields: { title: "the title", summary: "the feed's summary", text: "the article" },
  quoted: (quote, where) => `“${quote}” in ${where}`,
  story: "it tells a story that you follow.",
  quiet: {
    subject: (topics) => `${topics}: nothing new, and still watching`,
    title: "Nothing new, and still watching",
    since: (date) => `Nothing new was found since ${date}. The sources were read all the while:`,
    last: (title) => `The last find: ${title}`,
    nothingYet: "Nothing was found yet.",
  },
  question: {
    subject: (topics) => `Please confirm: digest of ${topics}`,
    title: "Do you want this digest?",
    text: (topics, when) =>
      `Somebody, we hope you, asked for the news digest of ${topics} at this address, ${when}. Nothing is sent until you confirm:`,
    button: "Yes, send me the digest",
    page: "Confirm the digest",
    ignore: (hours) =>
      `If it was not you, do nothing: the address is forgotten. The link is valid for ${hours} hours.`,
    done: (when) =>
      `Confirmed. The digest comes whenever there is something new; the first one not before ${when}. Every mail has a link that ends it.`,
  },
  signUp: {
    title: "Get the digest by mail",
    intro:
      "A mail when there is something new: where each person stands, what changed, with every source and both dates. No advertising, no tracking.",
    email: "Your e-mail address",
    topics: "What to follow",
    schedule: "How often",
    daily: "daily",
    weekly: "weekly, on Monday",
    at: "At this time",
    timeZone: "Time zone",
    language: "Language",
    heartbeat: "When there is nothing new for a week, tell me that the sources were read",
    button: "Ask for the digest",
    privacy:
      "The address is used for nothing else, is kept apart from the news, and is erased when you say so.",
    done: "Thank you. If this address can get the digest, a mail with a link to confirm is on its way. Look into the spam folder too.",
    tooMany: "Too many requests from here. Please try again in an hour.",
    leaveEmpty: "Leave this empty",
    wrong: (what) => `That did not work: ${what}`,
  },
  links: {
    web: "This digest on the web",
    timeline: "Timeline",
    unsubscribe: "Unsubscribe from this digest",
    unsubscribeAll: "Stop all mails",
  },
  unsubscribe: {
    title: "Unsubscribe",
    question: "Do you want to stop receiving this digest?",
    questionAll: "Do you want to stop every mail from here?",
    button: "Unsubscribe",
    buttonAll: "Stop all mails",
    done: "You will not receive this digest any more.",
    doneAll: "You will not receive any mail from here any more.",
    missing: "This link is not valid. It may have been replaced, or the subscription removed.",
    topicDone: "This topic is not in your digest any more.",
    onlyTopic: (topic) => `Only without ${topic}`,
  },
};
