export { comparable } from "./comparable.ts";
export { mergeStories, StoryNotCorrectable, splitStory } from "./correct-stories.ts";
export { migrations } from "./migrations.ts";
export { type Placeable, type Placed, place } from "./place.ts";
export { readHere } from "./reader.ts";
export { type Reread, reread } from "./reread.ts";
export { createService } from "./service.ts";
