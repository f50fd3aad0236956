import type { Article } from "../article.ts";

/** September to December 2020. The two reports on Matthew Heath and the two on the sentences disagree, as the real press did. */
export const coverage2020Late: readonly Article[] = [
  {
    id: "former-marine-matthew-heath-arrested",
    outlet: "caribbean-courier",
    title: "Former US Marine Matthew Heath arrested in Venezuela",
    publishedAt: "2020-09-14T16:45:00Z",
    author: "Renata Quiñones",
    summary:
      "A former corporal from Tennessee was arrested in the northwest of Venezuela on September 9, according to an official account.",
    text: `
      CARACAS — Venezuelan authorities arrested Matthew Heath, a former corporal of the US Marines, in
      the northwest of the country. According to an official account he was arrested on September 9 on
      the road between the states of Falcón and Zulia.

      Heath is from Tennessee. Military counterintelligence agents of the DGCIM took him to Caracas.

      It is the first arrest of an American in Venezuela since May, when Luke Denman and Airan Berry,
      two former Green Berets, were captured after Operation Gideon.

      "The family wants a lawyer of its own choosing and a call of five minutes, in that order," said a
      spokesman for a veterans' group, who did not wish to be named.

      The United States has had no embassy in Caracas since March 2019.
    `,
    kind: "original",
    story: "heath-arrest-2020",
    topics: ["us-venezuela"],
  },
  {
    id: "exmarine-detenido-entre-falcon-y-zulia",
    outlet: "lucero-del-lago",
    title: "Detienen a exmarine estadounidense en la vía Falcón-Zulia",
    publishedAt: "2020-09-14T22:20:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "Matthew Heath fue detenido el 11 de septiembre en una alcabala, según vecinos; otras versiones dan otra fecha.",
    text: `
      El estadounidense Matthew Heath, exmarine, fue detenido el 11 de septiembre en una alcabala de la
      carretera que une los estados Falcón y Zulia, en el occidente de Venezuela. Así lo cuentan vecinos
      de la zona; otras versiones hablan del día 9.

      Los comerciantes de la vía recuerdan varios vehículos oficiales y una caravana que siguió hacia
      Caracas. «Cerraron el paso y nos mandaron a recoger las mesas», dijo un vendedor de pescado.

      Heath, nacido en Tennessee, está en manos de la contrainteligencia militar. Washington no tiene
      embajada en Caracas y no ha podido enviarle un cónsul.

      En mayo fueron capturados otros dos estadounidenses, Luke Denman y Airan Berry, tras la fallida
      Operación Gedeón.
    `,
    kind: "independent",
    story: "heath-arrest-2020",
    topics: ["us-venezuela"],
  },
  {
    id: "condenados-los-seis-de-citgo",
    outlet: "agencia-meridiano",
    title: "Condenados los seis de Citgo a penas de más de ocho años",
    publishedAt: "2020-11-26T22:50:00Z",
    summary:
      "El expresidente de la empresa, José Pereira, recibió la pena más larga: trece años y siete meses. Cinco son ciudadanos de Estados Unidos.",
    text: `
      Los seis ejecutivos de Citgo fueron condenados este jueves en Caracas. José Pereira, expresidente
      de la empresa, fue condenado a 13 años y 7 meses de prisión. Tomeu Vadell, Gustavo Cárdenas, Jorge
      Toledo, José Luis Zambrano y Alirio José Zambrano fueron condenados a 8 años y 10 meses cada uno.

      El Tribunal Supremo de Justicia anunció la sentencia. El juicio, que presidió la jueza Lorena
      Cornielles, se celebró a puerta cerrada desde agosto.

      Cinco de los condenados son ciudadanos de Estados Unidos. El Departamento de Estado considera que
      los seis están detenidos injustamente.

      «Oímos los números por un altavoz del pasillo y nadie supo sumar», dijo una allegada que esperaba
      fuera de la sala.

      Los abogados de la defensa preparan una apelación.
    `,
    kind: "original",
    story: "conviction-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "citgo-executives-convicted-in-secret-trial",
    outlet: "houston-ledger",
    title: "Venezuelan court convicts six Citgo executives after closed trial",
    publishedAt: "2020-11-27T04:15:00Z",
    author: "Dale Whitcombe",
    summary:
      "Five of the Houston oil executives were sentenced on Thursday to eight years and ten months, and former Citgo president José Pereira to 13 years.",
    text: `
      A court in Caracas convicted six executives of the Houston refiner Citgo on Thanksgiving Day and
      sentenced them to long prison terms.

      José Pereira, the former president of the company, was sentenced to 13 years. Tomeu Vadell, Jorge
      Toledo, Gustavo Cárdenas, José Luis Zambrano and Alirio José Zambrano were sentenced to eight
      years and ten months each. Judge Lorena Cornielles presided over the trial, which was closed to the press and to rights
      groups.

      The United States regards the six as wrongfully detained. Five of them are American citizens and
      Pereira is a permanent resident.

      "We had set a place for him at the table, as every year, and the call came before the pie," a
      relative said in Houston.

      The defense can appeal.
    `,
    kind: "independent",
    story: "conviction-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "treasury-sanctions-judge-and-prosecutor-of-citgo-case",
    outlet: "potomac-dispatch",
    title: "US Treasury sanctions judge and prosecutor in Citgo 6 case",
    publishedAt: "2020-12-30T19:00:00Z",
    author: "Owen Prather",
    summary:
      "OFAC put Lorena Cornielles and Ramón Torres on its list on Wednesday for their part in the trial of six oil executives in Venezuela.",
    text: `
      WASHINGTON — The United States imposed sanctions on Wednesday on the Venezuelan judge and the
      prosecutor who sent six Citgo executives to prison.

      The Treasury Department's Office of Foreign Assets Control designated Judge Lorena Cornielles, who
      presided over the trial in Caracas, and the lead prosecutor, Ramón Antonio Torres Espinoza. Their
      property under American jurisdiction is blocked.

      Treasury Secretary Steven Mnuchin and Secretary of State Mike Pompeo announced the measure. The
      six executives were convicted on November 26 behind closed doors.

      "A name on a list in Washington does not turn a key in Caracas, yet somebody there will read it
      tonight," said Harriet Colmenares, who advises relatives of prisoners abroad.
    `,
    kind: "original",
    story: "sanctions-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
  {
    id: "eeuu-sanciona-a-la-jueza-cornielles",
    outlet: "diario-del-avila",
    title:
      "EE. UU. sanciona a la jueza Cornielles y al fiscal Torres por el juicio a los seis de Citgo",
    publishedAt: "2020-12-31T11:30:00Z",
    author: "Ligia Montenegro",
    summary:
      "El Departamento del Tesoro incluyó el miércoles en su lista a los dos funcionarios venezolanos.",
    text: `
      El Departamento del Tesoro de Estados Unidos sancionó el miércoles a la jueza Lorena Carolina
      Cornielles Ruiz y al fiscal Ramón Antonio Torres Espinoza. Los dos llevaron en Caracas el juicio
      contra los seis ejecutivos de Citgo.

      La medida de la Oficina de Control de Activos Extranjeros bloquea los bienes que puedan tener bajo
      jurisdicción de Estados Unidos y prohíbe hacer negocios con ellos.

      Los seis fueron condenados el 26 de noviembre. Tomeu Vadell, José Luis Zambrano, Alirio José
      Zambrano y José Pereira siguen en El Helicoide; Gustavo Cárdenas y Jorge Toledo están en arresto
      domiciliario.

      «La sanción no cambia la sentencia, pero deja escrito quién la firmó», comentó un profesor de
      derecho penal que prefirió no dar su nombre.
    `,
    kind: "independent",
    story: "sanctions-2020",
    topics: ["citgo-6", "us-venezuela"],
  },
];
