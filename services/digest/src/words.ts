import { english } from "./english.ts";
import { spanish } from "./spanish.ts";
import type { Language, Words } from "./vocabulary.ts";

export type { Language, Words } from "./vocabulary.ts";

export const words: Readonly<Record<Language, Words>> = { en: english, es: spanish };
