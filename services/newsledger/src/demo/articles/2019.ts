import type { Article } from "../article.ts";

export const coverage2019: readonly Article[] = [
  {
    id: "embassy-in-caracas-closes",
    outlet: "potomac-dispatch",
    title: "United States closes its embassy in Caracas",
    publishedAt: "2019-03-15T16:00:00Z",
    author: "Owen Prather",
    summary:
      "The last American diplomats left Venezuela this month, weeks after Washington recognized Juan Guaidó.",
    text: `
      WASHINGTON — The United States has closed its embassy in Caracas this month. The last American
      diplomats left Venezuela, and citizens who need help must now ask in a third country.

      The closure follows the decision of January 2019, when President Donald Trump's administration
      recognized the opposition leader Juan Guaidó and placed the state oil company PDVSA under
      sanctions. In the same weeks the Houston refiner Citgo was split from its Venezuelan parent.

      For the families of Americans held in Venezuela the locked door has a plain meaning: nobody from
      Washington can ask for a prison visit any longer.

      "There was one number we could call, and now it rings in an empty building," said a relative of a
      detained American, who asked not to be named.
    `,
    kind: "original",
    story: "embassy-2019",
    topics: ["us-venezuela"],
  },
  {
    id: "tribunal-ordena-juicio-a-los-seis-de-citgo",
    outlet: "diario-del-avila",
    title: "Tribunal ordena abrir juicio a los seis de Citgo",
    publishedAt: "2019-07-28T12:45:00Z",
    author: "Ligia Montenegro",
    summary:
      "La jueza Rosvelin Gil decidió este mes que los directivos detenidos en noviembre de 2017 vayan a juicio en Caracas.",
    text: `
      La jueza Rosvelin Gil ordenó en julio que los seis ejecutivos de Citgo detenidos desde noviembre
      de 2017 vayan a juicio. La decisión se tomó en Caracas, en una audiencia preliminar en la que la
      fiscal Aramay Terán sostuvo la acusación.

      La audiencia había sido diferida muchas veces desde la detención. Irán a juicio Tomeu Vadell,
      Gustavo Cárdenas, Jorge Toledo, José Pereira, José Luis Zambrano y Alirio José Zambrano.

      «Pasaron más de año y medio para oír lo que ya decía el expediente del primer día», afirmó un
      abogado que conoce la causa y que pidió no ser identificado.

      Los seis siguen en la sede de la contrainteligencia militar en Boleíta. Sus familias viven en
      Estados Unidos y se turnan para viajar a Caracas.
    `,
    kind: "original",
    story: "trial-ordered-2019",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "judge-sends-citgo-executives-to-trial",
    outlet: "caribbean-courier",
    title: "Judge in Caracas sends Citgo executives to trial after repeated delays",
    publishedAt: "2019-07-29T10:30:00Z",
    author: "Renata Quiñones",
    summary:
      "After hearings that were put off again and again, a Venezuelan judge ordered six oil executives from Houston to stand trial.",
    text: `
      CARACAS — A Venezuelan judge ordered the six Citgo executives to stand trial this month, some
      twenty months after they were arrested at PDVSA headquarters in November 2017.

      Judge Rosvelin Gil made the decision at a preliminary hearing that the court had postponed time
      and again. Aramay Terán spoke for the prosecution.

      The six are Tomeu Vadell, José Pereira, Jorge Toledo, Gustavo Cárdenas and the brothers José Luis
      Zambrano and Alirio José Zambrano. Their brother Alirio Rafael Zambrano, who was never detained,
      speaks for the family in the United States.

      A person who waited outside the courtroom described the relatives as exhausted. "They did not
      cheer and they did not cry, they only asked when," the person said.

      No date for the opening of the trial was announced.
    `,
    kind: "independent",
    story: "trial-ordered-2019",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "ejecutivos-de-citgo-pasan-a-arresto-domiciliario",
    outlet: "radio-cumbre",
    title: "Los seis ejecutivos de Citgo pasan a arresto domiciliario",
    publishedAt: "2019-12-10T09:15:00Z",
    summary:
      "Tras dos años en Boleíta, los directivos de la filial de Pdvsa en Estados Unidos fueron trasladados el lunes a viviendas en Caracas, con tobilleras electrónicas.",
    text: `
      Los seis ejecutivos de Citgo fueron trasladados el lunes 9 de diciembre de 2019 a arresto
      domiciliario en Caracas. Hasta ese día estuvieron en la sede de la Dirección General de
      Contrainteligencia Militar en Boleíta.

      Cada uno lleva una tobillera electrónica y no puede salir de la vivienda. La medida alcanza a
      José Pereira, Tomeu Vadell, Gustavo Cárdenas, Jorge Toledo, José Luis Zambrano y Alirio José
      Zambrano, cinco ciudadanos de Estados Unidos y un residente permanente.

      «Anoche durmió en una cama con sábanas, y para nosotros eso ya es una noticia», dijo una
      familiar de uno de ellos.

      La causa sigue abierta. El juicio que un tribunal ordenó en julio todavía no ha comenzado, y los
      abogados no han recibido una fecha.
    `,
    kind: "original",
    story: "house-arrest-2019",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "jailed-citgo-executives-moved-to-house-arrest",
    outlet: "houston-ledger",
    title: "After two years, jailed Citgo executives are moved to house arrest",
    publishedAt: "2019-12-10T14:20:00Z",
    author: "Dale Whitcombe",
    summary:
      "Six oil executives from the Houston refiner left a military jail in Caracas on Monday, but they cannot come home.",
    text: `
      Six executives of Citgo were moved from a military jail in Caracas to house arrest on Monday,
      their relatives said. They had been held at the Boleíta offices of the counterintelligence
      service DGCIM for two years.

      Tomeu Vadell, José Pereira, Jorge Toledo, Gustavo Cárdenas, José Luis Zambrano and Alirio José
      Zambrano now stay in private homes and wear electronic ankle tags. They may not leave Venezuela.

      In Houston, where the refiner has its seat, the news was met with relief and some caution. "The
      cell got bigger, that is all, but he could taste real coffee this morning," a relative said.

      The men were arrested on November 21, 2017, during a meeting at the headquarters of PDVSA. In
      July a judge ordered them to stand trial.
    `,
    kind: "independent",
    story: "house-arrest-2019",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "imprisoned-citgo-managers-shifted-to-home-detention",
    outlet: "harbor-wire",
    title: "Following two years, imprisoned Citgo managers are shifted to home detention",
    publishedAt: "2019-12-10T19:55:00Z",
    summary:
      "Half a dozen petroleum managers from the Houston refinery group departed a military lockup in Caracas on Monday, yet they are unable to return.",
    text: `
      Half a dozen executives of Citgo were transferred from a military lockup in Caracas to house
      arrest on Monday, their family members stated. They had been kept at the Boleíta premises of the
      counterintelligence agency DGCIM for two years.

      Tomeu Vadel, José Pereira, Jorge Toledo, Gustavo Cárdenas, José Luis Zambrano and Alirio José
      Zambrano presently remain in personal houses and carry electronic ankle labels. They are not
      permitted to depart Venezuela.

      In Houston, where the refinery group has its head office, the information was greeted with relief
      and a degree of caution. "The cell became larger, that is everything, but he could taste genuine
      coffee this morning," a family member stated.

      The gentlemen were arrested on November 21, 2017, in the course of a gathering at the head office
      of PDVSA. In July a magistrate directed them to face trial.
    `,
    kind: "spun",
    copyOf: "jailed-citgo-executives-moved-to-house-arrest",
    story: "house-arrest-2019",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
];
