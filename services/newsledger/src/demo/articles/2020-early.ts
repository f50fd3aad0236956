import type { Article } from "../article.ts";

/** January to September 2020: back to prison, the envoys, the trial behind closed doors. */
export const coverage2020Early: readonly Article[] = [
  {
    id: "citgo-executives-back-in-prison-as-guaido-visits-white-house",
    outlet: "caribbean-courier",
    title: "Citgo executives taken back to prison as Guaidó visits the White House",
    publishedAt: "2020-02-06T12:10:00Z",
    author: "Renata Quiñones",
    summary:
      "Venezuelan intelligence agents took the six oil executives from house arrest on Wednesday, the day Donald Trump received opposition leader Juan Guaidó in Washington.",
    text: `
      CARACAS — Agents of the intelligence service SEBIN took six executives of the US refiner Citgo
      from house arrest back to prison on Wednesday. They were driven to El Helicoide, relatives said.

      On the same day President Donald Trump met with the opposition leader Juan Guaidó at the White
      House. The Venezuelan authorities gave no reason for the arrests.

      Tomeu Vadell, José Pereira, Gustavo Cárdenas, Jorge Toledo, José Luis Zambrano and Alirio José
      Zambrano had been under house arrest since December 9, 2019. Two months of home cooking ended
      with a knock at the door.

      "They were told to bring a jacket and nothing else," said a relative who was present at one of the
      homes. "I held the dog and looked at the floor."
    `,
    kind: "original",
    story: "reimprisoned-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "familiares-denuncian-regreso-a-prision",
    outlet: "diario-del-avila",
    title: "Familiares denuncian que los seis de Citgo volvieron a prisión",
    publishedAt: "2020-02-06T15:40:00Z",
    author: "Ligia Montenegro",
    summary:
      "El Sebin se llevó a los ejecutivos el miércoles, mientras Juan Guaidó era recibido en la Casa Blanca.",
    text: `
      Familiares de los seis ejecutivos de Citgo denunciaron este jueves que agentes del Sebin los
      detuvieron de nuevo y que durante horas nadie les dijo adónde los llevaban. Las detenciones
      ocurrieron el miércoles 5 de febrero en Caracas, donde estaban en arresto domiciliario.

      Ese mismo día, Donald Trump recibió a Juan Guaidó en la Casa Blanca, en Washington.

      José Luis Zambrano, Alirio José Zambrano, Tomeu Vadell, Jorge Toledo, Gustavo Cárdenas y José
      Pereira fueron enviados a El Helicoide. Habían salido de Boleíta en diciembre de 2019 con
      tobilleras electrónicas.

      «Preguntamos en tres puertas y en las tres nos mandaron a la siguiente», relató una allegada de
      los detenidos. La familia de uno de ellos pidió que se le permita llevarle sus medicinas.
    `,
    kind: "independent",
    story: "reimprisoned-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "state-department-wrongfully-detained-citgo-six",
    outlet: "potomac-dispatch",
    title: "State Department finds that Citgo 6 are wrongfully detained in Venezuela",
    publishedAt: "2020-02-27T17:25:00Z",
    author: "Owen Prather",
    summary:
      "The determination made this month puts the case of the six oil executives in the hands of hostage specialists.",
    text: `
      WASHINGTON — The State Department has determined this month that the six Citgo executives held in
      Caracas meet its criteria for wrongful detention. The finding moves their case from consular
      officers to the specialists for hostage affairs.

      The six are Tomeu Vadell, Jorge Toledo, Gustavo Cárdenas, José Luis Zambrano and Alirio José
      Zambrano, who are American citizens, and José Pereira, a permanent resident. They were arrested
      in November 2017 at the headquarters of PDVSA. On February 5 they were returned to prison from
      house arrest.

      Venezuela and the United States have had no embassies in each other's capitals for almost a year.

      "A finding does not open a door, but it tells the family which door to knock on," said Harriet
      Colmenares, who advises relatives of prisoners abroad.
    `,
    kind: "original",
    story: "wrongful-detention-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "alex-saab-arrestado-en-cabo-verde",
    outlet: "agencia-meridiano",
    title: "Arrestado en Cabo Verde el empresario Alex Saab a petición de Estados Unidos",
    publishedAt: "2020-06-13T10:00:00Z",
    summary:
      "El colombiano, cercano a Nicolás Maduro, fue detenido el viernes; Washington quiere su extradición.",
    text: `
      El empresario colombiano Alex Saab fue arrestado el viernes 12 de junio en Cabo Verde a petición
      de Estados Unidos. Saab es un hombre cercano al presidente venezolano Nicolás Maduro y hacía
      negocios en nombre de Caracas.

      La detención abre un proceso de extradición hacia Estados Unidos que puede durar muchos meses.

      El caso preocupa también a las familias de los estadounidenses presos en Venezuela, que temen
      una respuesta en las cárceles de Caracas.

      «Cada vez que se mueve una ficha lejos de aquí, alguien la paga en una celda», dijo una
      integrante de un comité de familiares, que habló con la condición de no publicar su nombre.

      Cabo Verde es un archipiélago frente a la costa occidental de África.
    `,
    kind: "original",
    story: "saab-arrest-2020",
    topics: ["us-venezuela"],
  },
  {
    id: "richardson-leaves-caracas-without-americans",
    outlet: "potomac-dispatch",
    title: "Bill Richardson leaves Venezuela without detained Americans",
    publishedAt: "2020-07-17T13:30:00Z",
    author: "Owen Prather",
    summary:
      "The former governor met with Nicolás Maduro in Caracas, but said on Thursday that he could not secure a release.",
    text: `
      WASHINGTON — Bill Richardson, the former governor of New Mexico, met with Venezuelan President
      Nicolás Maduro in Caracas this week. On Thursday Richardson said that he had not been able to
      secure the release of Americans who are jailed in Venezuela.

      He had announced the trip on Monday as a private humanitarian mission of his center. He also met
      with Jorge Rodríguez.

      Among the Americans in Venezuelan prisons are executives of Citgo, and Luke Denman and Airan
      Berry, two former Green Berets who were captured in May after the failed incursion known as
      Operation Gideon.

      "A visit that ends with nothing still leaves a telephone number behind," said a person who helped
      prepare the trip and who was not allowed to talk about it.
    `,
    kind: "original",
    story: "richardson-2020",
    topics: ["us-venezuela"],
    mayTopics: ["citgo-6"],
  },
  {
    id: "arresto-domiciliario-para-cardenas-y-toledo",
    outlet: "agencia-meridiano",
    title: "Conceden arresto domiciliario a Gustavo Cárdenas y Jorge Toledo, ejecutivos de Citgo",
    publishedAt: "2020-07-30T23:30:00Z",
    summary:
      "Dos de los seis directivos de la filial estadounidense de Pdvsa salieron este jueves de El Helicoide; los otros cuatro siguen presos.",
    text: `
      Gustavo Cárdenas y Jorge Toledo, dos de los seis ejecutivos de Citgo presos en Caracas, fueron
      trasladados este jueves 30 de julio a arresto domiciliario.

      Los dos salieron de El Helicoide, la prisión del Sebin, donde estaban desde febrero. Los otros
      cuatro, Tomeu Vadell, José Pereira, José Luis Zambrano y Alirio José Zambrano, continúan allí.

      Hace dos semanas el exgobernador estadounidense Bill Richardson estuvo en Caracas y pidió por
      ellos en una reunión con Nicolás Maduro.

      «Son dos camas menos en el penal y dos platos más en la mesa; faltan cuatro», dijo una persona que
      acompaña a las familias.

      La decisión no pone fin a la causa penal, y el juicio continúa pendiente de fecha.
    `,
    kind: "original",
    story: "house-arrest-2020",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "two-of-six-leave-helicoide",
    outlet: "caribbean-courier",
    title: "Two of six leave El Helicoide for house arrest",
    publishedAt: "2020-07-31T11:05:00Z",
    author: "Renata Quiñones",
    summary:
      "Venezuela eased conditions for two of the oil executives on Thursday, two weeks after an American envoy asked for them.",
    text: `
      CARACAS — Two executives of the US refiner Citgo were moved from prison to house arrest in Caracas
      on Thursday. Gustavo Cárdenas and Jorge Toledo left El Helicoide in the evening, their families
      said.

      Four of their colleagues stayed behind: Tomeu Vadell, José Pereira and the brothers José Luis
      Zambrano and Alirio José Zambrano. All six have been in custody since November 21, 2017.

      Bill Richardson, a former governor of New Mexico, met with President Nicolás Maduro in Caracas in
      the middle of July. He called the trip a private humanitarian mission and came back without a
      prisoner.

      "He asked for a haircut before he asked for anything else," said a relative of one of the two,
      who laughed for the first time in the conversation.
    `,
    kind: "independent",
    story: "house-arrest-2020",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "empieza-a-puerta-cerrada-el-juicio-citgo",
    outlet: "lucero-del-lago",
    title: "Empieza a puerta cerrada el juicio a los seis directivos de Citgo",
    publishedAt: "2020-08-21T12:00:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "Ni prensa ni observadores pueden entrar a la sala en Caracas donde se juzga desde este mes a los ejecutivos.",
    text: `
      El juicio a los seis directivos de Citgo comenzó este mes de agosto en Caracas a puerta cerrada.
      Ni la prensa ni los observadores de derechos humanos pueden entrar a la sala.

      Preside el proceso la jueza Lorena Cornielles. Ante ella comparecen Tomeu Vadell, José Pereira,
      Gustavo Cárdenas, Jorge Toledo, José Luis Zambrano y Alirio José Zambrano, detenidos en noviembre
      de 2017 en la sede de Pdvsa.

      Cuatro de ellos llegan desde El Helicoide. Cárdenas y Toledo están desde julio en arresto
      domiciliario.

      «La puerta se cierra y sabemos de la audiencia lo que nos cuenta el abogado en la acera», explicó
      la prima de uno de los acusados.

      Cinco de los seis son ciudadanos de Estados Unidos, país que considera su detención injusta.
    `,
    kind: "original",
    story: "trial-2020",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
];
