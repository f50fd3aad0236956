import { type Trigger, triggers } from "./trigger.ts";

const forms = (stem: string, endings = "o,a,os,as"): string =>
  endings
    .split(",")
    .map((ending) => stem + ending)
    .join(", ");

const backTo = [
  "a prisión",
  "a la cárcel",
  "a la prisión",
  "al helicoide",
  "a el helicoide",
  "tras las rejas",
];

/** More specific triggers first: the first that claims its words keeps them. */
export const spanish: readonly Trigger[] = [
  ...triggers(
    "reimprison",
    "person",
    ["participle", `${forms("recapturad")}, ${forms("reencarcelad")}`],
    [
      "past",
      ["detuvo", "detuvieron", "arrestó", "arrestaron", "encarceló", "encarcelaron"]
        .map((w) => `${w} nuevamente, ${w} de nuevo, ${w} otra vez`)
        .concat("volvió a detener, volvieron a detener, volvió a arrestar, volvieron a arrestar")
        .join(", "),
    ],
    [
      "participle",
      ["detenido", "detenidos", "arrestado", "arrestados", "encarcelado", "encarcelados"]
        .map((w) => `${w} nuevamente, ${w} de nuevo, ${w} otra vez`)
        .join(", "),
    ],
    [
      "participle",
      [
        "regresado",
        "devuelto",
        "enviado ~ de vuelta",
        "trasladado ~ de vuelta",
        "trasladado ~ de nuevo",
        "llevado ~ de vuelta",
        "llevado ~ de nuevo",
        "llevado ~ otra vez",
        "llevado ~ nuevamente",
        "conducido ~ de nuevo",
      ]
        .flatMap((w) => [w, w.replace(/o(?= |$)/, "os"), w.replace(/o(?= |$)/, "a")])
        .flatMap((w) => backTo.map((where) => `${w} ${where}`))
        .join(", "),
    ],
    [
      "past",
      ["devolvió", "devolvieron", "regresó", "regresaron", "llevó", "llevaron", "envió", "enviaron"]
        .flatMap((w) => [
          `${w} ~ de nuevo a prisión`,
          `${w} ~ de vuelta a prisión`,
          `${w} ~ de vuelta a la cárcel`,
          `${w} ~ de nuevo a la cárcel`,
        ])
        .concat(
          "devolvió ~ a prisión, devolvieron ~ a prisión, devolvió ~ a la cárcel, devolvieron ~ a la cárcel",
        )
        .join(", "),
    ],
    [
      "affected",
      ["volvieron", "volvió", "regresaron", "regresó", "retornaron", "reingresaron", "reingresó"]
        .flatMap((w) => backTo.map((where) => `${w} ${where}`))
        .join(", "),
    ],
    [
      "headline",
      "vuelven a prisión, regresan a prisión, vuelven a la cárcel, regresan a la cárcel",
    ],
  ),
  ...triggers(
    "house-arrest",
    "person",
    [
      "participle",
      ["arresto domiciliario", "casa por cárcel", "detención domiciliaria", "prisión domiciliaria"]
        .map(
          (w) =>
            `trasladado ~~ a ${w}, trasladados ~~ a ${w}, trasladada ~~ a ${w}, enviado ~ a ${w}, enviados ~ a ${w}, llevados ~~ a ${w}, llevado ~~ a ${w}, puestos ~ en ${w}, puesto ~ en ${w}, puestos ~ bajo ${w}, puesto ~ bajo ${w}, beneficiados con ${w}, beneficiado con ${w}`,
        )
        .join(", "),
    ],
    [
      "affected",
      ["arresto domiciliario", "casa por cárcel", "detención domiciliaria"]
        .map(
          (w) =>
            `recibieron ~ ${w}, recibió ~ ${w}, pasaron a ${w}, pasó a ${w}, obtuvieron ~ ${w}, obtuvo ~ ${w}, quedaron en ${w}, quedaron bajo ${w}, quedó bajo ${w}, salieron ~ a ${w}`,
        )
        .join(", "),
    ],
    [
      "past",
      ["arresto domiciliario", "casa por cárcel"]
        .map(
          (w) =>
            `otorgó ~ ${w} a, concedió ~ ${w} a, otorgaron ~ ${w} a, dictó ~ ${w} a, trasladó ~~ a ${w}, trasladaron ~~ a ${w}`,
        )
        .join(", "),
    ],
    [
      "headline",
      "conceden arresto domiciliario a, otorgan arresto domiciliario a, dan casa por cárcel a, pasan a arresto domiciliario, pasa a arresto domiciliario",
    ],
    ["participle", "excarcelados ~ bajo arresto domiciliario, excarcelados ~ con casa por cárcel"],
  ),
  ...triggers(
    "prisoner-swap",
    "anyone",
    ["participle", `${forms("canjead")}, ${forms("intercambiad")}`],
    ["past", "canjeó, canjearon, intercambió, intercambiaron"],
    [
      "noun",
      "canje, canje de prisioneros, canje de presos, intercambio de prisioneros, intercambio de presos",
    ],
  ),
  ...triggers(
    "release",
    "person",
    [
      "past",
      "liberó, liberaron, excarceló, excarcelaron, indultó, indultaron, puso en libertad, pusieron en libertad, soltó, soltaron",
    ],
    [
      "participle",
      `${forms("liberad")}, ${forms("excarcelad")}, ${forms("indultad")}, puesto en libertad, puestos en libertad, puesta en libertad, dejados en libertad, dejado en libertad`,
    ],
    [
      "affected",
      "quedó en libertad, quedaron en libertad, recuperó ~ libertad, recuperaron ~ libertad, salió de prisión, salieron de prisión, salió de la cárcel, salieron de la cárcel, regresó a casa, regresaron a casa, volvieron a casa",
    ],
    ["headline", "libera, liberan, excarcela, excarcelan"],
    ["noun", "liberación, excarcelación, excarcelaciones"],
  ),
  ...triggers(
    "extradite",
    "person",
    ["past", "extraditó, extraditaron"],
    ["participle", forms("extraditad")],
    ["headline", "extradita, extraditan"],
    ["noun", "extradición"],
  ),
  ...triggers(
    "convict",
    "person",
    [
      "participle",
      `${forms("condenad")}, ${forms("sentenciad")}, declarado culpable, declarados culpables, hallado culpable, hallados culpables, declarada culpable, hallada culpable`,
    ],
    [
      "past",
      "condenó ~ a, condenaron ~ a, sentenció, sentenciaron, declaró culpable, declaró culpables, halló culpables, halló culpable",
    ],
    ["headline", "condena a, condenan a, sentencian a"],
    ["noun", "condena contra, condena de, sentencia contra"],
  ),
  ...triggers(
    "arrest",
    "person",
    [
      "past",
      "detuvo, detuvieron, arrestó, arrestaron, capturó, capturaron, apresó, apresaron, encarceló, encarcelaron, aprehendió, aprehendieron",
    ],
    [
      "participle",
      `${forms("detenid")}, ${forms("arrestad")}, ${forms("capturad")}, ${forms("apresad")}, ${forms("aprehendid")}, ${forms("encarcelad")}, ${forms("secuestrad")}`,
    ],
    ["headline", "detienen, arrestan, capturan, apresan"],
    ["noun", "detención, detenciones, arresto, arrestos, captura, aprehensión, encarcelamiento"],
  ),
  ...triggers(
    "sanction-relief",
    "nothing",
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
    ["past", "sancionó, sancionaron"],
    [
      "past",
      "reimpuso ~ sanciones, restableció ~ sanciones, reactivó ~ sanciones, volvió a imponer ~ sanciones",
    ],
    [
      "past",
      ["dejó vencer", "dejó expirar", "dejó caducar", "revocó", "no renovó"]
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
    "past",
    "negoció con, negociaron con, negociaron, dialogaron con, mediaron, sostuvo conversaciones con, sostuvieron conversaciones, retomaron ~ diálogo, retomaron ~ negociaciones, iniciaron ~ negociaciones, iniciaron ~ diálogo, reanudaron ~ diálogo, reanudaron ~ negociaciones, firmaron ~ acuerdo, firmó ~ acuerdo con, suscribieron ~ acuerdo",
  ]),
  ...triggers(
    "meet",
    "anyone",
    [
      "past",
      "se reunió con, se reunieron con, se reunió ~~ con, se reunieron ~~ con, se reunió, se reunieron, se encontró con, se encontraron con, se entrevistó con, sostuvo ~ reunión con, sostuvo ~ encuentro con, sostuvieron ~ reunión con",
    ],
    [
      "past",
      "visitó a, visitaron a, visitó, visitaron, recibió a, recibieron a, recibió al, pudo visitar a, pudo visitar, pudo reunirse con, logró visitar a, logró reunirse con",
    ],
    ["past", "viajó a ~ para reunirse con, voló a ~ para reunirse con, viajó a ~ para visitar a"],
    [
      "past",
      "viajó ~ a, viajaron ~ a, voló ~ a, volaron ~ a, llegó ~ a, llegaron ~ a, arribó ~ a, aterrizó ~ en",
    ],
    ["headline", "se reúne con, se reúnen con, visita a, recibe a"],
    ["noun", "reunión con, reunión entre, encuentro con, encuentro entre, visita a"],
  ),
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
      "dictaminó, falló, ordenó, desestimó, ratificó, negó, aprobó, rechazó, confirmó, anuló, admitió, autorizó, resolvió, bloqueó, adoptó, decidió",
    ],
    ["headline", "ordena, rechaza, aprueba, ratifica, desestima, autoriza, anula"],
  ),
  ...triggers(
    "election",
    "nothing",
    [
      "past",
      "ganó ~ elecciones, ganó ~ elección, ganaron ~ elecciones, se celebraron ~ elecciones, se realizaron ~ elecciones, celebró ~ elecciones, elecciones ~ celebradas, elecciones ~ realizadas, votaron",
    ],
    [
      "participle",
      `${forms("reelegid")}, ${forms("reelect")}, proclamado ~ ganador, declarado ~ ganador, proclamado presidente`,
    ],
    ["past", "proclamó ~ ganador, declaró ~ ganador"],
    ["noun", "elecciones, elección, comicios, referendo, referéndum"],
  ),
  ...triggers(
    "statement",
    "anyone",
    [
      "past",
      "condenó, condenaron, denunció, denunciaron, reconoció, reconocieron, acusó, acusaron, criticó, criticaron, repudió, repudiaron, rechazó, rechazaron, exigió, exigieron, declaró, saludó",
    ],
    ["headline", "condena, denuncia, exige, reconoce, acusa, rechaza"],
  ),
];
