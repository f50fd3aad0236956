import type { Article } from "./article.ts";
import { paragraphs } from "./article.ts";
import type { OutletId } from "./outlets.ts";

/** Another outlet runs an article word for word, or its first paragraphs, perhaps under another title. */
interface Reprint {
  readonly id: string;
  readonly of: string;
  readonly outlet: OutletId;
  readonly minutesLater: number;
  readonly title?: string;
  readonly paragraphs?: number;
}

const reprints: readonly Reprint[] = [
  {
    id: "six-citgo-executives-arrested",
    of: "six-citgo-executives-arrested-in-caracas",
    outlet: "harbor-wire",
    minutesLater: 140,
  },
  {
    id: "arrestan-a-seis-ejecutivos-de-citgo",
    of: "detenidos-seis-ejecutivos-de-citgo",
    outlet: "ecos-del-dia",
    minutesLater: 65,
    title: "Arrestan en Caracas a la directiva de Citgo",
    paragraphs: 3,
  },
  {
    id: "familiares-denuncian",
    of: "familiares-denuncian-regreso-a-prision",
    outlet: "ecos-del-dia",
    minutesLater: 50,
  },
  {
    id: "seis-de-citgo-condenados",
    of: "condenados-los-seis-de-citgo",
    outlet: "ecos-del-dia",
    minutesLater: 75,
    title: "Seis de Citgo, condenados: estas son las penas",
  },
  {
    id: "court-convicts-six-citgo-executives",
    of: "citgo-executives-convicted-in-secret-trial",
    outlet: "harbor-wire",
    minutesLater: 90,
    paragraphs: 3,
  },
  {
    id: "envoy-visits-citgo-6",
    of: "carstens-visits-citgo-six-at-el-helicoide",
    outlet: "harbor-wire",
    minutesLater: 200,
    title: "Envoy visits Citgo 6 in prison",
    paragraphs: 3,
  },
  {
    id: "liberan-a-dos-estadounidenses",
    of: "liberados-gustavo-cardenas-y-jorge-fernandez",
    outlet: "ecos-del-dia",
    minutesLater: 45,
  },
  {
    id: "seven-americans-freed",
    of: "seven-americans-freed-in-swap",
    outlet: "harbor-wire",
    minutesLater: 60,
  },
  {
    id: "canje-siete-por-dos",
    of: "canje-siete-estadounidenses-por-dos-sobrinos",
    outlet: "ecos-del-dia",
    minutesLater: 55,
    title: "Canje de presos: siete por dos",
    paragraphs: 3,
  },
  {
    id: "canje-cecot",
    of: "canje-cecot-diez-estadounidenses-por-252-venezolanos",
    outlet: "ecos-del-dia",
    minutesLater: 35,
  },
  {
    id: "maduro-captured",
    of: "us-forces-capture-maduro-and-flores",
    outlet: "harbor-wire",
    minutesLater: 25,
    title: "Maduro captured by US forces",
  },
];

/** The articles that reprint some of `originals`. */
export const reprintsOf = (originals: readonly Article[]): Article[] =>
  reprints.map((reprint) => {
    const original = originals.find(({ id }) => id === reprint.of);
    if (!original) throw new Error(`reprint ${reprint.id}: there is no article ${reprint.of}`);
    return reprinted(original, reprint);
  });

/** One reprint: the same words, another outlet, later. */
export function reprinted(original: Article, reprint: Reprint): Article {
  const { pageGone: _, author: __, ...words } = original;
  const body = paragraphs(original.text);
  return {
    ...words,
    id: reprint.id,
    outlet: reprint.outlet,
    title: reprint.title ?? original.title,
    publishedAt: later(original.publishedAt, reprint.minutesLater),
    text: body.slice(0, reprint.paragraphs ?? body.length).join("\n\n"),
    kind: reprint.paragraphs === undefined ? "copy" : "cut",
    copyOf: original.id,
  };
}

const later = (time: string, minutes: number): string =>
  new Date(Date.parse(time) + minutes * 60_000).toISOString();
