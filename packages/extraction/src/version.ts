import type { ExtractorVersion } from "@newsledger/core";

/** Raised with every change that may understand an article differently; old results stay beside new ones. */
export const extractor: ExtractorVersion = {
  name: "rules",
  version: "1.6.1",
  /** Must say what knowledge/*.json and *.yaml say: loadKnowledge refuses another. */
  knowledgeVersion: "0.1+5",
};
