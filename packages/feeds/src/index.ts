export type * from "./fetch/types.ts";
export type * from "./parse/types.ts";
