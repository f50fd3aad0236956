export { createPress, type Press } from "./press.ts";
export { type Receiver, startReceiver } from "./receiver.ts";
export { type RunningPress, startPress } from "./server.ts";
