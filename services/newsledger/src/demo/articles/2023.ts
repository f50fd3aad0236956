import type { Article } from "../article.ts";

/** October 2023 to July 2024: relief, the second swap, the relief withdrawn. */
export const coverage2023: readonly Article[] = [
  {
    id: "general-license-44-eases-venezuela-oil-sanctions",
    outlet: "gulf-energy-desk",
    title: "US eases Venezuela oil and gas sanctions for six months with General License 44",
    publishedAt: "2023-10-20T12:00:00Z",
    author: "Priya Lindqvist",
    summary:
      "The Treasury's relief follows an agreement on an electoral road map between Venezuela's government and opposition.",
    text: `
      The US Treasury Department has eased its sanctions on the oil and gas industry of Venezuela this
      month. General License 44, issued by the Office of Foreign Assets Control, authorizes transactions
      in the sector for six months.

      The relief answers an agreement between the government of President Nicolás Maduro and the
      opposition on a road map to elections. Washington can let the license lapse when the six months
      end.

      For buyers the difference is plain: cargoes from PDVSA that went the long way round may now be
      bought in the open.

      "Six months is one drilling campaign and half a contract," said a broker who asked not to be named.
      "People will lift what floats and sign nothing that lasts."
    `,
    kind: "original",
    story: "gl-44-2023",
    topics: ["us-venezuela"],
  },
  {
    id: "eeuu-alivia-sanciones-petroleras-licencia-44",
    outlet: "radio-cumbre",
    title: "EE. UU. alivia por seis meses las sanciones petroleras a Venezuela",
    publishedAt: "2023-10-20T14:40:00Z",
    summary:
      "La licencia general 44 autoriza operaciones de petróleo y gas después del acuerdo electoral.",
    text: `
      Estados Unidos alivió este mes de octubre las sanciones al petróleo y al gas de Venezuela. La
      Oficina de Control de Activos Extranjeros emitió la licencia general 44, que autoriza operaciones
      en el sector durante seis meses.

      El alivio llega después de que el gobierno de Nicolás Maduro y la oposición acordaran una hoja de
      ruta electoral. Si el acuerdo no se cumple, Washington puede dejar vencer la licencia.

      En los puertos del oriente venezolano la noticia se recibió con prudencia. «Hemos visto abrirse
      esta puerta y también hemos visto cómo pega al cerrarse», comentó un práctico portuario.

      La medida no toca las sanciones contra funcionarios ni los juicios por Citgo en Delaware.
    `,
    kind: "independent",
    story: "gl-44-2023",
    topics: ["us-venezuela"],
  },
  {
    id: "ten-americans-freed-for-alex-saab",
    outlet: "potomac-dispatch",
    title: "Ten Americans freed by Venezuela in deal that returns Alex Saab to Caracas",
    publishedAt: "2023-12-20T23:10:00Z",
    author: "Owen Prather",
    summary:
      "President Biden granted clemency to Saab on Wednesday; Caracas also handed over the fugitive Leonard Francis.",
    text: `
      WASHINGTON — Venezuela released ten Americans on Wednesday in exchange for Alex Saab, the
      businessman close to President Nicolás Maduro. President Joe Biden granted Saab clemency. Qatar
      mediated between the two governments.

      Luke Denman and Airan Berry, former Green Berets who were held since May 2020, are among those
      freed, as are Eyvin Hernandez, Jerrel Kenemore, Joseph Cristella, Jason Saad and Savoi Wright.
      Wright was arrested on October 24; Hernandez was arrested in March 2022 near the Colombian border.

      The handover took place on Canouan, an island of Saint Vincent and the Grenadines. Venezuela also
      returned Leonard Francis, the contractor at the center of a Navy bribery case.

      "We counted the people on the stairs twice, to be sure that the number was ten," said a member of a
      support group in San Antonio.
    `,
    kind: "original",
    story: "swap-2023",
    topics: ["us-venezuela"],
  },
  {
    id: "canje-de-alex-saab-por-diez-estadounidenses",
    outlet: "diario-del-avila",
    title: "Liberados diez estadounidenses en un canje por Alex Saab",
    publishedAt: "2023-12-21T01:30:00Z",
    author: "Ligia Montenegro",
    summary:
      "El empresario regresó a Caracas el miércoles tras recibir clemencia de Joe Biden. Catar medió entre los dos gobiernos.",
    text: `
      Diez estadounidenses presos en Venezuela fueron liberados el miércoles 20 de diciembre a cambio del
      empresario Alex Saab, a quien el presidente Joe Biden concedió clemencia. Catar medió en la
      negociación.

      El intercambio se hizo en Canouan, una isla de San Vicente y las Granadinas. Entre los liberados
      están Luke Denman, Airan Berry, Eyvin Hernandez, Joseph Cristella, Jerrel Kenemore, Jason Saad y
      Savoi Wright.

      Caracas entregó además a Leonard Francis, prófugo de la justicia de Estados Unidos. También
      salieron de prisión al menos veinte venezolanos considerados presos políticos.

      «Mi sobrino estaba en esa lista con el número catorce, la llevo doblada en la cartera», contó una
      señora en la puerta del penal.
    `,
    kind: "independent",
    story: "swap-2023",
    topics: ["us-venezuela"],
  },
  {
    id: "general-license-44-lapses",
    outlet: "gulf-energy-desk",
    title: "US lets Venezuela oil license lapse, gives companies time to wind down",
    publishedAt: "2024-04-17T22:00:00Z",
    author: "Priya Lindqvist",
    summary: "OFAC replaced General License 44 by a wind-down license, 44A, on Wednesday.",
    text: `
      The United States reimposed its sanctions on Venezuelan oil and gas on Wednesday. The Office of
      Foreign Assets Control let General License 44 lapse and issued General License 44A, which only
      allows companies to wind down their business.

      The six-month license had been granted in October, when the government of Nicolás Maduro and the
      opposition agreed on an electoral road map.

      Chevron is not affected: its joint ventures with PDVSA rest on General License 41, which stays in
      force.

      "Everybody had this date on the wall in red," said a lawyer for a shipping company, who was not
      authorized to be quoted. "The surprise would have been a surprise."

      Tankers that were already on their way to the terminals turned the question into one of days.
    `,
    kind: "original",
    story: "gl-44a-2024",
    topics: ["us-venezuela"],
  },
];
