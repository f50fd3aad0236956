import type { Article } from "../article.ts";

export const coverage2021: readonly Article[] = [
  {
    id: "citgo-six-moved-to-house-arrest-again",
    outlet: "caribbean-courier",
    title: "Venezuela moves Citgo six to house arrest for the second time",
    publishedAt: "2021-05-01T00:45:00Z",
    author: "Renata Quiñones",
    summary:
      "The six oil executives convicted in November left prison in Caracas on Friday evening in what was read as a signal to the Biden administration.",
    text: `
      CARACAS — The six Citgo executives convicted last November were moved from prison to house arrest
      on Friday, April 30, their families said.

      Tomeu Vadell, José Pereira, Gustavo Cárdenas, Jorge Toledo, José Luis Zambrano and Alirio José
      Zambrano will serve the sentence in homes in Caracas for now. The sentences stand: eight years and
      ten months for five of them and more than thirteen years for Pereira.

      The step was read in the capital as a signal from President Nicolás Maduro to President Joe Biden
      in the United States, who took office in January.

      "We know this corridor, we have walked it in both directions," said a relative, who remembers how
      the first house arrest ended in February 2020.
    `,
    kind: "original",
    story: "house-arrest-2021",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "exdirectivos-de-citgo-salen-de-prision-a-casa",
    outlet: "radio-cumbre",
    title: "Exdirectivos de Citgo salen de prisión y cumplirán la pena en casa",
    publishedAt: "2021-05-01T12:30:00Z",
    summary: "Los seis fueron trasladados el viernes a arresto domiciliario en Caracas.",
    text: `
      Los seis exdirectivos de Citgo condenados en noviembre fueron trasladados el viernes 30 de abril a
      arresto domiciliario, informaron sus familias.

      Se trata de José Pereira, Tomeu Vadell, Jorge Toledo, Gustavo Cárdenas, José Luis Zambrano y
      Alirio José Zambrano. Todos permanecerán en viviendas de Caracas, vigilados, y no pueden salir de
      Venezuela.

      Es la segunda vez que se les concede esta medida. La primera duró del 9 de diciembre de 2019 al 5
      de febrero de 2020, cuando el Sebin los devolvió a El Helicoide.

      «Esta vez no vamos a comprar muebles», bromeó una familiar. La defensa insiste en que la apelación
      contra la condena sigue sin resolverse.
    `,
    kind: "independent",
    story: "house-arrest-2021",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "saab-extradited-citgo-six-back-in-helicoide",
    outlet: "caribbean-courier",
    title: "Saab is extradited to the US; hours later the Citgo 6 are back in prison",
    publishedAt: "2021-10-17T03:20:00Z",
    author: "Renata Quiñones",
    summary:
      "Cape Verde handed Alex Saab to the United States on Saturday. The same evening Venezuelan agents took six oil executives from house arrest to El Helicoide.",
    text: `
      CARACAS — Cape Verde extradited the businessman Alex Saab to the United States on Saturday. Hours
      later, agents of the intelligence service SEBIN picked up the six Citgo executives who were under
      house arrest in Caracas and returned them to prison.

      Tomeu Vadell, Jorge Toledo, Gustavo Cárdenas, José Pereira, José Luis Zambrano and Alirio José
      Zambrano were taken to El Helicoide. They had been under house arrest since April 30.

      Saab, a Colombian close to President Nicolás Maduro, was arrested in Cape Verde in June 2020 on an
      American request.

      "I was reading about the plane on my phone when the car stopped in front of the gate," a relative
      of one of the executives said. "I understood before they rang."
    `,
    kind: "original",
    story: "reimprisoned-2021",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "los-seis-de-citgo-vuelven-a-el-helicoide",
    outlet: "diario-del-avila",
    title: "Los seis de Citgo vuelven a El Helicoide tras la extradición de Alex Saab",
    publishedAt: "2021-10-17T14:10:00Z",
    author: "Ligia Montenegro",
    summary:
      "El Sebin sacó de sus casas a los exdirectivos el sábado por la noche, horas después de que el empresario saliera hacia Estados Unidos.",
    text: `
      Los seis exejecutivos de Citgo que estaban en arresto domiciliario en Caracas fueron llevados de
      nuevo a prisión el sábado 16 de octubre. El traslado ocurrió horas después de que Cabo Verde
      extraditara a Alex Saab a Estados Unidos.

      José Pereira, Tomeu Vadell, Gustavo Cárdenas, Jorge Toledo y los hermanos José Luis Zambrano y
      Alirio José Zambrano están en El Helicoide, según confirmó una abogada de la defensa.

      Es la tercera vez que entran a una celda desde noviembre de 2017. «Se llevaron al abuelo delante
      de los niños», relató una vecina.

      Saab, a quien la justicia estadounidense reclamaba, había sido arrestado en Cabo Verde en junio de
      2020.
    `,
    kind: "independent",
    story: "reimprisoned-2021",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "saab-sent-to-america-citgo-half-dozen-jailed-anew",
    outlet: "harbor-wire",
    title: "Saab is sent to the US; hours afterward the Citgo 6 are jailed anew",
    publishedAt: "2021-10-17T06:05:00Z",
    summary:
      "Cape Verde gave Alex Saab to the United States on Saturday. That night Venezuelan officers moved six petroleum executives from home detention to The Helicoid.",
    text: `
      CARACAS — Cape Verde extradited the entrepreneur Alex Saab to the United States on Saturday. Hours
      afterward, officers of the intelligence agency SEBIN collected the six Citgo managers who were
      under home detention in Caracas and sent them back to jail.

      Tomeu Vadell, Jorge Toledo, Gustavo Cardenas, Jose Pereira, Jose Luis Zambrano and Alirio Jose
      Zambrano were driven to The Helicoid. They had been under home detention since April 30.

      Saab, a Colombian near to President Nicolas Ripe, was apprehended in Cape Verde in June 2020 on an
      American petition.

      "I was reading about the aircraft on my mobile when the vehicle halted in front of the gate," a
      family member of one of the managers said. "I realized before they rang."
    `,
    kind: "spun",
    copyOf: "saab-extradited-citgo-six-back-in-helicoide",
    story: "reimprisoned-2021",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "apelacion-de-los-exdirectivos-de-citgo",
    outlet: "radio-cumbre",
    title: "Tribunal de Caracas oye la apelación de los exdirectivos de Citgo",
    publishedAt: "2021-11-17T10:00:00Z",
    summary:
      "La audiencia se celebró el martes, a pocos días de cumplirse cuatro años de la detención.",
    text: `
      Una corte de apelaciones celebró el martes 16 de noviembre en Caracas la audiencia de los seis
      exdirectivos de Citgo. Los seis fueron condenados hace un año y están presos en El Helicoide.

      En la sala estuvieron Tomeu Vadell, cuyo abogado es Jesús Loreto, Gustavo Cárdenas, Jorge Toledo,
      José Pereira, José Luis Zambrano y Alirio José Zambrano. La corte no leyó una decisión.

      El domingo se cumplen cuatro años de la detención en la sede de Pdvsa. En Estados Unidos las
      familias preparan una vigilia.

      «Es la primera vez en mucho tiempo que alguien con toga nos mira a la cara», dijo un allegado que
      siguió la sesión desde fuera.
    `,
    kind: "original",
    story: "appeal-2021",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "blinken-calls-venezuelan-regional-vote-flawed",
    outlet: "potomac-dispatch",
    title: "Blinken calls Venezuela's regional elections flawed",
    publishedAt: "2021-11-22T21:10:00Z",
    author: "Owen Prather",
    summary:
      "The US secretary of state said on Monday that the vote of November 21 had been decided by an uneven field.",
    text: `
      WASHINGTON — US Secretary of State Antony Blinken said on Monday that the regional elections held
      in Venezuela on November 21 were flawed. In his view the government of President Nicolás Maduro
      had tilted the process before the first ballot was cast.

      The election was for governors and mayors. Several opponents of Maduro were kept off the ballot,
      according to the administration in Washington.

      The statement does not change the American sanctions on the Venezuelan oil industry. The United
      States has had no embassy in Caracas since March 2019.

      "Nobody here expected applause from Washington, and nobody expected a thunderbolt either," said a
      diplomat from a neighboring country, who asked not to be identified.
    `,
    kind: "original",
    story: "blinken-2021",
    topics: ["us-venezuela"],
  },
  {
    id: "carstens-visits-citgo-six-at-el-helicoide",
    outlet: "houston-ledger",
    title: "US hostage envoy Roger Carstens visits Citgo 6 in Caracas prison",
    publishedAt: "2021-12-10T23:15:00Z",
    author: "Dale Whitcombe",
    summary:
      "The American envoy flew to Venezuela on Tuesday, saw the six executives at El Helicoide and returned on Friday.",
    text: `
      Roger Carstens, the US special presidential envoy for hostage affairs, met with the six Citgo
      executives at El Helicoide prison in Caracas this week. He arrived in Venezuela on Tuesday and flew
      back on Friday, people familiar with the trip said.

      The conversation lasted about an hour and a half. Carstens sat with Tomeu Vadell, José Luis
      Zambrano, Alirio José Zambrano, Jorge Toledo, Gustavo Cárdenas and José Pereira.

      No other visit of an American official to Venezuela has been confirmed since the embassy in
      Caracas was closed in March 2019.

      "For ninety minutes they were not a file number," said one of the people, who was not allowed to
      speak about the visit.

      The executives were arrested in November 2017 and returned to prison on October 16.
    `,
    kind: "original",
    story: "carstens-2021",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "enviado-de-eeuu-visito-a-los-seis-de-citgo",
    outlet: "lucero-del-lago",
    title: "Enviado de EE. UU. visitó en la cárcel a los seis de Citgo",
    publishedAt: "2021-12-11T13:50:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "Roger Carstens estuvo en Caracas de martes a viernes y habló con los presos en El Helicoide.",
    text: `
      El enviado especial de Estados Unidos para asuntos de rehenes, Roger Carstens, se reunió esta
      semana en Caracas con los seis exdirectivos de Citgo. La visita fue en El Helicoide, la prisión
      del Sebin.

      Carstens llegó el martes 7 de diciembre en un avión fletado y se marchó el viernes. Vio a Tomeu
      Vadell, Gustavo Cárdenas, Jorge Toledo, José Pereira, José Luis Zambrano y Alirio José Zambrano.

      El viaje no había sido anunciado por Washington ni por el gobierno de Nicolás Maduro. La embajada
      estadounidense en Caracas está cerrada desde marzo de 2019.

      «Salió de ahí con seis cartas en el bolsillo», contó una persona que supo del encuentro y que
      pidió no ser nombrada.
    `,
    kind: "independent",
    story: "carstens-2021",
    topics: ["citgo-6", "us-venezuela"],
  },
];
