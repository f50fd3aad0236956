import type { Article } from "../article.ts";
import { reprinted } from "../reprints.ts";

/** The day of the demo. The court order is invented, as the outlets are; the lawsuit and its sum are real. */
export function coverageToday(now: Date) {
  // Feeds date to the second.
  const second = Math.floor(now.getTime() / 1000) * 1000;
  const ago = (minutes: number) => new Date(second - minutes * 60_000).toISOString();

  const hearing = firstReport(ago(95));
  return {
    today: [
      hearing,
      reprinted(hearing, {
        id: "judge-hears-suit-of-citgo-6-brothers",
        of: hearing.id,
        outlet: "harbor-wire",
        minutesLater: 25,
      }),
      spanishReport(ago(50)),
    ],
    /** Published while its outlet's feed is down: found when the feed is back. */
    missed: lateReport(ago(40)),
    edited: edited(hearing, ago(20)),
    correction: correction(ago(10)),
  };
}

const suit = {
  story: "hearing-today",
  topics: ["citgo-6"],
  mayTopics: ["us-venezuela"],
} as const;

function firstReport(publishedAt: string): Article {
  const day = dayName(publishedAt, "en");
  return {
    ...suit,
    kind: "original",
    id: "houston-judge-hears-suit-of-citgo-6-brothers",
    outlet: "houston-ledger",
    title: "Houston judge hears $40 million suit of Citgo 6 brothers",
    publishedAt,
    author: "Dale Whitcombe",
    summary:
      "José Luis Zambrano and Alirio José Zambrano, who were jailed in Venezuela for almost five years, asked a Texas court to open the records of Citgo.",
    text: `
      A judge in Harris County, Texas, ordered Citgo on ${day} to list its travel records and messages. The
      order came at a hearing in the lawsuit that two of the Citgo 6 brought against their former employer.

      José Luis Zambrano and Alirio José Zambrano seek $40 million from Citgo. Lawyers for the company
      objected to the list. The next hearing is set for next month.

      José Luis Zambrano and Alirio José Zambrano were arrested in Caracas on November 21, 2017, during a
      meeting at the Venezuelan state oil company PDVSA. They were freed in a prisoner swap on October 1,
      2022, and want to know who in Houston arranged the trip.

      "They have waited for years, they can wait for a printer," said a friend of the family who sat
      in the last row.
    `,
  };
}

function spanishReport(publishedAt: string): Article {
  const day = dayName(publishedAt, "es");
  return {
    ...suit,
    kind: "independent",
    id: "audiencia-en-houston-por-la-demanda-de-los-zambrano",
    outlet: "agencia-meridiano",
    title: "Audiencia en Houston por la demanda de dos de los seis de Citgo",
    publishedAt,
    summary:
      "Los hermanos José Luis y Alirio José Zambrano, que estuvieron presos en Venezuela, reclaman 400 millones de dólares a la empresa.",
    text: `
      Un tribunal del condado de Harris, en Texas, ordenó el ${day} a Citgo presentar una lista de sus
      correos y registros de viaje. Así terminó una audiencia sobre la demanda de los hermanos José Luis
      Zambrano y Alirio José Zambrano, que piden 400 millones de dólares a la empresa en la que trabajaban.

      Los Zambrano forman parte de los seis de Citgo. Fueron detenidos el 21 de noviembre de 2017 en la sede
      de Pdvsa en Caracas y liberados el 1 de octubre de 2022 en un canje entre Venezuela y Estados Unidos.

      «Hoy por lo menos alguien tuvo que explicar en voz alta quién compró los pasajes», dijo un antiguo
      compañero de trabajo.
    `,
  };
}

function lateReport(publishedAt: string): Article {
  const day = dayName(publishedAt, "es");
  return {
    ...suit,
    kind: "independent",
    id: "los-zambrano-piden-los-papeles-de-citgo",
    outlet: "lucero-del-lago",
    title: "Los hermanos Zambrano piden en un tribunal de Texas los papeles de Citgo",
    publishedAt,
    author: "Ramiro Urdaneta",
    summary:
      "Los exejecutivos, presos en Caracas hasta 2022, demandan a su antigua empresa. El juez pidió un inventario.",
    text: `
      Alirio José Zambrano y su hermano José Luis, dos de los exejecutivos de Citgo que estuvieron presos
      en Caracas, pidieron el ${day} a un juez de Texas los archivos de un viaje de trabajo que duró casi
      cinco años.

      La suma que está en juego es de 400 millones de dólares. El juez ordenó a la empresa un inventario de
      documentos, aunque sus abogados se opusieron.

      Según la demanda, la compañía los mandó a una trampa. En noviembre de 2017, agentes de la
      contrainteligencia militar detuvieron a seis ejecutivos de Citgo en una oficina de Pdvsa. Los Zambrano
      quedaron libres en octubre de 2022, cuando Washington y Caracas cambiaron presos.

      «En la sala había más carpetas que personas», contó un periodista jubilado que siguió la audiencia
      desde el pasillo.
    `,
  };
}

/** The outlet changes title and sum without a word about it. */
const edited = (hearing: Article, modifiedAt: string): Article => ({
  ...hearing,
  title: hearing.title.replace("$40 million", "$400 million"),
  text: hearing.text.replace("$40 million", "$400 million"),
  modifiedAt,
});

function correction(publishedAt: string): Article {
  return {
    ...suit,
    kind: "correction",
    id: "correction-sum-in-citgo-6-suit",
    outlet: "harbor-wire",
    title: "Correction: suit of Citgo 6 brothers seeks $400 million, not $40 million",
    publishedAt,
    summary:
      "An earlier report misstated the sum that José Luis Zambrano and Alirio José Zambrano seek from Citgo.",
    text: `
      An earlier report of this service misstated the sum at stake in the lawsuit of two former Citgo
      executives in Houston. José Luis Zambrano and Alirio José Zambrano seek 400 million dollars from
      Citgo, not 40 million dollars.

      The report was taken from another outlet, which has since changed its own text.

      The two brothers belong to the Citgo 6, the executives who were arrested in Venezuela in November
      2017. They were freed on October 1, 2022. The other facts of the report stand: a judge in Harris County, Texas, ordered the company to list its
      records and set a new date.

      "We print our mistakes at the size at which we made them," said Ines Calloway, the editor on duty.
    `,
  };
}

/** The weekday and date as the outlet would write them: it counts days in UTC. */
function dayName(time: string, language: "en" | "es"): string {
  const options = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" } as const;
  const name = new Intl.DateTimeFormat(language, options).format(new Date(time));
  return language === "es" ? name.replace(",", "") : name;
}
