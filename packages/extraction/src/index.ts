// The parts that do not read texts have entries of their own (package.json): who needs only those loads no parser.
export * from "./copies/index.ts";
export * from "./knowledge/index.ts";
export { type Knowledge, loadKnowledge } from "./knowledge/load.ts";
export { extractNdjsonLine, type NdjsonResources } from "./ndjson.ts";
export { type ReadablePage, readable } from "./page/readable.ts";
export * from "./topics/index.ts";
export { articleText, type ToUnderstand, understand } from "./understand.ts";
export { extractor } from "./version.ts";
