export { loadTopics, parseTopic, type Topic, TopicInvalid } from "./load.ts";
export { matchTopics, type ToMatch, type TopicsFound } from "./match.ts";
