export { type Entities, loadEntities } from "./entities.ts";
export type { KnownEntity } from "./schema.ts";
