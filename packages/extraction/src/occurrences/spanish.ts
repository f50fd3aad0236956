import { inflectedSpanish } from "./inflect.ts";
import { custody } from "./spanish-custody.ts";
import { forms } from "./spanish-forms.ts";
import { type Trigger, triggers } from "./trigger.ts";

/** "después de que recibiera a …": of each preterite its past subjunctive; factual.ts says when that tells a fact. */
const subjunctives = (all: readonly Trigger[]): Trigger[] =>
  all.flatMap((trigger) => {
    const at = trigger.words.findIndex((word) => /(?:aron|ieron|eron)$/.test(word));
    if (trigger.voice !== "past" || at < 0) return [];
    const stem = (trigger.words[at] ?? "").replace(/ron$/, "");
    return [`${stem}ra`, `${stem}ran`].map((word) => ({
      ...trigger,
      words: trigger.words.with(at, word),
    }));
  });

/** More specific triggers first: the first that claims its words keeps them. */
const indicative: readonly Trigger[] = [
  ...custody,
  ...triggers(
    "sanction-relief",
    "nothing",
    [
      "past",
      "autorizó a, permitió a, autorizó que, sacó ~~ de la lista de sanciones, sacó ~~ de la lista de sancionados, sacó ~~ de la lista negra, excluyó ~~ de la lista, retiró ~~ de la lista de sanciones, eliminó ~~ de la lista",
    ],
    [
      "past",
      [
        "levantó",
        "levantaron",
        "alivió",
        "suspendió",
        "suspendieron",
        "flexibilizó",
        "eliminó",
        "retiró",
      ]
        .map((w) => `${w} ~ sanciones`)
        .join(", "),
    ],
    [
      "past",
      [
        "emitió",
        "emitieron",
        "otorgó",
        "otorgaron",
        "renovó",
        "prorrogó",
        "extendió",
        "concedió",
        "amplió",
      ]
        .map((w) => `${w} ~ licencia, ${w} ~ licencias`)
        .join(", "),
    ],
    [
      "affected",
      "obtuvo ~ licencia, recibió ~ licencia, recibió ~ permiso, obtuvo ~ permiso, consiguió ~ licencia, fue autorizada ~ a, fue autorizado ~ a",
    ],
    [
      "past",
      "devolvió ~ licencia, devolvió ~ permiso, concedió ~ permiso, otorgó ~ permiso, renovó ~ permiso, dio ~ permiso, dio ~ licencia, dio luz verde a, dio vía libre a, autorizó ~ a, permitió ~ a",
    ],
    [
      "participle",
      `licencia ~ concedida, licencia ~ otorgada, licencia ~ emitida, licencia ~ expedida, permiso ~ concedido, permiso ~ otorgado, sanciones ~ levantadas por, licencia ~~ concedida, licencia ~~ otorgada, licencia ~~ emitida`,
    ],
    [
      "past",
      "sanciones ~ levantadas, sanciones ~ suspendidas, licencia ~ prorrogada, licencia ~ renovada",
    ],
    [
      "headline",
      "levanta ~ sanciones, alivia ~ sanciones, alivia ~~ las sanciones, emite ~ licencia, renueva ~ licencia, prorroga ~ licencia, extiende ~ licencia",
    ],
    [
      "noun",
      "alivio de sanciones, alivio de las sanciones, levantamiento de sanciones, levantamiento de las sanciones",
    ],
  ),
  ...triggers(
    "sanction",
    "anyone",
    [
      "past",
      ["congeló", "bloqueó", "inmovilizó"]
        .flatMap((w) => [
          `${w} ~ activos de`,
          `${w} ~ bienes de`,
          `${w} ~ cuentas de`,
          `${w} ~ activos del`,
        ])
        .concat(
          "incluyó ~ en ~ lista de sancionados, incluyó ~ en ~ lista negra, añadió ~ a ~ lista negra, agregó ~ a ~ lista de sanciones, designó a, castigó con sanciones a",
        )
        .join(", "),
    ],
    [
      "past",
      ["prohíbe", "bloquea", "congela", "impide", "veta", "prohibía", "bloqueaba", "prohibiendo"]
        .flatMap((verb) => [
          `firmó ~ decreto ~ ${verb}`,
          `firmó ~ orden ~ ${verb}`,
          `firmó ~ orden ejecutiva ~ ${verb}`,
        ])
        .join(", "),
    ],
    [
      "noun",
      "imposición de sanciones a, imposición de sanciones contra, sanciones impuestas a, sanciones impuestas contra",
    ],
    ["past", "sancionó, sancionaron"],
    [
      "past",
      "reimpuso ~ sanciones, restableció ~ sanciones, reactivó ~ sanciones, prorrogó ~ sanciones contra, extendió ~ sanciones contra, amplió ~ sanciones contra, prorrogó ~ sanciones, renovó ~ sanciones, volvió a imponer ~ sanciones",
    ],
    [
      "past",
      [
        "dejó vencer",
        "dejó expirar",
        "dejó caducar",
        "revocó",
        "no renovó",
        "no renovará",
        "no renovaría",
        "no prorrogó",
      ]
        .map((w) => `${w} ~ licencia`)
        .join(", "),
    ],
    [
      "headline",
      "reimpone ~ sanciones, restablece ~ sanciones, deja vencer ~ licencia, revoca ~ licencia",
    ],
    [
      "past",
      ["impuso", "impusieron", "anunció", "anunciaron", "aplicó", "dictó"]
        .map(
          (w) =>
            `${w} ~ sanciones contra, ${w} ~ sanciones a, ${w} ~ sanciones al, ${w} ~ sanciones sobre`,
        )
        .join(", "),
    ],
    [
      "participle",
      `${forms("sancionad")}, incluido en la lista de sanciones, incluidos en la lista de sanciones`,
    ],
    ["headline", "sanciona a, sancionan a, impone ~ sanciones a, impone ~ sanciones contra"],
  ),
  ...triggers("negotiate", "anyone", [
    "noun",
    "mediación entre, contactos con, contactos entre, conversaciones con, conversaciones entre, negociaciones con, negociaciones entre, diálogo con, diálogo entre, diálogos con",
  ]),
  ...triggers("negotiate", "anyone", [
    "past",
    "sostuvo ~ conversaciones con, mantuvo ~ conversaciones con, mantuvieron ~ conversaciones, sostuvieron ~ conversaciones, mantuvo ~ negociaciones con, se sentó a negociar con, se sentaron a negociar, negoció ~ con, conversaciones ~ reanudaron, retomó ~ diálogo, instalaron ~ mesa de ~ diálogo, selló ~ acuerdo con, sellaron ~ acuerdo, negoció con, negociaron con, negociaron, dialogaron con, mediaron, sostuvo conversaciones con, sostuvieron conversaciones, iniciaron ~ conversaciones, abrieron ~ conversaciones, reanudaron ~ conversaciones, entablaron ~ conversaciones, retomaron ~ conversaciones, retomaron ~ diálogo, retomaron ~ negociaciones, iniciaron ~ negociaciones, iniciaron ~ diálogo, reanudaron ~ diálogo, reanudaron ~ negociaciones, firmaron ~ acuerdo, firmó ~ acuerdo con, suscribieron ~ acuerdo",
  ]),
  ...triggers(
    "meet",
    "anyone",
    [
      "past",
      "se entrevistó ~~ con, se entrevistaron ~~ con, conversó ~ con, conversaron ~ con, habló por teléfono con, habló ~ con, dialogó ~ con, se encontró ~ con, se encontraron ~ con, estrechó la mano de, cenó con, almorzó con, mantuvo ~ reunión con, mantuvo ~ encuentro con, celebró ~ reunión con, tuvo ~ reunión con, sostuvo ~ llamada con, vio a, vio al, se vio con, se vieron con, conversó con, dialogó con, se reunió con, se reunieron con, se reunió ~~ con, se reunieron ~~ con, se reunió, se reunieron, se encontró con, se encontraron con, se entrevistó con, sostuvo ~ reunión con, sostuvo ~ encuentro con, sostuvieron ~ reunión con",
    ],
    [
      "past",
      "acogió a, recibió ~ a, recibió ~ al, abrazó a, recibió, recibieron, visitó a, visitaron a, visitó, visitaron, recibió a, recibieron a, recibió al, pudo visitar a, pudo visitar, pudo reunirse con, logró visitar a, logró reunirse con",
    ],
    ["past", "viajó a ~ para reunirse con, voló a ~ para reunirse con, viajó a ~ para visitar a"],
    [
      "past",
      "viajó ~ a, viajaron ~ a, voló ~ a, volaron ~ a, llegó ~ a, llegaron ~ a, arribó ~ a, aterrizó ~ en",
    ],
    [
      "participle",
      "reunido con, reunidos con, reunida con, reunido ~~ con, entrevistado con, recibido por, recibida por, recibidos por, recibido, recibidos, visitado por, visitados por, visitado a, visitado",
    ],
    [
      "purpose",
      "para reunirse con, para verse con, para entrevistarse con, para visitar a, para visitar, para ver a, a reunirse con, a visitar a, a ver a",
    ],
    ["past", "estuvo ~~ con, estuvieron ~~ con"],
    ["headline", "se reúne con, se reúnen con, visita a, recibe a"],
    [
      "noun",
      "reunión con, reunión de, reunión entre, reuniones con, encuentro con, encuentro de, encuentro entre, visita a, visita de, cita con, cita de, audiencia con, conversación con, conversación entre",
    ],
  ),
  // Where and when a meeting that the article tells of took place; nothing by itself.
  ...triggers("meet", "nothing", ["noun", "el encuentro, la reunión, la cita, la visita"]),
  ...triggers(
    "asset-sale",
    "body",
    ["noun", "venta de, subasta de, adquisición de, compra de, transferencia de las acciones de"],
    ["past", "vendió, vendieron, compró, adquirió, subastó"],
    ["participle", `${forms("vendid")}, ${forms("subastad")}`],
  ),
  ...triggers(
    "court-ruling",
    "nothing",
    [
      "past",
      "emitió ~ orden de captura contra, emitió ~ orden de aprehensión contra, dictó ~ orden de captura contra, dictaminó, falló, ordenó, desestimó, ratificó, negó, aprobó, rechazó, confirmó, anuló, admitió, suspendió, revocó, invalidó, rechazó revisar, declinó revisar, avaló, autorizó, resolvió, bloqueó, adoptó, decidió",
    ],
    ["headline", "ordena, rechaza, aprueba, ratifica, desestima, autoriza, anula"],
  ),
  ...triggers(
    "election",
    "nothing",
    [
      "past",
      "se impuso en ~ presidenciales, ganó ~ presidenciales, ganó ~ primarias, ganaron ~ primarias, se impuso en ~ elecciones, se impuso en ~ primarias, venció en ~ elecciones, proclamó ~~ presidente, proclamó ~~ presidenta, ganó ~ elecciones, ganó ~ comicios, ganó ~ presidencia, ganó ~ elección, ganaron ~ elecciones, se celebraron ~ elecciones, se realizaron ~ elecciones, celebró ~ elecciones, elecciones ~ celebradas, elecciones ~ realizadas, votaron",
    ],
    [
      "participle",
      `${forms("reelegid")}, ${forms("reelect")}, proclamado ~ ganador, declarado ~ ganador, proclamado ~ presidente, proclamada ~ presidenta, proclamado presidente, ${forms("elegid")} presidente`,
    ],
    ["past", "proclamó ~ ganador, declaró ~ ganador"],
    ["noun", "elecciones, elección, comicios, referendo, referéndum"],
  ),
  ...triggers(
    "statement",
    "anyone",
    [
      "past",
      "condenó, condenaron, denunció, denunciaron, reconoció, reconocieron, acusó, acusaron, criticó, criticaron, repudió, repudiaron, rechazó, rechazaron, exigió, exigieron, declaró, responsabilizó, responsabilizaron, culpó, culparon, tildó ~ de, tildaron ~ de, calificó ~ de, calificó ~ como, calificaron ~ de, tachó ~ de, exige, exigen, rechaza, rechazan, repudia, repudian, acusa a, acusan a, responsabiliza a, culpa a, condenan, denuncian, exhortó a, reclamó, cuestionó, cuestionaron, descalificó, arremetió ~ contra, cargó contra, se negó a reconocer, se negaron a reconocer, deploró, arremetió contra, desconoció, desconocieron, censuró, reprobó, fustigó, reprochó",
    ],
    [
      "participle",
      ["calificad", "tildad", "tachad"]
        .flatMap((stem) =>
          ["o", "a", "os", "as"].map((end) => `${stem}${end} ~ por, ${stem}${end} ~ de`),
        )
        .join(", "),
    ],
    [
      "participle",
      `${forms("repudiad")} por, ${forms("denunciad")} por, ${forms("reconocid")} por, ${forms("criticad")} por, ${forms("rechazad")} por`,
    ],
    ["headline", "condena, denuncia, exige, reconoce, acusa, rechaza"],
  ),
];

/** "mantuvo un encuentro en Prado con": where and when may stand before the one who is met. */
const loosened = (all: readonly Trigger[]): Trigger[] =>
  all.flatMap((trigger) => {
    const { code, voice, words } = trigger;
    const isOpen = words.at(-1) === "con" && words.length > 2 && words.at(-2) !== "~~";
    if (!isOpen || voice !== "past" || (code !== "meet" && code !== "negotiate")) return [];
    return [{ ...trigger, words: [...words.slice(0, -1), "~", "con"] }];
  });

const every = [...indicative, ...loosened(indicative)];
const inflected = [...every, ...inflectedSpanish(every)];

export const spanish: readonly Trigger[] = [...inflected, ...subjunctives(inflected)];
