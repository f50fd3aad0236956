import type { Article } from "../article.ts";

export const coverage2022: readonly Article[] = [
  {
    id: "venezuela-frees-two-americans-after-visit",
    outlet: "potomac-dispatch",
    title: "Venezuela frees two Americans after visit by US officials",
    publishedAt: "2022-03-09T02:40:00Z",
    author: "Owen Prather",
    summary:
      "Gustavo Cárdenas, one of the Citgo 6, and Jorge Alberto Fernández were released on Tuesday. Five oil executives remain in prison.",
    text: `
      WASHINGTON — Venezuela released two Americans on Tuesday: Gustavo Cárdenas, one of the six Citgo
      executives, and Jorge Alberto Fernández, a Cuban-American tourist who was jailed over a drone.

      At the weekend three envoys of President Joe Biden had met with Nicolás Maduro in Caracas. They
      were Roger Carstens, the envoy for hostage affairs, Juan Gonzalez of the National Security Council
      and James Story, who heads the Venezuela Affairs Unit.

      Cárdenas had been held since November 21, 2017. His wife, María Elena Cárdenas, lives near Houston.

      Tomeu Vadell, Jorge Toledo, José Pereira, José Luis Zambrano and Alirio José Zambrano stay in
      prison in Caracas.

      "Joy came with an arithmetic problem, six minus one," said a relative of another executive.
    `,
    kind: "original",
    story: "cardenas-release-2022",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "liberados-gustavo-cardenas-y-jorge-fernandez",
    outlet: "agencia-meridiano",
    title: "Venezuela libera a dos estadounidenses: Gustavo Cárdenas y Jorge Alberto Fernández",
    publishedAt: "2022-03-09T03:30:00Z",
    summary:
      "El exejecutivo de Citgo y el turista fueron liberados el martes, días después de la visita de una delegación de Washington.",
    text: `
      Venezuela liberó el martes 8 de marzo a dos estadounidenses. Gustavo Cárdenas, uno de los seis
      exejecutivos de Citgo, y Jorge Alberto Fernández, un turista cubano-estadounidense preso por un dron, quedaron en libertad en Caracas.

      El fin de semana, Roger Carstens, Juan Gonzalez y James Story se reunieron con Nicolás Maduro en la
      capital venezolana. Fue el segundo viaje de Carstens en tres meses.

      Los otros cinco exdirectivos, Tomeu Vadell, Jorge Toledo, José Pereira, José Luis Zambrano y
      Alirio José Zambrano, siguen presos.

      «Abrimos una botella y la dejamos a la mitad, para los que faltan», dijo un allegado de Cárdenas.
      La organización Foro Penal confirmó las dos excarcelaciones.
    `,
    kind: "independent",
    story: "cardenas-release-2022",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "la-salud-de-los-cinco-presos-de-citgo",
    outlet: "lucero-del-lago",
    title: "Piden atención médica para los cinco presos de Citgo",
    publishedAt: "2022-06-14T15:00:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "Un comité de apoyo reclama que médicos independientes examinen a los exejecutivos que continúan en El Helicoide.",
    text: `
      Un comité que acompaña a las familias pidió este martes que médicos independientes examinen a los
      cinco exejecutivos de Citgo que siguen presos en Caracas: José Pereira, Tomeu Vadell, Jorge
      Toledo, José Luis Zambrano y Alirio José Zambrano.

      Son cinco hombres que han pasado más de cuatro años entre celdas y arrestos domiciliarios. Gustavo
      Cárdenas fue liberado el 8 de marzo, después de que enviados de Estados Unidos se reunieran con
      Nicolás Maduro.

      «No pedimos un favor, pedimos un tensiómetro, un análisis y una sombra en el patio», declaró
      Beatriz Solano, portavoz del comité.

      Según las familias, la visita semanal dura menos de una hora y los medicamentos llegan por
      turnos. El encierro continúa en El Helicoide.
    `,
    kind: "original",
    story: "health-2022",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "seven-americans-freed-in-swap",
    outlet: "caribbean-courier",
    title: "Seven Americans freed by Venezuela in swap for two nephews of Cilia Flores",
    publishedAt: "2022-10-01T19:25:00Z",
    author: "Renata Quiñones",
    summary:
      "The five remaining Citgo executives, Matthew Heath and Osman Khan were released on Saturday in exchange for two relatives of Venezuela's first lady.",
    text: `
      CARACAS — Venezuela released seven Americans on Saturday in exchange for two nephews of Cilia
      Flores, the wife of President Nicolás Maduro. President Joe Biden announced the exchange.

      Five of those freed are the last of the Citgo 6: Tomeu Vadell, Jorge Toledo, José Luis Zambrano,
      Alirio José Zambrano and José Pereira. Matthew Heath, a former US Marine, and Osman Khan of
      Florida were released with them.

      The planes met in a third country, which officials of the two governments did not name. In Caracas
      the minister Freddy Ñáñez confirmed the exchange.

      The five had been in custody since November 21, 2017. Gustavo Cárdenas, the sixth, was freed in
      March.

      "He sent one word, 'wheels', and I knew what it meant," said a relative who was waiting in Texas.
    `,
    kind: "original",
    story: "swap-2022",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "canje-siete-estadounidenses-por-dos-sobrinos",
    outlet: "agencia-meridiano",
    title: "Venezuela y EE. UU. canjean a siete estadounidenses por dos sobrinos de Cilia Flores",
    publishedAt: "2022-10-01T20:05:00Z",
    summary:
      "Entre los liberados están los cinco exejecutivos de Citgo que seguían presos. El presidente Joe Biden anunció el intercambio el sábado.",
    text: `
      Siete estadounidenses presos en Venezuela fueron liberados este sábado 1 de octubre a cambio de dos
      sobrinos de Cilia Flores, esposa de Nicolás Maduro, que cumplían condena en Estados Unidos. El
      presidente Joe Biden anunció el canje.

      Entre los liberados están los cinco exejecutivos de Citgo que seguían presos: Tomeu Vadell, Jorge
      Toledo, José Pereira, José Luis Zambrano y Alirio José Zambrano. También quedaron libres Matthew
      Heath y Osman Khan.

      El intercambio se hizo en el aeropuerto de un tercer país. El ministro venezolano Freddy Ñáñez lo
      confirmó.

      «Cinco años de maletas hechas y deshechas terminan hoy», dijo una allegada de las familias.

      El sexto, Gustavo Cárdenas, había sido liberado el 8 de marzo.
    `,
    kind: "independent",
    story: "swap-2022",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "last-of-citgo-six-on-their-way-home",
    outlet: "houston-ledger",
    title: "Almost five years later, the last of the Citgo 6 are on their way home",
    publishedAt: "2022-10-02T05:10:00Z",
    author: "Dale Whitcombe",
    summary:
      "Houston families heard on Saturday that Vadell, Toledo, Pereira and the Zambrano brothers had been freed in a prisoner swap with Venezuela.",
    text: `
      It took a swap at a foreign airport to bring the last five Citgo executives back to Texas. Tomeu
      Vadell, Jorge Toledo, José Pereira, José Luis Zambrano and Alirio José Zambrano were freed by
      Venezuela on Saturday, 1,775 days after they were arrested in a conference room of PDVSA in
      Caracas.

      In return the United States released two nephews of Cilia Flores, the wife of Nicolás Maduro. Two
      more Americans, Matthew Heath and Osman Khan, came home on the same day.

      Porch lights stayed on past midnight in one street where a banner had hung since 2017. "We will
      take it down tomorrow, in daylight, with him on the ladder," said a neighbor.

      All six executives are now free. Gustavo Cárdenas was released on March 8.
    `,
    kind: "independent",
    story: "swap-2022",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "chevron-gets-general-license-41",
    outlet: "gulf-energy-desk",
    title: "Chevron gets US license to pump oil in Venezuela again",
    publishedAt: "2022-11-26T20:30:00Z",
    author: "Priya Lindqvist",
    summary:
      "OFAC issued General License 41 on Saturday, the day Venezuela's government and opposition resumed talks.",
    text: `
      The US Treasury Department eased its oil sanctions on Venezuela on Saturday. Its Office of Foreign
      Assets Control issued General License 41, which authorizes Chevron to resume production in its
      joint ventures with the state company PDVSA.

      The license came on the day that envoys of President Nicolás Maduro and the Venezuelan opposition
      resumed talks.

      Until now Chevron could do little more than keep its equipment from rusting. An older permit, in
      the series of General License 8, covered limited maintenance.

      "A license is a valve with somebody else's hand on it," said an engineer who has worked in the
      fields around Lake Maracaibo. "You open slowly and you do not sell the spare parts."

      Trading houses expect the first cargo to need some weeks.
    `,
    kind: "original",
    story: "gl-41-2022",
    topics: ["us-venezuela"],
  },
];
