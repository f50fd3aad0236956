import type { Expectation } from "./expectation.ts";

export const english: readonly Expectation[] = [
  {
    about:
      "an envoy's visit to the prison, with all six named (our own wording of a known kind of report)",
    publishedAt: "2021-12-10T12:00:00Z",
    title: "Envoy sees the Citgo 6 in their Caracas prison",
    text: `Washington’s chief hostage negotiator, Roger Carstens, was able to visit the six Citgo executives this week, four people told The Associated Press.

Carstens flew to Caracas on Tuesday and left again on Friday. He saw Tomeu Vadell, Jose Luis Zambrano, Alirio Zambrano, Jorge Toledo, Gustavo Cardenas and José Pereira at El Helicoide, a shopping mall that became a jail.

The six men were arrested in 2017 by masked intelligence agents in a meeting room of PDVSA, the state company that owns Citgo.

Carstens also spoke with aides of President Nicolás Maduro, whose rule the United States stopped recognizing when the Trump administration shut the embassy in March 2019 and turned to Juan Guaidó.

The trip came after regional elections that the Biden administration called unfair. “Voters in Venezuela were denied a free choice long before the polls opened,” the State Department said after the vote on Nov. 21.

The Maduro regime has not spoken of the visit.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: [
      "Roger Carstens",
      "Tomeu Vadell",
      "José Luis Zambrano",
      "Alirio Zambrano",
      "Jorge Toledo",
      "Gustavo Cárdenas",
      "José Pereira",
      "Nicolás Maduro",
      "Juan Guaidó",
    ],
    orgs: ["Citgo", "Associated Press", "PDVSA", "State Department"],
    places: ["Caracas", "Washington", "El Helicoide", "United States", "Venezuela"],
    dates: ["2021-12-07", "2021-12-10", "2017", "2019-03", "2021-11-21"],
    events: [
      ["meet", ["Roger Carstens"], ["Citgo 6"], "2021-12-07"],
      ["arrest", [], ["Citgo 6"], "2017"],
    ],
    quotes: [["Voters in Venezuela", "State Department"]],
  },
  {
    about: "a prisoner exchange",
    publishedAt: "2022-10-01T20:00:00Z",
    title: "Seven Americans freed in exchange for two nephews of Cilia Flores",
    text: `Venezuela on Saturday released seven Americans in exchange for two relatives of Cilia Flores who had been held in the United States since 2015.

Among the freed are Tomeu Vadell, Jorge Toledo, José Luis Zambrano, Alirio Zambrano and José Pereira, and a former Marine, Matthew Heath.

“These men will soon be in the arms of their families,” said Joe Biden in a statement.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: [
      "Cilia Flores",
      "Tomeu Vadell",
      "Jorge Toledo",
      "José Luis Zambrano",
      "Alirio Zambrano",
      "José Pereira",
      "Matthew Heath",
      "Joe Biden",
    ],
    orgs: [],
    places: ["Venezuela", "United States"],
    dates: ["2022-10-01", "2015"],
    events: [["prisoner-swap", ["Venezuela"], ["seven Americans"], "2022-10-01"]],
    notEvents: ["arrest"],
    quotes: [["These men will soon", "Joe Biden"]],
  },
  {
    about: "house arrest and the return to prison",
    publishedAt: "2021-10-17T10:00:00Z",
    title: "Venezuela returns Citgo executives to jail",
    text: `CARACAS — The six former Citgo executives were taken back into custody on Saturday, hours after Alex Saab was extradited from Cape Verde to the United States.

They had been moved to house arrest in April. Alirio Rafael Zambrano, a brother of two of them, said that agents of SEBIN came to the doors of the houses.

“It is a message to Washington and nothing else,” Alirio Rafael Zambrano said.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["Alex Saab", "Alirio Rafael Zambrano"],
    orgs: ["Citgo", "SEBIN"],
    places: ["Caracas", "Venezuela", "Cape Verde", "United States", "Washington"],
    dates: ["2021-10-16", "2021-04"],
    events: [
      ["reimprison", [], ["Citgo 6"], "2021-10-16"],
      ["extradite", [], ["Alex Saab"], "2021-10-16"],
    ],
    quotes: [["It is a message to Washington", "Alirio Rafael Zambrano"]],
  },
  {
    about: "a verdict with years",
    publishedAt: "2020-11-27T09:00:00Z",
    title: "Court in Caracas convicts the Citgo 6",
    text: `A judge in Caracas on Thursday sentenced six former executives of Citgo to more than eight years in prison. José Pereira, the former president of the company, was sentenced to 13 years.

Jesús Loreto, a lawyer for Tomeu Vadell, said that he would appeal. “There was not one piece of evidence in this file,” Loreto said.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["José Pereira", "Jesús Loreto", "Tomeu Vadell"],
    orgs: ["Citgo"],
    places: ["Caracas"],
    dates: ["2020-11-26"],
    events: [
      ["convict", [], ["Citgo 6"], "2020-11-26"],
      ["convict", [], ["José Pereira"]],
    ],
    quotes: [["There was not one piece", "Jesús Loreto"]],
  },
  {
    about: "sanctions on a judge and a prosecutor",
    publishedAt: "2020-12-30T18:00:00Z",
    title: "US blacklists Venezuelan judge and prosecutor",
    text: `The Treasury Department imposed sanctions on Lorena Cornielles and Ramón Torres Espinoza on Wednesday over the trial of the Citgo 6.

“An unfair trial cannot be called justice,” Steven Mnuchin said in a statement. Jorge Arreaza rejected the measure on Twitter.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["Lorena Cornielles", "Ramón Torres Espinoza", "Steven Mnuchin", "Jorge Arreaza"],
    orgs: ["Treasury Department", "Citgo"],
    places: ["United States"],
    dates: ["2020-12-30"],
    events: [
      [
        "sanction",
        ["Treasury Department"],
        ["Lorena Cornielles", "Ramón Torres Espinoza"],
        "2020-12-30",
      ],
    ],
    quotes: [["An unfair trial", "Steven Mnuchin"]],
  },
  {
    about: "a licence: relief, not a date in its number",
    publishedAt: "2022-11-26T15:00:00Z",
    title: "Chevron allowed to pump oil in Venezuela again",
    text: `OFAC issued General License 41 on Saturday, which lets Chevron resume limited work with PDVSA in Venezuela.

The step followed talks in Mexico City between the government and the opposition. The license will expire on May 26.`,
    topics: ["us-venezuela"],
    persons: [],
    orgs: ["OFAC", "Chevron", "PDVSA"],
    places: ["Venezuela", "Mexico City"],
    dates: ["2022-11-26", "2023-05-26"],
    events: [["sanction-relief", ["OFAC"], [], "2022-11-26"]],
    notEvents: ["sanction"],
  },
  {
    about: "the sale of Citgo before a court",
    publishedAt: "2025-11-26T11:00:00Z",
    title: "Judge approves sale of Citgo parent to Amber Energy",
    text: `WILMINGTON, Del. — U.S. District Judge Leonard Stark approved the sale of PDV Holding to Amber Energy on Tuesday, after eight years of litigation that Crystallex began in 2017.

Lawyers for Venezuela said they would ask the Third Circuit to block it.`,
    topics: ["us-venezuela"],
    persons: ["Leonard Stark"],
    orgs: ["Citgo", "PDV Holding", "Amber Energy", "Crystallex", "Third Circuit"],
    places: ["Wilmington", "United States", "Venezuela", "Delaware"],
    dates: ["2025-11-25", "2017"],
    events: [
      ["asset-sale", [], ["PDV Holding"], "2025-11-25"],
      ["court-ruling", ["Leonard Stark"], [], "2025-11-25"],
    ],
  },
  {
    about: "demands, hopes and plans are no occurrences",
    publishedAt: "2021-06-14T10:00:00Z",
    title: "Families of the Citgo 6 demand their release",
    text: `Relatives of the Citgo 6 demanded the release of the men on Monday and asked Antony Blinken to meet them in Washington.

Cristina Vadell said that her father could be freed at any time if both governments wanted it. “We will not stop until he is home,” she said.

Bill Richardson plans to travel to Caracas next month and hopes that the six will be released. No one has been exchanged so far.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["Antony Blinken", "Cristina Vadell", "Bill Richardson"],
    orgs: ["Citgo"],
    places: ["Washington", "Caracas"],
    dates: ["2021-06-14", "2021-07"],
    notEvents: ["release", "prisoner-swap", "meet", "arrest"],
    quotes: [["We will not stop", "Cristina Vadell"]],
  },
  {
    about: "two brothers with one surname",
    publishedAt: "2026-01-20T10:00:00Z",
    title: "Brothers sue Citgo for 400 million dollars",
    text: `José Luis and Alirio Zambrano, who were detained in Venezuela for five years, sued Citgo in a court in Houston last week.

Their lawyer, Randy Sorrels, said the company had abandoned its own people. Zambrano declined to comment.`,
    topics: ["citgo-6", "us-venezuela"],
    persons: ["José Luis Zambrano", "Alirio Zambrano", "Randy Sorrels"],
    orgs: ["Citgo"],
    places: ["Venezuela", "Houston"],
    dates: ["2026-01"],
    events: [["arrest", [], ["José Luis Zambrano", "Alirio Zambrano"]]],
  },
  {
    about: "three men called Saab and Saad",
    publishedAt: "2023-12-21T10:00:00Z",
    title: "Ten Americans come home",
    text: `Ten Americans, among them Savoi Wright and Jason Saad, landed in San Antonio on Wednesday after the United States freed Alex Saab.

In Caracas, Tarek William Saab, the attorney general, praised the agreement. Saab did not take questions.`,
    topics: ["us-venezuela"],
    persons: ["Savoi Wright", "Jason Saad", "Alex Saab", "Tarek William Saab"],
    orgs: [],
    places: ["San Antonio", "United States", "Caracas"],
    dates: ["2023-12-20"],
    events: [["release", ["United States"], ["Alex Saab"]]],
  },
  {
    about: "a meeting at the palace",
    publishedAt: "2025-02-01T08:00:00Z",
    title: "Six Americans fly home after Grenell meets Maduro",
    text: `Richard Grenell met with Nicolás Maduro at Miraflores Palace on Friday and flew home with six Americans on his plane, among them David Estrella, a New Yorker arrested in September 2024.

Donald Trump had said before the trip that no deal would be offered to Venezuela.`,
    topics: ["us-venezuela"],
    persons: ["Richard Grenell", "Nicolás Maduro", "David Estrella", "Donald Trump"],
    orgs: [],
    places: ["Miraflores", "Venezuela"],
    dates: ["2025-01-31", "2024-09"],
    events: [
      ["meet", ["Richard Grenell"], ["Nicolás Maduro"], "2025-01-31"],
      ["arrest", [], ["David Estrella"], "2024-09"],
    ],
    notEvents: ["negotiate"],
  },
  {
    about: "a disputed election",
    publishedAt: "2024-07-30T08:00:00Z",
    title: "Doubts over Venezuela’s vote",
    text: `Venezuela’s National Electoral Council declared Nicolás Maduro the winner of the election on July 28, but published no tallies.

Edmundo González and María Corina Machado said that their copies show another result. González went into hiding. The United States condemned the announcement.`,
    topics: ["us-venezuela"],
    persons: ["Nicolás Maduro", "Edmundo González", "María Corina Machado"],
    orgs: ["National Electoral Council"],
    places: ["Venezuela", "United States"],
    dates: ["2024-07-28"],
    events: [
      ["election", [], ["Nicolás Maduro"], "2024-07-28"],
      ["statement", ["United States"], []],
    ],
  },
  {
    about: "off topic: the final of a ball game",
    publishedAt: "2026-03-18T08:00:00Z",
    title: "Venezuela beats United States 3-2 in World Baseball Classic final",
    text: `Andrés Machado struck out the last batter in Miami on Tuesday, and Venezuela won its first title. Fans filled the squares of Caracas and Maracaibo.

“My grandmother is dancing,” Machado said.`,
    topics: [],
    persons: ["Andrés Machado"],
    orgs: [],
    places: ["Venezuela", "United States", "Miami", "Caracas", "Maracaibo"],
    dates: ["2026-03-17"],
    quotes: [["My grandmother is dancing", "Andrés Machado"]],
  },
  {
    about: "off topic: the sign above the ball park",
    publishedAt: "2022-05-02T08:00:00Z",
    title: "Citgo sign over Fenway to go dark for repairs",
    text: `Boston’s best-known advertisement will be dark for a month, Citgo said on Monday. Workers will replace its lamps before June.`,
    topics: [],
    persons: [],
    orgs: ["Citgo"],
    places: ["Boston", "Fenway"],
    dates: ["2022-05-02", "2022-06"],
  },
  {
    about: "off topic: the city in Ohio",
    publishedAt: "2022-03-10T08:00:00Z",
    title: "Toledo, Ohio, opens a new library",
    text: `The mayor of Toledo, Ohio, opened a library on Thursday. Jorge Ramos, who taught there for years, read from his memoir. “Books are bridges,” Ramos said.`,
    topics: [],
    persons: ["Jorge Ramos"],
    orgs: [],
    places: ["Toledo"],
    dates: ["2022-03-10"],
    quotes: [["Books are bridges", "Jorge Ramos"]],
  },
  {
    about: "off topic: a robbery at a petrol station",
    publishedAt: "2022-03-10T08:00:00Z",
    title: "Man arrested after Citgo gas station robbery",
    text: `Police in Tampa arrested a man on Wednesday after a robbery at a Citgo gas station. He was released on bail in the evening.`,
    topics: [],
    persons: [],
    orgs: ["Citgo"],
    places: ["Tampa"],
    dates: ["2022-03-09"],
    notEvents: ["release", "arrest"],
  },
  {
    about: "off topic: a footballer of the same name",
    publishedAt: "2022-03-10T08:00:00Z",
    title: "José Pereira scores twice in Porto",
    text: `José Pereira scored twice for his club on Sunday. The striker, 24, joined in 2020 from a smaller team in Braga.`,
    topics: [],
    persons: ["José Pereira"],
    orgs: [],
    places: ["Braga", "Porto"],
    dates: ["2022-03-06", "2020"],
  },
  {
    about: "persons and bodies that the knowledge base does not have",
    publishedAt: "2023-04-05T08:00:00Z",
    title: "Ports authority head resigns",
    text: `Helena Brandt, 58, the director of the Northern Ports Authority, resigned on Tuesday, the Ministry of Transport said.

Her deputy, Tomas Lindqvist, will replace her. “I leave with a clear conscience,” Brandt told the Harbour Workers Union.`,
    topics: [],
    persons: ["Helena Brandt", "Tomas Lindqvist"],
    orgs: ["Northern Ports Authority", "Ministry of Transport", "Harbour Workers Union"],
    places: [],
    dates: ["2023-04-04"],
    quotes: [["I leave with a clear", "Helena Brandt"]],
  },
  {
    about: "captured and brought before a court in New York",
    publishedAt: "2026-01-06T08:00:00Z",
    title: "Maduro pleads not guilty in New York",
    text: `Nicolás Maduro and his wife, Cilia Flores, were captured by US forces in Caracas on Saturday. On Monday they pleaded not guilty before Judge Alvin Hellerstein in Manhattan.

Delcy Rodríguez was sworn in as acting president of Venezuela. “Our people ask for their president back,” Rodríguez said.`,
    topics: ["us-venezuela"],
    persons: ["Nicolás Maduro", "Cilia Flores", "Alvin Hellerstein", "Delcy Rodríguez"],
    orgs: [],
    places: ["New York", "Caracas", "Manhattan", "Venezuela", "United States"],
    dates: ["2026-01-03", "2026-01-05"],
    events: [["arrest", [], ["Nicolás Maduro", "Cilia Flores"], "2026-01-03"]],
    quotes: [["Our people ask", "Delcy Rodríguez"]],
  },
];
