import type { Article } from "../article.ts";

export const coverage2017: readonly Article[] = [
  {
    id: "six-citgo-executives-arrested-in-caracas",
    outlet: "caribbean-courier",
    title: "Six Citgo executives arrested at meeting in Caracas",
    publishedAt: "2017-11-21T23:40:00Z",
    author: "Renata Quiñones",
    summary:
      "Military counterintelligence agents arrested six executives of Citgo, the Houston refiner that belongs to Venezuela's state oil company, during a meeting at PDVSA headquarters in Caracas on Tuesday.",
    text: `
      CARACAS — Agents of the DGCIM, Venezuela's military counterintelligence service, arrested six
      executives of the Houston refiner Citgo on Tuesday. The arrests took place during a meeting at
      the headquarters of the state oil company PDVSA in Caracas.

      Those arrested are the president of Citgo, José Pereira, and five of his senior colleagues:
      Tomeu Vadell, Gustavo Cárdenas, Jorge Toledo, José Luis Zambrano and Alirio José Zambrano. Five
      of the six are citizens of the United States. Pereira is a permanent resident there.

      Citgo is the seventh largest refiner in the United States by volume and is owned by PDVSA
      through a chain of holding companies.

      "They had packed for a short trip, and since noon nobody picks up the telephone," said a
      relative of one of the executives, who asked not to be named.
    `,
    kind: "original",
    story: "arrest-2017",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "houston-families-wait-for-word",
    outlet: "houston-ledger",
    title: "Houston families wait for word of Citgo managers jailed in Venezuela",
    publishedAt: "2017-11-22T15:05:00Z",
    author: "Dale Whitcombe",
    summary:
      "Relatives of the six Citgo executives who were detained in Caracas on Tuesday say they learned of it from the news.",
    text: `
      Relatives in the Houston area spent Tuesday night making calls to Caracas, where
      six executives of Citgo were detained on Tuesday by Venezuelan military counterintelligence.

      The company's president, José Pereira, was detained together with Tomeu Vadell, Gustavo
      Cárdenas, Jorge Toledo and the brothers José Luis Zambrano and Alirio José Zambrano. All of them
      had flown in for a meeting at the main office of PDVSA, the Venezuelan state company that owns
      the refiner.

      Most of the men are American citizens with homes in Texas or Louisiana. "We heard about it on
      the radio while the turkey was thawing," said a neighbor who was looking after one of the
      houses.

      A former colleague said that such trips to Caracas were routine. "You went, you showed your
      slides, you flew back," the former colleague said.
    `,
    kind: "independent",
    story: "arrest-2017",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
  {
    id: "detenidos-seis-ejecutivos-de-citgo",
    outlet: "diario-del-avila",
    title: "Detenidos seis ejecutivos de Citgo en la sede de PDVSA",
    publishedAt: "2017-11-22T11:20:00Z",
    author: "Ligia Montenegro",
    summary:
      "La contrainteligencia militar detuvo el martes en La Campiña al presidente de Citgo, José Pereira, y a otros cinco directivos de la filial en Estados Unidos.",
    text: `
      La Dirección General de Contrainteligencia Militar detuvo el martes a seis ejecutivos de Citgo,
      la refinadora de Houston que pertenece a Petróleos de Venezuela. La detención ocurrió durante
      una reunión en la sede de PDVSA en La Campiña, en Caracas.

      Los detenidos son José Pereira, presidente de la empresa, Tomeu Vadell, Gustavo Cárdenas, Jorge
      Toledo y los hermanos José Luis Zambrano y Alirio José Zambrano. Cinco de ellos tienen la
      ciudadanía de Estados Unidos y Pereira es residente permanente en ese país.

      Un trabajador que estaba en el edificio contó que los pasillos quedaron cerrados durante casi
      una hora. «Vimos entrar a los agentes y después nadie podía usar el ascensor», dijo el
      trabajador, que pidió reserva de su nombre.

      Los seis fueron llevados a la sede de la contrainteligencia militar en Boleíta, según la misma
      fuente.
    `,
    kind: "independent",
    story: "arrest-2017",
    topics: ["citgo-6"],
    mayTopics: ["us-venezuela"],
  },
];
