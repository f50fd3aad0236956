import type { Article } from "../article.ts";

const besidesThePoint = { kind: "distractor", story: null, topics: [] } as const;

/** Near misses: each shares words, names or places with the two topics and concerns neither. */
export const distractors: readonly Article[] = [
  {
    ...besidesThePoint,
    id: "citgo-sign-gets-new-bulbs",
    outlet: "mosaic-weekly",
    title: "The Citgo sign beyond the ballpark wall gets new bulbs",
    publishedAt: "2019-08-22T13:00:00Z",
    author: "Tess Arnaud",
    summary: "Boston's best known advertisement went dark for three evenings before a home game.",
    text: `
      BOSTON — For three evenings the Citgo sign stood dark over Kenmore Square, and batters who look for
      the red triangle beyond the wall of Fenway Park had nothing to aim at.

      Technicians replaced several rows of lamps and a controller. The work was timed for a road trip of
      the Red Sox, so that the sign would shine again on Friday, when the team comes home.

      People in the neighborhood set their evenings by it. "I tell visitors to turn left at the triangle,
      and this week they all ended up in Brookline," said a bartender.

      The sign has been switched off before, to save energy and for repairs, and each time letters to the
      editor followed. A campaign to protect it as a landmark found thousands of supporters, most of them
      fans who have never bought a gallon there.
    `,
  },
  {
    ...besidesThePoint,
    id: "toledo-council-votes-on-river-trail",
    outlet: "mosaic-weekly",
    title: "Toledo council approves last stretch of the river trail",
    publishedAt: "2021-06-09T15:00:00Z",
    author: "Tess Arnaud",
    summary: "Cyclists in the Ohio city will be able to ride along the Maumee without a detour.",
    text: `
      TOLEDO, Ohio — The city council voted on Tuesday to pay for the missing mile of the trail along the
      Maumee River. When it is built, cyclists can ride from the zoo to the marina without touching a
      street with trucks on it.

      The vote was nine to three. Opponents wanted the money for sidewalks. Council member George Cardon
      said that both would be done, one after the other.

      Work is to begin in the spring. "My kids will learn to ride where my father unloaded coal," said a
      resident of the north side, who had waited two hours to speak for two minutes.

      Toledo has added some twenty miles of trails since the turn of the century. The new stretch will
      have lights, benches and a ramp to a small beach that few people in the city know about.
    `,
  },
  {
    ...besidesThePoint,
    id: "gasoline-prices-slip-before-the-holiday",
    outlet: "gulf-energy-desk",
    title: "Gasoline prices slip before the long weekend",
    publishedAt: "2024-05-24T12:30:00Z",
    author: "Priya Lindqvist",
    summary:
      "Drivers on the Gulf Coast pay less than a year ago; a Citgo station in Katy led the way down.",
    text: `
      Drivers on the Gulf Coast will start the holiday weekend with cheaper gasoline than a year ago. A
      gallon of regular cost 3.09 dollars on average on Thursday, nine cents less than in the week before.

      A Citgo station in Katy was the first in the western suburbs of Houston to go below three dollars.
      Two competitors across the road followed within the hour.

      Refineries have come back from spring maintenance and stocks are ample. Demand usually rises in the
      summer, so analysts do not expect the decline to last until July.

      "I filled the boat too, which tells you how long I think this will go on," said a man at the pump.

      Diesel was almost unchanged. Fishermen on the coast, who buy it by the hundred gallons, say that they
      have stopped looking at the board.
    `,
  },
  {
    ...besidesThePoint,
    id: "venezuela-beats-us-in-baseball-final",
    outlet: "mosaic-weekly",
    title: "Venezuela beats United States 3-2 to win World Baseball Classic",
    publishedAt: "2026-03-18T05:00:00Z",
    author: "Tess Arnaud",
    summary: "The final on Tuesday was decided by one run. American hitters left nine men on base.",
    text: `
      Venezuela won the World Baseball Classic on Tuesday night. It beat the United States 3-2 in the
      final and left the American dugout staring at an empty outfield.

      The game was level for most of the evening. A double in the eighth inning drove in the run that made
      the difference, and the Venezuelan bullpen retired the last six hitters in order.

      American pitching was good enough to win on most nights. The hitters were not: nine runners were
      stranded, four of them at third base.

      In the stands the drums did not stop until the lights went out. "My voice is gone and my team is
      champion, I will take that trade," said a fan in a yellow, blue and red jersey.

      For the Venezuelan players the flight home can wait a day, and the parade will not.
    `,
  },
  {
    ...besidesThePoint,
    id: "fiesta-por-el-titulo-de-beisbol",
    outlet: "diario-del-avila",
    title: "Fiesta en las calles por el título del Clásico Mundial de Béisbol",
    publishedAt: "2026-03-18T11:00:00Z",
    author: "Joaquín Bermúdez",
    summary: "La selección venezolana ganó 3-2 la final a Estados Unidos y Caracas no durmió.",
    text: `
      Venezuela es campeona del Clásico Mundial de Béisbol. La selección ganó el martes la final a Estados
      Unidos por 3-2 y millones de personas salieron a celebrar.

      En Caracas las bocinas sonaron hasta el amanecer. En la plaza Altamira alguien instaló una pantalla
      con una sábana y un proyector, y cuando cayó el último out la sábana terminó convertida en bandera.

      El doble del octavo inning decidió el juego. El relevo no permitió que ningún corredor
      estadounidense pisara el plato en los dos últimos capítulos.

      «Mi abuelo esperó toda la vida por esto y lo vio dormido en el sofá», dijo un muchacho con la cara
      pintada.

      Los jugadores llegan el jueves. La ruta del desfile todavía no se conoce.
    `,
  },
  {
    ...besidesThePoint,
    id: "arepas-de-platano-maduro",
    outlet: "ecos-del-dia",
    title: "Receta: arepas de plátano maduro para el domingo",
    publishedAt: "2023-02-12T09:00:00Z",
    summary: "Doradas por fuera, dulces por dentro y listas en media hora.",
    text: `
      La arepa admite casi todo, y el plátano maduro la vuelve golosa. Para ocho arepas hacen falta dos
      plátanos bien negros, dos tazas de harina de maíz, taza y media de agua tibia, sal y un poco de
      aceite.

      Se cocinan los plátanos con la concha durante quince minutos y se pisan con un tenedor. Cuando el
      puré esté tibio se mezcla con la harina y el agua. La masa tiene que quedar suave y no pegarse a las
      manos.

      Se forman las arepas del ancho de un dedo y se doran en el budare a fuego medio, unos seis minutos
      por lado. En Venezuela se rellenan con queso blanco; en Miami hay quien les pone tocineta.

      «El secreto es no apurarlas», dice una cocinera de Petare. Se sirven calientes, con mantequilla y
      café.
    `,
  },
  {
    ...besidesThePoint,
    id: "jose-pereira-ficha-por-el-atletico",
    outlet: "ecos-del-dia",
    title: "El arquero José Pereira ficha por el Atlético Catia",
    publishedAt: "2022-01-20T18:00:00Z",
    summary: "El portero, de 24 años, firmó por dos temporadas con el club de Caracas.",
    text: `
      El Atlético Catia presentó este jueves a su nuevo arquero. José Pereira, de 24 años, firmó por dos
      temporadas y llevará el número 12.

      Pereira llega de la segunda división, donde dejó su portería en cero en once partidos. El club de
      Caracas buscaba un guardameta desde que el titular se lesionó la rodilla en diciembre.

      El entrenador quiere verlo primero en el torneo de pretemporada. La afición lo recibió con un cántico
      que ya tenía preparado y con una lluvia de papelillos.

      «Vengo a parar penales y a aprenderme el nombre de todos», dijo el portero de un equipo que no gana
      un título desde 2009, según el locutor que condujo el acto.

      El primer partido será en casa, el domingo a las cuatro de la tarde.
    `,
  },
  {
    ...besidesThePoint,
    id: "la-jep-llama-a-audiencia-a-tres-exmilitares",
    outlet: "agencia-meridiano",
    title: "La JEP llama a audiencia en Colombia a tres exmilitares",
    publishedAt: "2023-05-04T16:20:00Z",
    summary:
      "La Jurisdicción Especial para la Paz oirá en Bogotá a los comparecientes y a las víctimas.",
    text: `
      BOGOTÁ — La Jurisdicción Especial para la Paz, la JEP, llamó a audiencia a tres exmilitares
      colombianos que reconocieron su responsabilidad en hechos del conflicto armado. La sesión será en
      Bogotá dentro de dos semanas.

      La sala quiere que los comparecientes hablen delante de las familias y que aporten datos sobre los
      lugares donde hay personas desaparecidas.

      Las víctimas podrán preguntar. Una de ellas dijo que lleva diecinueve años con la misma pregunta. «No
      vengo por un castigo, vengo por un sitio adonde llevar flores», explicó.

      La JEP nació del acuerdo de paz de 2016 y puede imponer sanciones propias a quienes digan la verdad.
      Quien mienta pasa a la justicia ordinaria y se expone a penas de cárcel de hasta veinte años.
    `,
  },
  {
    ...besidesThePoint,
    id: "venezuela-vota-en-elecciones-presidenciales",
    outlet: "agencia-meridiano",
    title: "Colas desde la madrugada en la elección presidencial venezolana",
    publishedAt: "2024-07-28T18:00:00Z",
    summary: "Millones de venezolanos votan este domingo entre Nicolás Maduro y Edmundo González.",
    text: `
      CARACAS — Los venezolanos votan este domingo 28 de julio en la elección presidencial. Nicolás Maduro
      busca un nuevo mandato frente a Edmundo González Urrutia, candidato de la oposición que dirige María
      Corina Machado.

      En los barrios del oeste de la capital las colas empezaron antes de las cuatro. En una escuela de
      Catia los testigos de mesa compartían café y una lista de números de teléfono.

      El recuento se conocerá por la noche. Las dos campañas han pedido a sus votantes que se queden cerca
      de los centros hasta el cierre de las actas.

      «Traje silla, sombrilla y paciencia, en ese orden», contó una jubilada que estaba de quinta en la
      fila.

      Las mesas deben cerrar a las seis, salvo donde queden personas por votar.
    `,
  },
  {
    ...besidesThePoint,
    id: "dos-sismos-sacuden-el-norte",
    outlet: "radio-cumbre",
    title: "Dos fuertes sismos sacuden a Venezuela: lo que se sabe",
    publishedAt: "2026-06-25T03:00:00Z",
    summary:
      "Los temblores del miércoles, de 7,2 y 7,5, dejaron daños y una larga noche en la calle.",
    text: `
      Dos sismos de magnitud 7,2 y 7,5 sacudieron a Venezuela el miércoles 24 de junio. Edificios dañados,
      cortes de luz y miles de personas durmiendo en plazas son el primer balance.

      Los bomberos trabajan con linternas. En varios hospitales los pacientes pasaron la noche en los
      estacionamientos, y las maternidades atendieron partos en carpas.

      Los sismólogos advierten que habrá réplicas durante semanas. Piden revisar columnas y tanques de agua
      antes de volver a las casas, y no usar los ascensores.

      «El piso se fue para un lado y yo para el otro», relató una vecina de un sexto piso que bajó descalza
      con su nieta en brazos.

      Las clases quedan suspendidas en todo el país. Las líneas telefónicas funcionan a ratos.
    `,
  },
  {
    ...besidesThePoint,
    id: "ley-de-amnistia-aprobada",
    outlet: "lucero-del-lago",
    title: "La Asamblea Nacional aprueba la ley de amnistía",
    publishedAt: "2026-02-20T12:00:00Z",
    author: "Ramiro Urdaneta",
    summary:
      "La norma excluye homicidio, narcotráfico, violaciones graves de derechos y rebelión militar.",
    text: `
      La Asamblea Nacional aprobó el jueves 19 de febrero la ley de amnistía que la presidenta encargada,
      Delcy Rodríguez, había anunciado a finales de enero.

      La ley deja fuera el homicidio, el narcotráfico, las violaciones graves de derechos humanos y la
      rebelión militar. Una comisión que dirige Jorge Arreaza vigilará su aplicación.

      Foro Penal advirtió que salir de la cárcel no es lo mismo que quedar en libertad plena, porque muchos
      presos salen con medidas cautelares. Las organizaciones llevarán su propia cuenta.

      «A mi hermano lo sueltan con una presentación cada ocho días; a eso le dicen amnistía y yo le digo
      cuerda larga», comentó una mujer en Maracaibo.

      Los tribunales comenzarán a revisar expedientes esta misma semana.
    `,
  },
];
