export type { Kind, TopicId } from "./article.ts";
export {
  createPress,
  type ExpectedArticle,
  type Press,
  type PressFeed,
  type Stage,
  stages,
} from "./press.ts";
export { type Received, type Receiver, startReceiver } from "./receiver.ts";
export { type PressRequest, type RunningPress, startPress } from "./server.ts";
