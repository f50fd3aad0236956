import type { Article } from "../article.ts";

export const coverage2018: readonly Article[] = [
  {
    id: "joshua-holt-freed-after-senator-meets-maduro",
    outlet: "potomac-dispatch",
    title: "Venezuela frees American Joshua Holt after senator meets Maduro",
    publishedAt: "2018-05-26T18:30:00Z",
    author: "Owen Prather",
    summary:
      "Joshua Holt of Utah and his wife Thamara Caleño were released on Saturday, after almost two years in prison in Caracas, following a visit by Senator Bob Corker.",
    text: `
      WASHINGTON — Venezuela released Joshua Holt, an American from Utah, and his Venezuelan wife,
      Thamara Caleño, on Saturday. The couple had been held in Caracas since June 2016.

      Their release followed a meeting between Senator Bob Corker and President Nicolás Maduro in
      Caracas. Rafael Lacava, a Venezuelan governor, accompanied the couple as they left.

      For most of that time Holt was held at El Helicoide, the prison of the intelligence service
      SEBIN. A Senate aide, Caleb McCarry, had kept a discreet channel to Caracas open.

      "You learn not to unpack your hopes until the plane is in the air," said a friend of the family
      who followed the case from Utah.

      Other Americans remain in Venezuelan prisons, among them executives of the refiner Citgo who
      were arrested in November 2017.
    `,
    kind: "original",
    story: "holt-2018",
    topics: ["us-venezuela"],
    mayTopics: ["citgo-6"],
  },
  {
    id: "liberados-joshua-holt-y-thamara-caleno",
    outlet: "agencia-meridiano",
    title: "Liberados Joshua Holt y Thamara Caleño tras visita de un senador de EE. UU.",
    publishedAt: "2018-05-26T20:10:00Z",
    summary:
      "El estadounidense y su esposa venezolana salieron este sábado de prisión en Caracas, donde estaban desde junio de 2016.",
    text: `
      El estadounidense Joshua Holt y su esposa, la venezolana Thamara Caleño, fueron liberados este
      sábado en Caracas. Ambos estaban presos desde junio de 2016.

      La liberación llegó después de que el senador Bob Corker se reuniera con el presidente Nicolás
      Maduro en la capital venezolana. El gobernador Rafael Lacava acompañó a la pareja hasta su
      salida del país.

      Holt pasó la mayor parte de su encierro en El Helicoide, sede del servicio de inteligencia
      Sebin. En Washington, el Senado mantuvo durante meses un canal reservado con Caracas.

      «Nos avisaron con una llamada de dos minutos; no hubo tiempo ni para llorar», contó una persona
      cercana a la pareja.

      Quienes conocieron el expediente recuerdan que la salud de los dos se había deteriorado en la
      celda y que las visitas fueron escasas.
    `,
    kind: "independent",
    story: "holt-2018",
    topics: ["us-venezuela"],
  },
  {
    id: "delaware-court-pdvsa-alter-ego",
    outlet: "gulf-energy-desk",
    title: "Delaware court treats PDVSA as Venezuela's alter ego in Crystallex case",
    publishedAt: "2018-08-09T21:15:00Z",
    author: "Priya Lindqvist",
    summary:
      "Judge Leonard Stark ruled that the miner Crystallex may pursue shares in Citgo's parent for a debt of the Venezuelan state.",
    text: `
      A federal court in Delaware ruled on Thursday that Petróleos de Venezuela is the alter ego of the
      Venezuelan state. The ruling by Judge Leonard P. Stark lets the Canadian miner Crystallex go after
      shares of PDV Holding, the Delaware company above the refiner Citgo.

      Crystallex holds an award against Venezuela. It could collect nothing in Caracas and looked for
      property of the republic in the United States instead. The largest piece of such property is
      Citgo, whose seat is in Houston.

      For other creditors the decision is a map: whoever has a judgment against the republic may now try
      to stand in the same line.

      "From today the refinery has two owners in every lawyer's mind, the one on paper and the one who
      is owed," said an analyst at a trading house, who was not authorized to speak in public.
    `,
    kind: "original",
    story: "crystallex-2018",
    topics: ["us-venezuela"],
  },
  {
    id: "un-ano-sin-audiencia",
    outlet: "lucero-del-lago",
    title: "Un año presos y sin audiencia: los seis de Citgo esperan en Boleíta",
    publishedAt: "2018-11-21T13:00:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "Los directivos detenidos el 21 de noviembre de 2017 en Caracas cumplen doce meses en la sede de la contrainteligencia militar.",
    text: `
      Los seis ejecutivos de Citgo que fueron detenidos el 21 de noviembre de 2017 cumplen este
      miércoles un año presos. Siguen en la sede de la Dgcim en Boleíta, en Caracas, y todavía no se ha
      celebrado la audiencia preliminar.

      Tomeu Vadell, Gustavo Cárdenas, Jorge Toledo, José Pereira, José Luis Zambrano y Alirio José
      Zambrano trabajaban en Houston, en la filial de Pdvsa en Estados Unidos, cuando fueron convocados
      a una reunión en La Campiña.

      Una pariente que viaja cada mes para la visita cuenta que la fecha en el tribunal cambia una y
      otra vez. «Llegamos, esperamos en el pasillo y nos devuelven con otro papel», dijo.

      Las familias han pedido que observadores de otros países puedan entrar a la sala el día en que
      por fin se abra la audiencia.
    `,
    kind: "original",
    story: "first-year-2018",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
];
