export { type Compared, type Comparison, compare } from "./compare.ts";
export { type Signature, signature } from "./signature.ts";
