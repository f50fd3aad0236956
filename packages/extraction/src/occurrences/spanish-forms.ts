/** A stem in all its endings: "liberado, liberada, liberados, liberadas". */
export const forms = (stem: string, endings = "o,a,os,as"): string =>
  endings
    .split(",")
    .map((ending) => stem + ending)
    .join(", ");
