import type { Expectation } from "./expectation.ts";

export const spanish: readonly Expectation[] = [
  {
    about: "la visita del enviado a la cárcel",
    publishedAt: "2021-12-11T09:00:00-04:00",
    title: "Enviado de EE. UU. visitó a los seis de Citgo en El Helicoide",
    text: `El enviado estadounidense Roger Carstens viajó a Caracas el pasado martes para reunirse con los seis exdirectivos de Citgo, informó The Associated Press.

Carstens visitó a Tomeu Vadell, José Luis Zambrano, Alirio Zambrano, Jorge Toledo, Gustavo Cárdenas y José Pereira en El Helicoide y regresó el viernes.

Los seis ejecutivos fueron detenidos en noviembre de 2017 en una sala de reuniones de Pdvsa.

«Esperamos que vuelvan a casa antes de Navidad», dijo Verónica Vadell desde Houston.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: [
      "Roger Carstens",
      "Tomeu Vadell",
      "José Luis Zambrano",
      "Alirio Zambrano",
      "Jorge Toledo",
      "Gustavo Cárdenas",
      "José Pereira",
      "Verónica Vadell",
    ],
    orgs: ["Citgo", "Associated Press", "PDVSA"],
    places: ["United States", "El Helicoide", "Caracas", "Houston"],
    dates: ["2021-12-07", "2021-12-10", "2017-11"],
    events: [
      ["meet", ["Roger Carstens"], ["Tomeu Vadell"]],
      ["arrest", [], ["Citgo 6"], "2017-11"],
    ],
    notEvents: ["release"],
    quotes: [["Esperamos que vuelvan", "Verónica Vadell"]],
  },
  {
    about: "el regreso a prisión",
    publishedAt: "2021-10-17T09:00:00-04:00",
    title: "Vuelven a la cárcel los seis exejecutivos de Citgo",
    text: `Funcionarios del Sebin detuvieron el sábado a los seis exejecutivos de Citgo que estaban bajo arresto domiciliario desde abril.

Horas antes, Alex Saab fue extraditado desde Cabo Verde a Estados Unidos. “No sabemos adónde los llevaron”, denunció Cristina Vadell.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["Alex Saab", "Cristina Vadell"],
    orgs: ["Citgo", "SEBIN"],
    places: ["Cape Verde", "United States"],
    dates: ["2021-10-16", "2021-04"],
    events: [
      ["arrest", ["SEBIN"], ["Citgo 6"], "2021-10-16"],
      ["extradite", [], ["Alex Saab"]],
    ],
    quotes: [["No sabemos adónde", "Cristina Vadell"]],
  },
  {
    about: "arresto domiciliario",
    publishedAt: "2021-05-01T09:00:00-04:00",
    title: "Casa por cárcel para los seis de Citgo",
    text: `Los seis de Citgo fueron trasladados a arresto domiciliario el viernes, dijo el abogado Jesús Loreto.

“Es un paso, pero no es la libertad”, dijo Loreto a EFE.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["Jesús Loreto"],
    orgs: ["Citgo", "EFE"],
    places: [],
    dates: ["2021-04-30"],
    events: [["house-arrest", [], ["Citgo 6"], "2021-04-30"]],
    notEvents: ["release"],
    quotes: [["Es un paso", "Jesús Loreto"]],
  },
  {
    about: "un canje de prisioneros",
    publishedAt: "2023-12-21T09:00:00-04:00",
    title: "EEUU y Venezuela intercambian presos",
    text: `Venezuela liberó el miércoles a diez estadounidenses a cambio de Alex Saab, a quien Joe Biden indultó.

El canje fue negociado con la mediación de Catar. La familia de Luke Denman celebró la noticia.`,
    topics: ["us-venezuela"],
    persons: ["Alex Saab", "Joe Biden", "Luke Denman"],
    orgs: [],
    places: ["United States", "Venezuela", "Qatar"],
    dates: ["2023-12-20"],
    events: [["prisoner-swap", ["Venezuela"], ["diez estadounidenses"], "2023-12-20"]],
  },
  {
    about: "una condena con años",
    publishedAt: "2020-11-27T09:00:00-04:00",
    title: "Condenan a los exdirectivos de Citgo",
    text: `Un tribunal de Caracas condenó el jueves a José Pereira a 13 años de prisión. Tomeu Vadell y Gustavo Cárdenas fueron condenados a ocho años por peculado, según sus abogados.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["José Pereira", "Tomeu Vadell", "Gustavo Cárdenas"],
    orgs: ["Citgo"],
    places: ["Caracas"],
    dates: ["2020-11-26"],
    events: [
      ["convict", [], ["José Pereira"], "2020-11-26"],
      ["convict", [], ["Tomeu Vadell", "Gustavo Cárdenas"]],
    ],
    notEvents: ["statement"],
  },
  {
    about: "sanciones y su alivio",
    publishedAt: "2023-10-19T09:00:00-04:00",
    title: "Washington alivia sanciones petroleras a Venezuela",
    text: `El Departamento del Tesoro levantó el miércoles parte de las sanciones contra Pdvsa y emitió la licencia general 44 de la OFAC.

Antony Blinken advirtió que las medidas podrían volver si no son liberados los presos políticos. En 2019, la administración Trump sancionó a Pdvsa.`,
    topics: ["us-venezuela"],
    persons: ["Antony Blinken"],
    orgs: ["Treasury Department", "PDVSA"],
    places: ["Washington", "Venezuela"],
    dates: ["2023-10-18", "2019"],
    events: [
      ["sanction-relief", ["Treasury Department"], [], "2023-10-18"],
      ["sanction", ["United States"], ["PDVSA"], "2019"],
    ],
    notEvents: ["release"],
  },
  {
    about: "excarcelaciones y cifras",
    publishedAt: "2026-01-15T09:00:00-04:00",
    title: "Foro Penal confirma 80 excarcelaciones",
    text: `Alfredo Romero, director de Foro Penal, dijo que 80 presos políticos fueron excarcelados la semana pasada en Venezuela. El gobierno habla de más de 400.

“Pedimos la lista con los nombres”, dijo Romero. Entre ellos no hay estadounidenses, según la embajada de Estados Unidos en Caracas.`,
    topics: ["us-venezuela"],
    persons: ["Alfredo Romero"],
    orgs: ["Foro Penal", "US Embassy in Caracas"],
    places: ["Venezuela", "Caracas"],
    dates: ["2026-01"],
    events: [["release", [], ["80 presos políticos"], "2026-01"]],
    quotes: [["Pedimos la lista", "Alfredo Romero"]],
  },
  {
    about: "lo que se pide y lo que se niega no ha sucedido",
    publishedAt: "2021-08-20T09:00:00-04:00",
    title: "Piden la liberación de los seis de Citgo",
    text: `Familiares exigieron el viernes la liberación de los seis de Citgo. Jorge Rodríguez negó que hayan sido canjeados y dijo que podrían ser liberados solo por un juez.

Tarek William Saab no fue detenido, aclaró la fiscalía.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["Jorge Rodríguez", "Tarek William Saab"],
    orgs: ["Citgo"],
    places: [],
    dates: ["2021-08-20"],
    notEvents: ["release", "arrest", "prisoner-swap"],
  },
  {
    about: "una reunión en Miraflores",
    publishedAt: "2022-03-08T09:00:00-04:00",
    title: "Delegación de la Casa Blanca se reunió con Maduro",
    text: `Nicolás Maduro confirmó el lunes que se reunió con Juan González, asesor de la Casa Blanca, y con James Story en el Palacio de Miraflores el sábado.

El martes fueron liberados Gustavo Cárdenas y Jorge Alberto Fernández. Venezuela y Estados Unidos rompieron relaciones en 2019.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: [
      "Nicolás Maduro",
      "Juan Gonzalez",
      "James Story",
      "Gustavo Cárdenas",
      "Jorge Alberto Fernández",
    ],
    orgs: ["White House"],
    places: ["Miraflores", "Venezuela", "United States"],
    dates: ["2022-03-07", "2022-03-05", "2022-03-08", "2019"],
    events: [["release", [], ["Gustavo Cárdenas", "Jorge Alberto Fernández"], "2022-03-08"]],
  },
  {
    about: "la subasta de Citgo",
    publishedAt: "2025-11-26T09:00:00-04:00",
    title: "Juez aprueba la venta de Citgo",
    text: `El juez Leonard Stark aprobó el martes la venta de PDV Holding a Amber Energy en la corte de Delaware. Venezuela rechazó la decisión.`,
    topics: ["us-venezuela"],
    persons: ["Leonard Stark"],
    orgs: [
      "Citgo",
      "PDV Holding",
      "Amber Energy",
      "US District Court for the District of Delaware",
    ],
    places: ["Venezuela"],
    dates: ["2025-11-25"],
    events: [
      ["court-ruling", ["Leonard Stark"], [], "2025-11-25"],
      ["asset-sale", [], ["PDV Holding"], "2025-11-25"],
      ["statement", ["Venezuela"], []],
    ],
  },
  {
    about: "dos hermanos con un apellido",
    publishedAt: "2021-11-21T09:00:00-04:00",
    title: "Cuatro años presos",
    text: `Los hermanos José Luis y Alirio Zambrano cumplen este domingo cuatro años presos en Caracas por el caso Citgo. La esposa de Gustavo Cárdenas, María Elena Cárdenas, pidió a Joe Biden que actúe.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: [
      "José Luis Zambrano",
      "Alirio Zambrano",
      "Gustavo Cárdenas",
      "María Elena Cárdenas",
      "Joe Biden",
    ],
    orgs: ["Citgo"],
    places: ["Caracas"],
    dates: ["2021-11-21"],
    notEvents: ["release"],
  },
  {
    about: "fuera de tema: el béisbol",
    publishedAt: "2026-03-18T09:00:00-04:00",
    title: "Venezuela gana el Clásico Mundial a Estados Unidos",
    text: `La selección de béisbol venció 3-2 el martes en Miami. El lanzador Andrés Machado fue el héroe. En Caracas hubo fiesta hasta el amanecer.`,
    topics: [],
    persons: ["Andrés Machado"],
    orgs: [],
    places: ["Venezuela", "United States", "Miami", "Caracas"],
    dates: ["2026-03-17"],
  },
  {
    about: "fuera de tema: el plátano maduro y el cabello",
    publishedAt: "2022-06-01T09:00:00-04:00",
    title: "Plátano maduro para el cabello: una receta",
    text: `Mezcle un plátano maduro con miel y aplíquelo sobre el cabello durante diez minutos. La receta es de la cocinera Rosa Ibáñez, de Sevilla.`,
    topics: [],
    persons: ["Rosa Ibáñez"],
    orgs: [],
    places: ["Sevilla"],
    dates: [],
  },
  {
    about: "fuera de tema: la JEP colombiana",
    publishedAt: "2022-06-01T09:00:00-05:00",
    title: "La JEP imputa a exmilitares",
    text: `La Jurisdicción Especial para la Paz (JEP) imputó el martes a diez exmilitares en Bogotá. El magistrado Óscar Parra leyó la decisión.`,
    topics: [],
    persons: ["Óscar Parra"],
    orgs: ["JEP"],
    places: ["Bogotá"],
    dates: ["2022-05-31"],
  },
];
