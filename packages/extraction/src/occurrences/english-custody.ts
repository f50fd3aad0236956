import { type Trigger, triggers } from "./trigger.ts";

/** Taken, tried, moved, freed: more specific triggers first. */
export const custody: readonly Trigger[] = [
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
      backInside("taken", "returned", "sent", "moved", "driven", "transferred", "brought", "led"),
    ],
    [
      "past",
      backInside("took", "returned", "sent", "moved", "drove", "transferred", "brought", "led"),
    ],
    [
      "past",
      "returned ~ to prison, returned ~ to jail, returned ~ to custody, returned ~ to their cells, put ~ back behind bars",
    ],
    [
      "participle",
      "moved back to prison, moved back to jail, transferred back to prison, arrested again, detained again, jailed again",
    ],
    [
      "affected",
      "back in el helicoide, back at el helicoide, back in the helicoide, back in their cells, back in prison, back in jail, back behind bars, back in custody",
    ],
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
      "participle",
      "let out, granted clemency, granted ~ pardon, given ~ pardon, given clemency, let out of ~ jail, let out of ~ prison, granted freedom, allowed to leave ~ prison, allowed to return home, reunited with ~ families, handed over to ~ relatives",
    ],
    [
      "affected",
      "walked free, went free, was allowed home, were allowed home, stepped off ~ plane, walked out of ~ prison, walked out of ~ jail, walked out of ~ cell, walked out of ~ helicoide, left ~ helicoide, returned home, arrived home, came home, left prison, regained ~ freedom, regained ~ liberty, landed ~ on us soil",
    ],
    [
      "past",
      "granted clemency ~ to, granted ~ clemency ~ to, granted ~ pardon ~ to, granted ~ pardons ~ to, brought ~ home, flew ~ home, secured ~ release of, won ~ release of, obtained ~ release of, let go of, let ~ go, let go, granted ~ clemency to",
    ],
    ["participle", "let go, allowed to leave, allowed to go home, flown home, flown to ~ after"],
    ["headline", "releases, frees, pardons"],
    [
      "past",
      "secured ~ freedom of, won ~ freedom of, ordered ~ release of, gave ~ pardon to, commuted ~ sentence of, commuted ~ sentences of, released ~ from",
    ],
    ["noun", "release, releases, liberation, freeing, pardon"],
  ),
  ...triggers(
    "extradite",
    "person",
    ["verb", "extradited"],
    [
      "participle",
      "handed over to us, flown to the united states to face, put on ~ plane ~~ face, flown ~~ face, sent ~~ face",
    ],
    [
      "past",
      "handed ~ over to us, handed ~ over to american, handed over ~ to us, handed over ~ to the united states, surrendered ~ to us",
    ],
    ["headline", "extradites"],
    ["noun", "extradition"],
  ),
  ...triggers(
    "convict",
    "person",
    [
      "past",
      "gave ~~ years in prison, handed ~~ prison sentence, handed ~~ jail term, imposed ~ sentence on, imposed ~ sentences on, imposed ~ term on, imposed ~ terms on",
    ],
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
      "arrested, detained, captured, apprehended, rounded up, nabbed, jailed, imprisoned, abducted, picked up, kidnapped, intercepted, collared",
    ],
    [
      "participle",
      "taken into custody, briefly held, held by, led away by, taken away by, dragged from, dragged out of, taken from ~ home, taken from ~ homes, taken from ~ house, taken from ~ houses, seized by, hauled away, led away in handcuffs, thrown in jail, locked up",
    ],
    ["past", "took ~ into custody, took ~ prisoner, dragged ~ from, led ~ away, seized"],
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
    ["noun", "arrest, arrests, detention, detentions, capture, imprisonment, jailing, seizure of"],
  ),
];

/** "taken ~~ back to prison" and the like, of all these verbs and places. */
function backInside(...verbs: readonly string[]): string {
  const places = ["prison", "jail", "custody", "detention", "el helicoide"];
  return verbs
    .flatMap((verb) =>
      places.flatMap((place) => [`${verb} ~~ back to ${place}`, `${verb} ~~ back into ${place}`]),
    )
    .join(", ");
}
