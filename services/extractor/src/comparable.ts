import type { Understanding } from "@newsledger/core";
import { signature } from "@newsledger/extraction/copies";
import { castOf, type Placeable } from "./place.ts";
import { type Members, toldIn } from "./told.ts";

export interface Article extends Pick<Placeable, "documentId" | "source" | "title" | "at"> {
  readonly text: string;
  readonly understanding: Understanding;
}

/** An article as others are compared with it: by its words, by who takes part, and by what it tells. */
export function comparable(article: Article, members: Members): Placeable {
  const { documentId, source, title, at, text, understanding } = article;
  return {
    ...{ documentId, source, title, at },
    signature: signature(
      text,
      understanding.entities.flatMap((entity) => entity.mentions),
    ),
    entities: castOf(understanding),
    told: toldIn(understanding, members),
  };
}
