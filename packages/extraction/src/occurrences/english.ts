import { custody } from "./english-custody.ts";
import { inflectedEnglish } from "./inflect.ts";
import { type Trigger, triggers } from "./trigger.ts";

/** More specific triggers first: the first that claims its words keeps them. */
const listed: readonly Trigger[] = [
  ...custody,
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
    [
      "past",
      "hit ~~ with ~ sanctions, hit ~~ with sanctions, added ~~ to ~ sanctions list, added ~~ to ~ blacklist, put ~~ on ~ sanctions list, placed ~~ on ~ sanctions list, targeted ~~ with ~ sanctions, penalized, penalised, blocked ~ property of, frozen ~ assets of",
    ],
    [
      "past",
      [
        "bars",
        "barring",
        "blocking",
        "banning",
        "bans",
        "freezing",
        "freezes",
        "blocks",
        "prohibiting",
        "prohibits",
        "imposing",
      ]
        .flatMap((verb) => [`signed ~ order ~ ${verb}`, `issued ~ order ~ ${verb}`])
        .join(", "),
    ],
    [
      "participle",
      "targeted by ~ sanctions, placed on ~ sanctions list, put on ~ sanctions list, placed on ~ blacklist, frozen",
    ],
    [
      "noun",
      "sanctions were imposed on, sanctions have been imposed on, sanctions imposed on, sanctions had been imposed on, sanctions were slapped on, imposition of sanctions on, designation of, blacklisting of",
    ],
    ["participle", "hit with ~ sanctions, placed under sanctions, added to ~ sanctions list"],
    ["headline", "sanctions, imposes ~ sanctions on, slaps ~ sanctions on, blacklists"],
  ),
  ...triggers(
    "negotiate",
    "anyone",
    [
      "past",
      "flew ~~ for talks with, traveled ~~ for talks with, travelled ~~ for talks with, met ~~ for talks with, held ~ talks, held ~ negotiations, held ~ discussions with, held ~ discussions, sat down for talks with, entered ~ talks with, talks ~ resumed, talks ~ began, talks ~ opened, negotiated ~ exchange, negotiated ~ swap, negotiated ~ release, negotiated ~ deal, negotiated with, held talks with, held ~ talks with, resumed talks with, opened talks with, mediated between, began talks with",
    ],
    [
      "past",
      "opened talks, began talks, launched talks, opened dialogue, resumed dialogue, held talks, resumed talks, resumed negotiations, held negotiations, began negotiations, opened negotiations",
    ],
    [
      "past",
      "mediated ~~ between, brokered ~ deal, brokered ~ talks, mediated for, mediated, signed ~ agreement with, signed ~ agreement, signed ~ accord, reached ~ agreement with",
    ],
    [
      "noun",
      "talks with, talks between, negotiations with, negotiations between, dialogue between, discussions with, discussions between, mediation between",
    ],
    ["headline", "holds talks with, hold talks, resume talks"],
  ),
  ...triggers(
    "meet",
    "anyone",
    [
      "past",
      "met ~ with, spoke by phone with, spoke with, spoke by telephone with, talked by phone with, talked with, conferred with, shook hands with, held ~ meetings with, held ~ call with, sat across ~ from, sat across from, spent ~ with, paid ~ visit to, saw, dined with, met with, met, embraced, greeted, hugged, received, sat down with, held ~ meeting with, held meetings with, hosted, visited",
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
    [
      "participle",
      "received ~ by, seen by, welcomed ~ by, greeted ~ by, received by, welcomed by, greeted by, hosted by, embraced by, visited by",
    ],
    ["purpose", "to meet with, to meet, to visit, to see, to sit down with"],
    ["headline", "meets with, meets, meet with, visits"],
    [
      "noun",
      "meeting with, meetings with, meeting between, meeting of, encounter with, encounter between, visit to, visit by, visit of, trip to, audience with, conversation with, conversation between",
    ],
  ),
  // Where and when a meeting that the article tells of took place; nothing by itself.
  ...triggers("meet", "nothing", ["noun", "the meeting, the visit, the encounter, the trip"]),
  ...triggers(
    "asset-sale",
    "body",
    ["participle", "sold to, bought by, acquired by, awarded to, auctioned off"],
    ["noun", "sale of, auction of, takeover of, acquisition of, transfer of shares, purchase of"],
    ["past", "sold ~ assets, sold ~ stake, sold ~ shares, sold ~ refinery"],
    ["verb", "sold, auctioned"],
    ["past", "bought, acquired, agreed ~ to buy, agreed ~ to sell, agreed to buy, agreed to sell"],
  ),
  ...triggers(
    "court-ruling",
    "nothing",
    [
      "past",
      "issued ~ arrest warrant for, issued ~ arrest warrants for, issued ~ warrant for, ruled, ordered, dismissed, upheld, overturned, affirmed, decided, approved, declined ~ to take up, declined ~ to hear, declined ~ to review, refused ~ to hear, agreed to hear, annulled, voided, suspended, quashed, reversed, halted, barred, denied, granted, rejected, blocked, threw out, adopted, struck down, vacated, found that, found ~ liable",
    ],
    ["headline", "rules, orders, upholds, dismisses, rejects, approves, blocks"],
    [
      "participle",
      "upheld by, dismissed by, rejected by, overturned by, approved by, voided by, annulled by, suspended by, ordered by",
    ],
  ),
  ...triggers(
    "election",
    "nothing",
    [
      "past",
      "won ~ primary, won ~ term, won ~ presidency, won ~ mandate, won ~ race, won ~ governorship, won ~ referendum, won ~ election, won ~ elections, won reelection, won re - election, won ~ vote, swept ~ elections, voted in, went to the polls, voted on, voted for, cast ballots",
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
      'condemned, denounced, recognized, recognised, accused, criticized, criticised, refused to recognize, refused to recognise, refuse to recognize, refuses to recognize, declined to recognize, voted to recognize, voted to recognise, repudiated, declared, rejected, lashed out at, hit out at, took aim at, railed against, called ~ “, called ~ ", labeled ~ “, demanded, blamed, blasted, slammed, decried, deplored, branded, lambasted, rebuked, assailed, protested',
    ],
    [
      "past",
      [
        "sham",
        "farce",
        "travesty",
        "fraud",
        "mockery",
        "theft",
        "disgrace",
        "outrage",
        "coup",
        "crime",
        "provocation",
      ]
        .map((noun) => `called ~~ a ${noun}, called ~~ an ${noun}`)
        .concat(
          "called ~~ illegitimate, called ~~ unlawful, called ~~ illegal, called ~~ unjust, called ~~ arbitrary, called ~~ shameful",
        )
        .join(", "),
    ],
    [
      "headline",
      "slams, blasts, blames, hails, condemns, denounces, recognizes, recognises, accuses, demands, rejects",
    ],
    [
      "participle",
      "condemned ~ by, denounced ~ by, condemned by, denounced by, recognized by, recognised by, criticized by, accused by",
    ],
  ),
];

export const english: readonly Trigger[] = [...listed, ...inflectedEnglish(listed)];
