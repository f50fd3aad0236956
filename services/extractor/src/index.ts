export { comparable } from "./comparable.ts";
export { mergeStories, StoryNotCorrectable, splitStory } from "./correct-stories.ts";
export { migrations } from "./migrations.ts";
export { type Placeable, type Placed, place } from "./place.ts";
export { createService } from "./service.ts";
