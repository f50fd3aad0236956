export { mergeStories, StoryNotCorrectable, splitStory } from "./correct-stories.ts";
export type { ExtractOptions } from "./extract.ts";
export { migrations } from "./migrations.ts";
export { createService } from "./service.ts";
