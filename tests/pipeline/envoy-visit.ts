/** The events of December 2021 in our own words: what one article tells, and what the ledger must make of it. */
export const envoyVisit = {
  headline: {
    title: "American hostage envoy sees the Citgo 6 in their Caracas jail",
    path: "/2021/12/10/envoy-sees-citgo-6",
    publishedAt: "2021-12-10T15:00:00Z",
    summary:
      "Washington's envoy for hostage affairs made an unannounced trip to Venezuela this week.",
  },
  paragraphs: [
    "Roger Carstens, the United States envoy for hostage affairs, flew to Venezuela on Tuesday aboard a chartered plane and left the country on Friday, four people with knowledge of the trip told us.",
    "Carstens met with six Citgo executives, Tomeu Vadell, José Luis Zambrano, Alirio Zambrano, Jorge Toledo, Gustavo Cárdenas and José Pereira, at El Helicoide, a prison in the Venezuelan capital that was first planned as a shopping mall.",
    "The six oil executives were arrested in 2017 by masked agents in a meeting room of PDVSA, the state oil company that owns Citgo. The Associated Press was first to report the visit.",
    "A person who was present called the ninety-minute conversation “a very moving hour and a half for all of us”. Carstens also spoke with officials of President Nicolás Maduro, whom he did not name.",
    "No American official is known to have come to the country since the embassy in Caracas was closed in March 2019, when the United States recognized the opposition leader Juan Guaidó as its president. Oil sanctions followed.",
    "The journey came after a regional vote that the State Department criticised. “The result was decided long before anybody could cast a ballot,” the State Department said after the election of Nov. 21.",
  ],
  persons: [
    "Alirio Zambrano",
    "Gustavo Cárdenas",
    "Jorge Toledo",
    "José Luis Zambrano",
    "José Pereira",
    "Juan Guaidó",
    "Nicolás Maduro",
    "Roger Carstens",
    "Tomeu Vadell",
  ],
  organisations: ["Associated Press", "Citgo", "PDVSA", "State Department"],
  places: ["Caracas", "El Helicoide", "United States", "Venezuela"],
  dates: ["2017", "2019-03", "2021-11-21", "2021-12-07", "2021-12-10"],
} as const;
