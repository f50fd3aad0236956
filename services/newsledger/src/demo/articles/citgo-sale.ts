import type { Article } from "../article.ts";

/** November 2025 to February 2026: the sale in Delaware, the bond licence, and an outlet that corrects itself. */
export const coverageCitgoSale: readonly Article[] = [
  {
    id: "judge-stark-refuses-to-halt-citgo-sale",
    outlet: "gulf-energy-desk",
    title: "Judge refuses to halt Citgo sale or replace the court's expert",
    publishedAt: "2025-11-13T22:40:00Z",
    author: "Priya Lindqvist",
    summary:
      "Leonard Stark denied motions in Delaware that would have stopped the auction of shares in Citgo's parent.",
    text: `
      Judge Leonard P. Stark of the federal court in Delaware denied motions on Thursday to disqualify
      special master Robert Pincus and to stay the sale of PDV Holding, the parent of the refiner Citgo.

      Venezuela and the rival bidder Gold Reserve had asked for the two orders. With the ruling the way is
      open for the court to decide on the recommended bid of Amber Energy, an affiliate of Elliott
      Investment Management.

      Gold Reserve has offered 7.9 billion dollars and Amber 5.9 billion. The special master preferred
      Amber because its offer also settles with the holders of a bond that is secured on Citgo shares.

      "The higher number has lost to the shorter list of problems," said a credit analyst who follows the
      auction and asked not to be named.
    `,
    kind: "original",
    story: "citgo-sale-stay-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "delaware-court-backs-amber-bid-for-citgo-parent",
    outlet: "gulf-energy-desk",
    title: "Delaware court backs Amber Energy's $5.9 billion bid for Citgo parent",
    publishedAt: "2025-11-26T01:20:00Z",
    author: "Priya Lindqvist",
    summary:
      "The court adopted the special master's recommendation on Tuesday over objections from Gold Reserve and Venezuela.",
    text: `
      The federal court in Delaware ruled on Tuesday that PDV Holding may be sold to Amber Energy for 5.9
      billion dollars. Judge Leonard P. Stark adopted the recommendation of special master Robert Pincus
      over the objections of Gold Reserve and of Venezuela.

      PDV Holding owns Citgo through CITGO Holding. The sale is meant to pay creditors of Venezuela, among
      them Crystallex and ConocoPhillips.

      A payment of 2.1 billion dollars to holders of the PDVSA 2020 bond is part of the offer. The sale
      also needs a license from the Treasury Department's OFAC.

      "A signature in Wilmington is half of a deal, the other half sits in Washington," said a lawyer for
      a smaller creditor.

      The losing side can appeal to the Third Circuit.
    `,
    kind: "original",
    story: "citgo-sale-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "juez-aprueba-venta-de-citgo-a-amber",
    outlet: "radio-cumbre",
    title: "Un juez de Houston aprueba la venta de la matriz de Citgo a Amber Energy",
    publishedAt: "2025-11-30T11:00:00Z",
    summary:
      "La orden del sábado aprueba el contrato por 5.900 millones de dólares; Venezuela pierde su mayor activo en el exterior.",
    text: `
      Un juez federal de Houston aprobó el sábado 29 de noviembre la venta de PDV Holding, matriz de
      Citgo, a la empresa Amber Energy por 5.900 millones de dólares. La orden autoriza el contrato de
      compraventa de las acciones.

      Amber es una filial del fondo Elliott. El dinero servirá para pagar a los acreedores de Venezuela
      que reclaman desde hace años, como Crystallex.

      Citgo es el mayor activo de Venezuela en el exterior. La venta necesita todavía una licencia de la
      Oficina de Control de Activos Extranjeros de Estados Unidos.

      «Es como vender la casa con la familia adentro y discutir luego quién tiene la llave», resumió un
      economista venezolano que pidió no ser citado.
    `,
    kind: "independent",
    story: "citgo-sale-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "fe-de-errores-venta-de-citgo",
    outlet: "radio-cumbre",
    title: "Fe de errores: el juez que aprobó la venta de Citgo es de Delaware",
    publishedAt: "2025-12-01T09:30:00Z",
    summary: "La orden sobre PDV Holding no salió de Houston, como dijo esta emisora el domingo.",
    text: `
      Radio Cumbre informó por error el domingo que un juez de Houston había aprobado la venta de la
      matriz de Citgo. La orden del 29 de noviembre es del tribunal federal de Delaware, donde se tramita
      la subasta de las acciones de PDV Holding a favor de los acreedores de Venezuela.

      Houston es la sede de Citgo, y de ahí vino la confusión. El precio que ofrece Amber Energy, 5.900
      millones de dólares, es correcto.

      El juez del caso es Leonard Stark. La venta sigue pendiente de una licencia de Estados Unidos y de
      la apelación ante el Tercer Circuito.

      «Pedimos disculpas a los oyentes, sobre todo a los que llamaron para avisar», dijo la jefa de
      redacción, Maite Arocha.
    `,
    kind: "correction",
    story: "citgo-sale-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "gl-5t-postpones-citgo-bondholder-rights",
    outlet: "gulf-energy-desk",
    title: "OFAC shields Citgo shares from bondholders until February 3",
    publishedAt: "2025-12-19T21:30:00Z",
    author: "Priya Lindqvist",
    summary:
      "General License 5T, issued on Friday, again postpones the day on which holders of the PDVSA 2020 bond may act.",
    text: `
      The US Treasury's Office of Foreign Assets Control issued General License 5T on Friday. Holders of
      the PDVSA 2020 bond may not act on their collateral, shares of CITGO Holding, before February 3,
      2026.

      The license replaces General License 5S, which named December 20. The series began in July 2018 and
      has been renewed so often that desks keep a calendar for it.

      Venezuela's state oil company PDVSA pledged the shares and defaulted on the bond. The sanctions of
      the United States keep creditors away from them until a license says otherwise.

      "Nobody reads the number any more, we read the date," said a trader of defaulted bonds, who was not
      authorized to speak in public.
    `,
    kind: "original",
    story: "gl-5t-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "gl-5u-extends-citgo-protection-to-march-20",
    outlet: "gulf-energy-desk",
    title: "OFAC extends Citgo's protection from bondholders to March 20",
    publishedAt: "2026-02-02T22:10:00Z",
    author: "Priya Lindqvist",
    summary: "General License 5U replaces 5T one day before it would have run out.",
    text: `
      The Office of Foreign Assets Control of the US Treasury issued General License 5U on Monday. It
      replaces General License 5T and postpones the rights of holders of the PDVSA 2020 bond to March 20,
      2026.

      Until that day creditors may not touch the shares of CITGO Holding that Venezuela's state company
      PDVSA pledged for the bond.

      It is the second renewal in seven weeks. Officials are dealing at the same time with the sale of
      PDV Holding to Amber Energy and with new licenses for Venezuelan oil, such as General License 46 of
      January 29.

      "Forty-six days is not a policy, it is a deep breath," said a portfolio manager who holds the bond
      and who asked not to be identified.
    `,
    kind: "original",
    story: "gl-5u-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "eeuu-amplia-proteccion-de-citgo",
    outlet: "agencia-meridiano",
    title: "EE. UU. amplía hasta el 20 de marzo la protección de Citgo frente a sus acreedores",
    publishedAt: "2026-02-02T23:45:00Z",
    summary:
      "La licencia general 5U aplaza de nuevo los derechos de los tenedores del bono PDVSA 2020.",
    text: `
      La Oficina de Control de Activos Extranjeros de Estados Unidos emitió este lunes la licencia general
      5U, que aplaza hasta el 20 de marzo de 2026 los derechos de los tenedores del bono PDVSA 2020 sobre
      las acciones de Citgo.

      La licencia anterior, la 5T, vencía este martes 3 de febrero. Con la nueva fecha, los acreedores de
      Venezuela no pueden ejecutar la garantía mientras avanza la venta de PDV Holding a Amber Energy.

      La protección se ha renovado muchas veces desde julio de 2018. «Ya es parte del calendario, como
      los feriados», ironizó una abogada que asesora a tenedores y que prefirió no identificarse.

      La filial sigue operando con normalidad desde Houston.
    `,
    pageGone: true,
    kind: "independent",
    story: "gl-5u-2026",
    topics: ["us-venezuela"],
  },
];
