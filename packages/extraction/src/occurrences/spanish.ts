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
    ["headline", "canjea, canjean, intercambian"],
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
      "salieron de Venezuela, salió de Venezuela, salió en libertad, salieron en libertad, quedó en libertad, quedaron en libertad, recuperó ~ libertad, recuperaron ~ libertad, salió de prisión, salieron de prisión, salió de la cárcel, salieron de la cárcel, regresó a casa, regresaron a casa, volvieron a casa, volvió a casa, recobró ~ libertad, recobraron ~ libertad, salió ~ de El Helicoide, salieron ~ de El Helicoide, salió ~ del Helicoide",
    ],
    [
      "past",
      "logró ~ liberación de, consiguió ~ liberación de, obtuvo ~ liberación de, trajo ~ de vuelta a, dejó en libertad a, dejaron en libertad a, dejó ir a, soltaron a",
    ],
    ["headline", "libera, liberan, excarcela, excarcelan, indulta, sueltan"],
    ["noun", "liberación, excarcelación, excarcelaciones"],
  ),
  ...triggers(
    "extradite",
    "person",
    ["past", "extraditó, extraditaron, entregó a, entregaron a"],
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
    [
      "past",
      "se llevó a, se llevaron a, se llevó ~ a, se llevaron ~ a, secuestró a, secuestraron a",
    ],
    ["headline", "detienen, arrestan, capturan, apresan, se llevan a, se lleva ~ a"],
    ["noun", "detención, detenciones, arresto, arrestos, captura, aprehensión, encarcelamiento"],
  ),
  ...triggers(
    "sanction-relief",
    "nothing",
    [
      "past",
      "autorizó a, permitió a, autorizó que, sacó ~ de la lista de sanciones, retiró ~ de la lista de sanciones",
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
    "conversaciones con, conversaciones entre, negociaciones con, negociaciones entre, diálogo con, diálogo entre, diálogos con",
  ]),
  ...triggers("negotiate", "anyone", [
    "past",
    "negoció con, negociaron con, negociaron, dialogaron con, mediaron, sostuvo conversaciones con, sostuvieron conversaciones, retomaron ~ diálogo, retomaron ~ negociaciones, iniciaron ~ negociaciones, iniciaron ~ diálogo, reanudaron ~ diálogo, reanudaron ~ negociaciones, firmaron ~ acuerdo, firmó ~ acuerdo con, suscribieron ~ acuerdo",
  ]),
  ...triggers(
    "meet",
    "anyone",
    [
      "past",
      "se vio con, se vieron con, conversó con, dialogó con, se reunió con, se reunieron con, se reunió ~~ con, se reunieron ~~ con, se reunió, se reunieron, se encontró con, se encontraron con, se entrevistó con, sostuvo ~ reunión con, sostuvo ~ encuentro con, sostuvieron ~ reunión con",
    ],
    [
      "past",
      "abrazó a, recibió, recibieron, visitó a, visitaron a, visitó, visitaron, recibió a, recibieron a, recibió al, pudo visitar a, pudo visitar, pudo reunirse con, logró visitar a, logró reunirse con",
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
      "emitió ~ orden de captura contra, emitió ~ orden de aprehensión contra, dictó ~ orden de captura contra, dictaminó, falló, ordenó, desestimó, ratificó, negó, aprobó, rechazó, confirmó, anuló, admitió, autorizó, resolvió, bloqueó, adoptó, decidió",
    ],
    ["headline", "ordena, rechaza, aprueba, ratifica, desestima, autoriza, anula"],
  ),
  ...triggers(
    "election",
    "nothing",
    [
      "past",
      "proclamó ~~ presidente, proclamó ~~ presidenta, ganó ~ elecciones, ganó ~ comicios, ganó ~ presidencia, ganó ~ elección, ganaron ~ elecciones, se celebraron ~ elecciones, se realizaron ~ elecciones, celebró ~ elecciones, elecciones ~ celebradas, elecciones ~ realizadas, votaron",
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
      "condenó, condenaron, denunció, denunciaron, reconoció, reconocieron, acusó, acusaron, criticó, criticaron, repudió, repudiaron, rechazó, rechazaron, exigió, exigieron, declaró, saludó, responsabilizó, responsabilizaron, culpó, culparon, tildó ~ de, tildaron ~ de, calificó ~ de, calificó ~ como, calificaron ~ de, tachó ~ de, aplaudió, aplaudieron, felicitó, felicitaron, deploró, instó a, arremetió contra, desconoció",
    ],
    ["headline", "condena, denuncia, exige, reconoce, acusa, rechaza"],
  ),
];

export const spanish: readonly Trigger[] = [...indicative, ...subjunctives(indicative)];
