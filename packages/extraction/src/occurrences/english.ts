import { type Trigger, triggers } from "./trigger.ts";

/** More specific triggers first: the first that claims its words keeps them. */
export const english: readonly Trigger[] = [
  ...triggers(
    "reimprison",
    "person",
    ["participle", "taken back to prison, taken back to jail"],
    [
      "participle",
      "taken back into custody, returned to prison, returned to jail, returned to custody",
    ],
    [
      "participle",
      "sent back to prison, sent back to jail, hauled back to prison, hauled back to jail",
    ],
    [
      "participle",
      ["taken", "returned", "sent", "moved", "driven", "transferred", "brought", "led"]
        .flatMap((verb) =>
          ["prison", "jail", "custody", "detention", "el helicoide"].flatMap((where) => [
            `${verb} ~~ back to ${where}`,
            `${verb} ~~ back into ${where}`,
          ]),
        )
        .join(", "),
    ],
    [
      "past",
      ["took", "returned", "sent", "moved", "drove", "transferred", "brought", "led"]
        .flatMap((verb) =>
          ["prison", "jail", "custody", "detention", "el helicoide"].flatMap((where) => [
            `${verb} ~~ back to ${where}`,
            `${verb} ~~ back into ${where}`,
          ]),
        )
        .join(", "),
    ],
    [
      "past",
      "returned ~ to prison, returned ~ to jail, returned ~ to custody, returned ~ to their cells, put ~ back behind bars",
    ],
    [
      "participle",
      "moved back to prison, moved back to jail, transferred back to prison, arrested again, detained again, jailed again",
    ],
    ["affected", "back in prison, back in jail, back behind bars, back in custody"],
    [
      "verb",
      "rearrested, re - arrested, re - jailed, rejailed, reimprisoned, re - imprisoned, re - detained",
    ],
  ),
  ...triggers(
    "house-arrest",
    "person",
    [
      "participle",
      "moved ~~ to house arrest, moved ~~ into house arrest, transferred ~~ to house arrest, taken ~~ to house arrest, shifted ~~ to house arrest",
    ],
    [
      "participle",
      "placed under house arrest, put under house arrest, granted house arrest, released ~ to house arrest, released ~ into house arrest, released ~ on house arrest",
    ],
    [
      "participle",
      "sent ~ to house arrest, given house arrest, switched to house arrest, allowed ~ house arrest",
    ],
    ["past", "granted house arrest to, placed ~ under house arrest, put ~ under house arrest"],
    [
      "past",
      "moved ~~ to house arrest, transferred ~~ to house arrest, let ~ serve ~ under house arrest",
    ],
    ["headline", "moves ~ to house arrest, move ~ to house arrest, puts ~ under house arrest"],
    ["affected", "left prison for house arrest"],
  ),
  ...triggers(
    "prisoner-swap",
    "anyone",
    ["verb", "swapped"],
    ["participle", "exchanged for, traded for, exchanged, traded"],
    ["past", "traded ~ for, exchanged ~ for"],
    [
      "noun",
      "prisoner swap, prisoner exchange, prisoners swap, swap of prisoners, exchange of prisoners",
    ],
  ),
  ...triggers(
    "release",
    "person",
    ["verb", "released, freed, liberated, pardoned, set free"],
    [
      "affected",
      "walked free, walked out of ~ prison, walked out of ~ jail, walked out of ~ cell, walked out of ~ helicoide, left ~ helicoide, returned home, arrived home, came home, left prison, regained ~ freedom, regained ~ liberty, landed ~ on us soil",
    ],
    [
      "past",
      "brought ~ home, flew ~ home, secured ~ release of, won ~ release of, obtained ~ release of, let go of, let ~ go, let go, granted ~ clemency to",
    ],
    ["participle", "let go, allowed to leave, allowed to go home, flown home, flown to ~ after"],
    ["headline", "releases, frees, pardons"],
    ["noun", "release, liberation"],
  ),
  ...triggers(
    "extradite",
    "person",
    ["verb", "extradited"],
    [
      "participle",
      "handed over to us, flown to the united states to face, put on ~ plane ~~ face, flown ~~ face, sent ~~ face",
    ],
    ["past", "handed over"],
    ["headline", "extradites"],
    ["noun", "extradition"],
  ),
  ...triggers(
    "convict",
    "person",
    ["verb", "convicted, sentenced"],
    [
      "participle",
      "found guilty, given ~ prison sentence, given ~ prison sentences, handed ~ prison sentence, handed ~ prison sentences",
    ],
    ["past", "found ~ guilty, handed down ~ sentences, handed down ~ sentence"],
    ["headline", "convicts, sentences"],
    ["noun", "conviction, sentencing"],
  ),
  ...triggers(
    "arrest",
    "person",
    [
      "verb",
      "arrested, detained, captured, apprehended, rounded up, nabbed, jailed, imprisoned, abducted",
    ],
    [
      "participle",
      "taken into custody, hauled away, led away in handcuffs, thrown in jail, locked up",
    ],
    ["past", "took ~ into custody, picked up, rounded up, seized"],
    [
      "participle",
      "held since, jailed since, imprisoned since, detained since, in custody since, seized, picked up by, taken prisoner, taken by, thrown into ~ cell, put behind bars",
    ],
    // Raids by men in uniform or masks: what the press writes before the word "arrest" is official.
    [
      "participle",
      [
        "stormed",
        "ambushed",
        "swarmed",
        "surrounded",
        "seized",
        "grabbed",
        "whisked away",
        "dragged away",
      ]
        .flatMap((verb) =>
          ["officers", "agents", "police", "soldiers", "men"].map((who) => `${verb} by ~ ${who}`),
        )
        .join(", "),
    ],
    ["headline", "arrests, detains, captures, jails"],
    ["noun", "arrest, arrests, detention, capture, imprisonment"],
  ),
  ...triggers(
    "sanction-relief",
    "nothing",
    ["past", "authorized, authorised, allowed, cleared, gave ~ license, gave ~ licence"],
    [
      "past",
      "lifted ~ sanctions, eased ~ sanctions, suspended ~ sanctions, waived ~ sanctions, relaxed ~ sanctions, loosened ~ sanctions",
    ],
    [
      "past",
      "issued ~ license, issued ~ licence, issued ~ licenses, issued ~ licences, granted ~ license, granted ~ licence",
    ],
    [
      "past",
      "extended ~ license, extended ~ licence, renewed ~ license, renewed ~ licence, removed ~ sanctions",
    ],
    ["past", "removed ~ from ~ sanctions list, delisted"],
    [
      "affected",
      "received ~ license, received ~ licence, obtained ~ license, obtained ~ licence, got ~ license, granted ~ license to, given ~ license to, removed from ~ sanctions list",
    ],
    [
      "past",
      "sanctions ~ lifted, sanctions ~ eased, sanctions ~ suspended, license ~ issued, license ~ extended, license ~ renewed",
    ],
    [
      "headline",
      "lifts ~ sanctions, eases ~ sanctions, issues ~ license, extends ~ protection, issues ~ licence, extends ~ license, renews ~ license",
    ],
    ["noun", "sanctions relief, easing of sanctions, lifting of sanctions"],
  ),
  ...triggers(
    "sanction",
    "anyone",
    ["verb", "sanctioned, blacklisted"],
    ["past", "designated, froze ~ assets of, blocked ~ assets of"],
    [
      "past",
      "reimposed ~ sanctions, restored ~ sanctions, reinstated ~ sanctions, snapped ~ sanctions back",
    ],
    [
      "past",
      ["license", "licence"]
        .map(
          (paper) =>
            `let ~ ${paper} ~ lapse, let ~ ${paper} ~ expire, allowed ~ ${paper} ~ to lapse, allowed ~ ${paper} ~ to expire, revoked ~ ${paper}, did not renew ~ ${paper}, would not renew ~ ${paper}, will not renew ~ ${paper}, declined to renew ~ ${paper}, refused to renew ~ ${paper}`,
        )
        .join(", "),
    ],
    [
      "headline",
      "reimposes ~ sanctions, lets ~ license ~ lapse, lets ~ license ~ expire, revokes ~ license",
    ],
    [
      "past",
      "extended ~ sanctions on, extended ~ sanctions against, broadened ~ sanctions on, expanded ~ sanctions on, renewed ~ sanctions on, tightened ~ sanctions on, imposed ~ sanctions on, imposed ~ sanctions against, slapped ~ sanctions on, placed ~ sanctions on, announced ~ sanctions on, announced ~ sanctions against, levied ~ sanctions against, levied ~ sanctions on",
    ],
    ["participle", "hit with ~ sanctions, placed under sanctions, added to ~ sanctions list"],
    ["headline", "sanctions, imposes ~ sanctions on, slaps ~ sanctions on, blacklists"],
  ),
  ...triggers(
    "negotiate",
    "anyone",
    [
      "past",
      "negotiated with, held talks with, held ~ talks with, resumed talks with, opened talks with, mediated between, began talks with",
    ],
    [
      "past",
      "opened talks, began talks, launched talks, opened dialogue, resumed dialogue, held talks, resumed talks, resumed negotiations, held negotiations, began negotiations, opened negotiations",
    ],
    [
      "past",
      "mediated ~~ between, brokered ~ deal, brokered ~ talks, mediated for, mediated, signed ~ agreement with, signed ~ agreement, signed ~ accord, reached ~ agreement with",
    ],
    ["noun", "talks with, talks between, negotiations with, negotiations between"],
    ["headline", "holds talks with, hold talks, resume talks"],
  ),
  ...triggers(
    "meet",
    "anyone",
    [
      "past",
      "met with, met, embraced, greeted, hugged, received, sat down with, held ~ meeting with, held meetings with, hosted, visited",
    ],
    [
      "past",
      "able to visit, able to meet with, able to meet, able to see, allowed to visit, managed to visit, managed to meet",
    ],
    [
      "past",
      "traveled to ~ to meet with, travelled to ~ to meet with, flew to ~ to meet with, traveled to ~ to meet, travelled to ~ to meet, flew to ~ to meet",
    ],
    ["past", "traveled to ~ to visit, travelled to ~ to visit, flew to ~ to visit"],
    ["past", "traveled to, travelled to, flew to, arrived in, landed in, flew into"],
    ["participle", "received by, welcomed by, greeted by, hosted by, embraced by, visited by"],
    ["headline", "meets with, meets, meet with, visits"],
    ["noun", "meeting with, meeting between, encounter with, visit to"],
  ),
  ...triggers(
    "asset-sale",
    "body",
    ["noun", "sale of, auction of, takeover of, acquisition of, transfer of shares, purchase of"],
    ["verb", "sold, auctioned"],
    ["past", "bought, acquired, agreed to buy, agreed to sell"],
  ),
  ...triggers(
    "court-ruling",
    "nothing",
    [
      "past",
      "issued ~ arrest warrant for, issued ~ arrest warrants for, issued ~ warrant for, ruled, ordered, dismissed, upheld, overturned, affirmed, decided, approved, denied, granted, rejected, blocked, threw out, adopted, struck down, vacated, found that, found ~ liable",
    ],
    ["headline", "rules, orders, upholds, dismisses, rejects, approves, blocks"],
    ["participle", "upheld by, dismissed by, rejected by, overturned by, approved by"],
  ),
  ...triggers(
    "election",
    "nothing",
    [
      "past",
      "won ~ primary, won ~ term, won ~ presidency, won ~ mandate, won ~ race, won ~ governorship, won ~ referendum, won ~ election, won ~ elections, won reelection, won re - election, won ~ vote, swept ~ elections, voted in, went to the polls",
    ],
    [
      "participle",
      "reelected, re - elected, elected president, declared ~ winner, proclaimed ~ winner",
    ],
    [
      "past",
      "proclaimed ~ president, declared ~ winner, certified ~ winner, elections ~ held, election ~ held, elections took place, election took place, vote ~ held, vote took place",
    ],
    ["past", "held ~ elections, held ~ election, declared ~ the winner, proclaimed ~ the winner"],
    ["noun", "election, elections, poll, vote, referendum"],
  ),
  ...triggers(
    "statement",
    "anyone",
    [
      "past",
      "condemned, denounced, recognized, recognised, accused, criticized, criticised, welcomed, praised, repudiated, declared, rejected, called on, called ~ “, labeled ~ “, demanded, blamed, blasted, slammed, decried, deplored, hailed, congratulated, branded, congratulates",
    ],
    [
      "headline",
      "slams, blasts, blames, hails, condemns, denounces, recognizes, recognises, accuses, demands, rejects",
    ],
    [
      "participle",
      "condemned by, denounced by, recognized by, recognised by, criticized by, accused by",
    ],
  ),
];
