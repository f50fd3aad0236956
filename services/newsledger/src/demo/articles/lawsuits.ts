import type { Article } from "../article.ts";

/** What the six ask of their former employer. */
export const coverageLawsuits: readonly Article[] = [
  {
    id: "what-former-citgo-executives-ask-in-court",
    outlet: "houston-ledger",
    title: "What the former Citgo executives ask for in Houston courts",
    publishedAt: "2026-04-16T14:00:00Z",
    author: "Dale Whitcombe",
    summary:
      "Brothers José Luis and Alirio José Zambrano seek $400 million from the refiner; Tomeu Vadell sued before them.",
    text: `
      More than three years after the last of the Citgo 6 came home from Venezuela, the men are in court with the
      company that sent them there. The brothers José Luis Zambrano and Alirio José Zambrano, together
      with their daughters, have sued Citgo and affiliates in Harris County, Texas, for 400 million
      dollars. Their lawyer is Randy Sorrels of Houston.

      The lawsuit alleges that the company worked hand in glove with the Venezuelan state when it sent
      its managers to a meeting at PDVSA in Caracas, where they were arrested on November 21, 2017.

      Tomeu Vadell had filed a suit against Citgo earlier.

      A question hangs over both cases: who will own the refiner by the time of a verdict? "You can win
      against a company and be paid by its buyer, or by nobody," said a law teacher who follows the
      sale of PDV Holding.
    `,
    kind: "original",
    story: "lawsuits-2026",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "las-demandas-de-los-exejecutivos-de-citgo",
    outlet: "diario-del-avila",
    title: "Las demandas de los exejecutivos de Citgo contra la empresa, explicadas",
    publishedAt: "2026-04-17T12:00:00Z",
    author: "Ligia Montenegro",
    summary:
      "Los hermanos Zambrano piden 400 millones de dólares en Texas. Tomeu Vadell había demandado antes.",
    text: `
      Los hermanos José Luis Zambrano y Alirio José Zambrano y sus hijas demandaron a Citgo y a empresas
      vinculadas ante un tribunal del condado de Harris, en Texas. Piden 400 millones de dólares.

      La demanda sostiene que la empresa actuó de acuerdo con el Estado venezolano cuando envió a sus
      directivos a una reunión en la sede de Pdvsa en Caracas. Allí fueron detenidos el 21 de noviembre
      de 2017. Los últimos cinco de los seis de Citgo fueron liberados el 1 de octubre de 2022.

      Tomeu Vadell presentó antes su propia demanda. Los dos casos son civiles y avanzan en Estados
      Unidos.

      «El dinero no devuelve los cumpleaños, pero obliga a alguien a responder por escrito», opinó una
      psicóloga que trabaja con familias de presos.
    `,
    kind: "independent",
    story: "lawsuits-2026",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
];
