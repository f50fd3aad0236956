import type { Article } from "../article.ts";

/** January to June 2026. */
export const coverage2026: readonly Article[] = [
  {
    id: "us-forces-capture-maduro-and-flores",
    outlet: "caribbean-courier",
    title: "US forces capture Nicolás Maduro and Cilia Flores in Caracas",
    publishedAt: "2026-01-03T13:15:00Z",
    author: "Renata Quiñones",
    summary:
      "President Donald Trump said on Saturday that the Venezuelan leader and his wife had been seized in a military operation and were being flown out.",
    text: `
      CARACAS — Forces of the United States captured Nicolás Maduro and his wife, Cilia Flores, in Caracas
      early on Saturday. President Donald Trump announced the operation.

      Both were taken out of Venezuela. In New York a federal indictment for narco-terrorism that dates
      from 2020 is waiting for Maduro.

      The streets around the Miraflores Palace were empty at sunrise. Shops stayed closed, and people
      lined up at the few bakeries that had opened.

      "The windows shook, then came a silence that was worse," said a night watchman in the center of the
      city, who would give only his first name, Efrén.

      For the families of Americans in Venezuelan prisons the morning brought new fears, a volunteer of a
      support group said in Miami.
    `,
    kind: "original",
    story: "capture-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "fuerzas-de-eeuu-capturan-a-maduro",
    outlet: "diario-del-avila",
    title: "Fuerzas de EE. UU. capturan a Nicolás Maduro y a Cilia Flores",
    publishedAt: "2026-01-03T17:00:00Z",
    author: "Ligia Montenegro",
    summary: "Donald Trump anunció la operación militar del sábado de madrugada en Caracas.",
    text: `
      Fuerzas militares de Estados Unidos capturaron en la madrugada del sábado 3 de enero a Nicolás
      Maduro y a su esposa, Cilia Flores, en Caracas. El presidente Donald Trump anunció la operación.

      Los dos fueron sacados de Venezuela. En Nueva York los espera una acusación por narcoterrorismo.

      Vecinos de varias urbanizaciones contaron que oyeron aviones y explosiones. «Nos metimos en el baño
      los cinco y el perro», narró una maestra jubilada del oeste de la ciudad.

      A media mañana había colas en panaderías y farmacias. El metro no abrió sus puertas y las calles
      cercanas al Palacio de Miraflores estaban cerradas por la policía, que pedía a los pocos peatones
      que volvieran a sus casas.
    `,
    kind: "independent",
    story: "capture-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "maduro-and-flores-plead-not-guilty",
    outlet: "potomac-dispatch",
    title: "Maduro and Flores plead not guilty in New York court",
    publishedAt: "2026-01-05T20:40:00Z",
    author: "Owen Prather",
    summary:
      "The captured Venezuelan leader and his wife appeared before Judge Alvin Hellerstein on Monday; Delcy Rodríguez was sworn in as acting president in Caracas.",
    text: `
      NEW YORK — Nicolás Maduro and Cilia Flores pleaded not guilty in a federal court in Manhattan on
      Monday, two days after US forces captured them in Caracas. Judge Alvin K. Hellerstein presides over
      the case, in which Maduro is accused of narco-terrorism.

      The hearing was short. The judge set March 17 for the next one.

      In Caracas, Delcy Rodríguez was sworn in as acting president of Venezuela on the same day.

      "Two rooms, two oaths, one afternoon," said a retired diplomat who was watching both on a split
      screen and who asked not to be named.

      Supporters and opponents of the former president stood on two sides of the street in front of the
      courthouse, behind police barriers and in the rain.
    `,
    kind: "original",
    story: "plea-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "primeros-estadounidenses-liberados-tras-captura",
    outlet: "agencia-meridiano",
    title: "Venezuela libera a los primeros estadounidenses desde la captura de Maduro",
    publishedAt: "2026-01-14T01:10:00Z",
    summary:
      "El Departamento de Estado lo confirmó el martes. Foro Penal ha verificado 56 excarcelaciones; el gobierno habla de 400.",
    text: `
      Venezuela liberó el martes 13 de enero a varios estadounidenses, los primeros desde que fuerzas de
      Estados Unidos capturaron a Nicolás Maduro. El Departamento de Estado confirmó las liberaciones sin
      dar nombres.

      El presidente de la Asamblea Nacional, Jorge Rodríguez, había anunciado el jueves la excarcelación
      de un número importante de presos. Desde entonces las cifras no coinciden: el gobierno de Delcy
      Rodríguez habla de 400 personas y Foro Penal ha podido verificar 56.

      «Una lista sin nombres no es una lista, es un rumor con membrete», protestó una madre que pasa las
      noches frente a la cárcel de El Rodeo.

      Las organizaciones piden que se publique quién sale y en qué condiciones.
    `,
    kind: "original",
    story: "releases-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "new-yorker-james-luckey-lange-freed",
    outlet: "caribbean-courier",
    title: "Americans freed in Venezuela for the first time since Maduro's capture",
    publishedAt: "2026-01-14T14:00:00Z",
    author: "Renata Quiñones",
    summary:
      "James Luckey-Lange, a New Yorker detained in December, was among those released on Tuesday, a relative said.",
    text: `
      CARACAS — Venezuela released a group of Americans on Tuesday, the State Department said. They are
      the first to be freed since US forces captured Nicolás Maduro on January 3.

      James Luckey-Lange of New York, who was detained in December 2025, is one of them, according to an
      aunt. Officials in Washington did not publish the names of the others.

      Many Venezuelan prisoners are still waiting. The interim government of Delcy Rodríguez speaks of 400
      releases, while the rights group Foro Penal had verified 56.

      "There is a blanket, a thermos and a list, and every night somebody reads the list aloud," said a
      volunteer at the vigil outside El Rodeo prison.

      The group has asked both governments for dates and for names.
    `,
    kind: "independent",
    story: "releases-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "embajada-dice-que-no-quedan-estadounidenses-presos",
    outlet: "diario-del-avila",
    title: "Embajada de EE. UU.: no quedan estadounidenses presos en Venezuela",
    publishedAt: "2026-01-31T12:00:00Z",
    author: "Ligia Montenegro",
    summary:
      "Delcy Rodríguez anunció además el cierre de El Helicoide y un proyecto de ley de amnistía.",
    text: `
      La embajada de Estados Unidos declaró el viernes 30 de enero que todos los estadounidenses de cuya
      detención en Venezuela tenía noticia han sido liberados.

      El mismo día, la presidenta encargada, Delcy Rodríguez, anunció el cierre de El Helicoide como
      prisión y un proyecto de ley de amnistía.

      En ese edificio, diseñado como centro comercial, pasaron largos periodos los seis directivos de Citgo y otros muchos presos. «Voy a entrar el día que sea museo, y voy a entrar por la puerta grande», dijo un
      antiguo recluso.

      Foro Penal ha verificado 310 excarcelaciones; el gobierno asegura que son más de 600. Las familias
      reclaman una lista oficial con nombres y fechas.
    `,
    kind: "original",
    story: "all-released-2026",
    topics: ["us-venezuela"],
    mayTopics: ["citgo-6"],
  },
  {
    id: "laura-dogu-arrives-in-caracas",
    outlet: "potomac-dispatch",
    title: "US chargé d'affaires Laura Dogu arrives in Caracas",
    publishedAt: "2026-01-31T22:15:00Z",
    author: "Owen Prather",
    summary:
      "Foreign minister Yván Gil received the head of the American mission, seven years after the embassy was closed.",
    text: `
      CARACAS — Laura Dogu, the new US chargé d'affaires for Venezuela, landed at the airport of Maiquetía
      on Saturday. Foreign minister Yván Gil met with her after her arrival.

      Dogu succeeds John McNamara, who led the mission from Colombia. A team of American diplomats had
      visited Caracas on January 9, when the government of Delcy Rodríguez opened what it called an
      exploratory diplomatic process.

      The embassy in Caracas has been closed since March 2019. On Friday it said that all Americans whose
      detention it knew of had been released.

      "The guards still know which light switches stick," said a former local employee of the embassy, who
      hopes to be called back.
    `,
    kind: "original",
    story: "dogu-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "alex-saab-reported-arrested-in-caracas",
    outlet: "caribbean-courier",
    title: "Alex Saab reported arrested in Caracas in operation with the FBI; lawyer denies it",
    publishedAt: "2026-02-05T03:40:00Z",
    author: "Renata Quiñones",
    summary:
      "Agents of SEBIN and of the FBI detained the former minister and the owner of Globovisión on Wednesday, according to reports that a lawyer called false.",
    text: `
      CARACAS — Alex Saab, a former industry minister of Venezuela, was arrested in Caracas on Wednesday in
      a joint operation of the intelligence service SEBIN and the American FBI, according to officials who
      spoke on condition of anonymity. Raúl Gorrín, the owner of the television channel Globovisión, was
      detained as well.

      A lawyer for Saab denied the arrest and called it false news.

      Delcy Rodríguez, the acting president, dismissed Saab as minister on January 16. He had returned to
      Venezuela in December 2023, when the United States exchanged him for ten Americans.

      "Half of my neighbors saw him in handcuffs and the other half saw him at breakfast," said a resident
      of the district where the operation was reported.
    `,
    kind: "original",
    story: "saab-arrest-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "abogado-niega-arresto-de-saab",
    outlet: "lucero-del-lago",
    title: "Versiones opuestas sobre el arresto de Alex Saab en Caracas",
    publishedAt: "2026-02-05T12:30:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "Funcionarios hablan de un operativo del Sebin y el FBI; la defensa asegura que es una noticia falsa.",
    text: `
      El empresario Alex Saab fue detenido el miércoles 4 de febrero en Caracas en un operativo conjunto
      del Sebin y el FBI, según funcionarios que pidieron el anonimato. Un abogado de Saab lo desmiente y
      habla de noticia falsa.

      En el mismo procedimiento habría sido detenido Raúl Gorrín, dueño de Globovisión. Ningún organismo
      venezolano ha publicado un comunicado.

      Saab fue ministro de Industria hasta el 16 de enero. Estados Unidos lo entregó a Caracas en
      diciembre de 2023 en un canje por diez estadounidenses.

      «Aquí cada quien tiene su video y en ninguno se ve una cara», comentó un vigilante de la
      urbanización donde se ubicó el operativo.
    `,
    kind: "independent",
    story: "saab-arrest-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "maduro-hearing-moved-to-march-26",
    outlet: "potomac-dispatch",
    title: "Maduro's next hearing in New York is moved to March 26",
    publishedAt: "2026-03-12T18:00:00Z",
    author: "Owen Prather",
    summary: "Prosecutor Jay Clayton asked for nine more days in the case of the former president.",
    text: `
      NEW YORK — The next hearing of Nicolás Maduro and Cilia Flores, which was set for March 17, will be
      held on March 26. Federal prosecutor Jay Clayton had asked Judge Alvin K. Hellerstein for the
      change.

      The former president of Venezuela and his wife have been jailed in the United States since they were
      captured by American forces in Caracas on January 3. Both pleaded not guilty two days later.

      The case of the Southern District of New York rests on an indictment for narco-terrorism that was
      filed in 2020 and widened in January.

      "Nine days are nothing for a court and a long time for whoever sells newspapers here," said a vendor
      near the courthouse who gave his name as Walt.
    `,
    kind: "original",
    story: "maduro-hearing-2026",
    topics: ["us-venezuela"],
  },
  {
    id: "us-sends-rescue-teams-after-venezuela-earthquakes",
    outlet: "caribbean-courier",
    title: "US sends rescue teams and ships to Venezuela after twin earthquakes",
    publishedAt: "2026-06-26T15:30:00Z",
    author: "Renata Quiñones",
    summary:
      "President Donald Trump ordered aid for Venezuela, where two strong earthquakes struck on Wednesday.",
    text: `
      CARACAS — The United States has sent rescue teams, ships and aid to Venezuela, where earthquakes of
      magnitude 7.2 and 7.5 struck on Wednesday. President Donald Trump ordered the mission. Delcy Rodríguez heads the government in Caracas.

      The count of the dead stood at 235 on Friday and is expected to rise. Damaged roads slow the search
      in several states.

      It is the largest American operation on Venezuelan soil that comes with blankets, field hospitals
      and dogs. Half a year ago US forces captured Nicolás Maduro in Caracas.

      "The dog looked at me, sat down, and then they started to dig, and they found my cousin," said a
      teacher in a town near the coast.
    `,
    kind: "original",
    story: "earthquake-aid-2026",
    topics: ["us-venezuela"],
  },
];
