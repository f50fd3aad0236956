import { z } from "zod";
import { examples } from "./examples.ts";
import { type MessageType, messages } from "./messages.ts";

/** JSON Schema (2020-12) of one kind of message, made from what it is checked by. Receivers ignore fields they do not know. */
export function schemaOf(type: MessageType): Record<string, unknown> {
  const schema = messages.find((message) => message.shape.type.value === type);
  if (!schema) throw new Error(`schema of ${type}: there is no such message`);
  return {
    $id: `urn:newsledger:schema:${type}`,
    title: type,
    ...z.toJSONSchema(schema, { io: "input" }),
    examples: [examples[type]],
  };
}

export const messageTypes: readonly MessageType[] = messages.map(({ shape }) => shape.type.value);

export const exampleOf = (type: MessageType): (typeof examples)[MessageType] => examples[type];
