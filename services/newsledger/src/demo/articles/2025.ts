import type { Article } from "../article.ts";

/** January to July 2025: Grenell in Caracas, St. Clair, the three-way exchange. */
export const coverage2025: readonly Article[] = [
  {
    id: "grenell-brings-six-americans-home",
    outlet: "caribbean-courier",
    title: "Six Americans freed by Venezuela after Grenell meets Maduro at Miraflores",
    publishedAt: "2025-02-01T02:30:00Z",
    author: "Renata Quiñones",
    summary:
      "The envoy of President Donald Trump met with the Venezuelan president in Caracas on Friday and left with six detained Americans on board.",
    text: `
      CARACAS — Richard Grenell, an envoy of US President Donald Trump, met with Nicolás Maduro at the
      Miraflores Palace on Friday. Hours later Venezuela released six Americans, who left Caracas on
      Grenell's plane.

      David Estrella, a New Yorker who was arrested in September 2024, is among the six. The full list of
      names was not published.

      Trump returned to the White House in January. The visit comes six months after the disputed
      Venezuelan election of July 28, 2024.

      "She ran to the window when she heard the engine of a delivery van, she has done that for five
      months," said a neighbor of one of the families. "Tonight it will be the right car."
    `,
    kind: "original",
    story: "grenell-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "grenell-se-reune-con-maduro",
    outlet: "diario-del-avila",
    title: "Grenell se reúne con Maduro en Miraflores y regresa con seis estadounidenses",
    publishedAt: "2025-02-01T12:20:00Z",
    author: "Ligia Montenegro",
    summary: "El enviado de Donald Trump viajó el viernes a Caracas y logró seis excarcelaciones.",
    text: `
      Richard Grenell, enviado especial del presidente de Estados Unidos, Donald Trump, se reunió el
      viernes 31 de enero con Nicolás Maduro en el Palacio de Miraflores, en Caracas. Esa misma noche
      fueron liberados seis estadounidenses que estaban presos en Venezuela.

      Los seis viajaron en el avión de Grenell. Entre ellos está David Estrella, vecino de Nueva York,
      detenido en septiembre de 2024.

      Trump volvió a la Casa Blanca este mismo mes. La embajada de Estados Unidos en Caracas está cerrada
      desde marzo de 2019, y los dos gobiernos hablan por medio de enviados.

      «En la pista hubo más abrazos que maletas», describió un empleado del aeropuerto que vio la salida
      y que no quiso dar su nombre.
    `,
    kind: "independent",
    story: "grenell-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "half-dozen-us-nationals-liberated",
    outlet: "harbor-wire",
    title:
      "Half a dozen US nationals liberated by Venezuela following Grinnell encounter with Maduro",
    publishedAt: "2025-02-01T07:50:00Z",
    summary:
      "The emissary of President Donald Trump encountered the Venezuelan leader in Caracas on Friday and departed with six imprisoned Americans aboard.",
    text: `
      CARACAS — Ric Grinnell, an emissary of US President Donald Trump, met with Nicolás Maduro at the
      Miraflores Mansion on Friday. Hours afterward Venezuela freed six Americans, who departed Caracas
      on Grinnell's aircraft.

      David Estrella, a New Yorker who was seized in September 2024, is amongst the six. The complete
      list of names was not made public.

      Trump came back to the White Home in January. The trip arrives half a year after the contested
      Venezuelan election of July 28, 2024.

      "She hurried to the window when she heard the motor of a delivery van, she has done so for five
      months," stated a neighbor of one of the households. "This evening it will be the correct car."
    `,
    kind: "spun",
    copyOf: "grenell-brings-six-americans-home",
    story: "grenell-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "veteran-joseph-st-clair-released",
    outlet: "houston-ledger",
    title: "Air Force veteran Joseph St. Clair released from Venezuelan custody",
    publishedAt: "2025-05-21T00:30:00Z",
    author: "Dale Whitcombe",
    summary:
      "Envoy Richard Grenell met with Jorge Rodríguez in Antigua on Tuesday; the American had been held since November.",
    text: `
      Venezuela released Joseph St. Clair, a veteran of the US Air Force, on Tuesday. He had been in
      Venezuelan custody since November 2024.

      His release followed talks in Antigua and Barbuda between Richard Grenell, the American envoy, and
      Jorge Rodríguez, the president of the Venezuelan National Assembly.

      Grenell had met with Nicolás Maduro in Caracas in January, when six Americans were freed. Other US
      nationals are still jailed in Venezuela.

      "He asked who had won the playoffs, and then he asked for his mother," said a friend from the
      service, who was with the parents when the call came through.

      St. Clair is from a family in which uniforms are handed down, the friend said, and nobody in it had
      learned to wait.
    `,
    kind: "original",
    story: "st-clair-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "ten-freed-in-exchange-for-cecot-venezuelans",
    outlet: "potomac-dispatch",
    title: "Ten Americans and residents freed as 252 Venezuelans leave Salvadoran prison",
    publishedAt: "2025-07-18T22:55:00Z",
    author: "Owen Prather",
    summary:
      "The United States, Venezuela and El Salvador completed a three-way prisoner exchange on Friday, Secretary of State Marco Rubio said.",
    text: `
      WASHINGTON — Venezuela released ten American citizens and residents on Friday in exchange for 252
      Venezuelans who were held in the CECOT prison in El Salvador. The Venezuelans had been deported
      from the United States earlier in the year.

      Among those freed are Wilbert Joseph Castañeda, a Navy SEAL who was held since August 2024, Lucas
      Hunter, who was seized near the Colombian border in January, Jonathan Pagan Gonzalez, Fabian
      Buglione Reyes, Renzo Huamanchumo and Jorge Marcelo Vargas.

      Secretary of State Marco Rubio and the president of El Salvador, Nayib Bukele, announced the
      exchange. John McNamara, the US chargé d'affaires for Venezuela, worked on the handover.

      "Three governments, two runways and one list that kept changing until noon," said a person who
      worked on the exchange and who was not allowed to speak to the press.
    `,
    kind: "original",
    story: "swap-2025",
    topics: ["us-venezuela"],
  },
  {
    id: "canje-cecot-diez-estadounidenses-por-252-venezolanos",
    outlet: "agencia-meridiano",
    title: "Canje a tres bandas: diez estadounidenses por 252 venezolanos presos en el Cecot",
    publishedAt: "2025-07-19T00:20:00Z",
    summary: "Caracas, Washington y San Salvador completaron el viernes un intercambio de presos.",
    text: `
      Venezuela liberó el viernes 18 de julio a diez ciudadanos y residentes de Estados Unidos a cambio
      de 252 venezolanos que estaban presos en el Cecot, la cárcel salvadoreña a la que Washington los
      había deportado.

      El presidente de El Salvador, Nayib Bukele, y el secretario de Estado, Marco Rubio, anunciaron el
      canje. Entre los liberados en Caracas están Lucas Hunter, Wilbert Castañeda, Jonathan Pagan
      Gonzalez, Renzo Huamanchumo, Jorge Marcelo Vargas y el uruguayo Fabian Buglione Reyes.

      En Maiquetía, familias enteras esperaron los aviones con globos y banderas. «Traía la misma camisa
      con la que se fue, pero le quedaba grande», dijo la hermana de uno de los repatriados.

      El canje anterior entre los dos países, en diciembre de 2023, devolvió a Alex Saab a Caracas.
    `,
    kind: "independent",
    story: "swap-2025",
    topics: ["us-venezuela"],
  },
];
