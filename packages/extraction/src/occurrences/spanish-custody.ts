import { forms } from "./spanish-forms.ts";
import { type Trigger, triggers } from "./trigger.ts";

const backTo = [
  "a prisión",
  "a la cárcel",
  "a la prisión",
  "al helicoide",
  "a el helicoide",
  "tras las rejas",
];

/** Taken, tried, moved, freed: more specific triggers first. */
export const custody: readonly Trigger[] = [
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
        .flatMap((w) =>
          [...backTo, "a las celdas", "a su celda", "a sus celdas", "a sus calabozos"].flatMap(
            (where) => [`${w} ${where}`, `${w} ~~ ${where}`],
          ),
        )
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
        .flatMap((w) => backTo.flatMap((where) => [`${w} ${where}`, `${w} ~ ${where}`]))
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
            `dio ${w}, dieron ${w}, otorgó ${w}, otorgaron ${w}, concedió ${w}, concedieron ${w}, otorgó ~ ${w} a, concedió ~ ${w} a, otorgaron ~ ${w} a, dictó ~ ${w} a, trasladó ~~ a ${w}, trasladaron ~~ a ${w}`,
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
      `${forms("absuelt")}, ${forms("amnistiad")}, ${forms("soltad")}, dejada en libertad, dejadas en libertad, puestas en libertad, ${forms("liberad")}, ${forms("excarcelad")}, ${forms("indultad")}, puesto en libertad, puestos en libertad, puesta en libertad, dejados en libertad, dejado en libertad`,
    ],
    [
      "affected",
      "recuperado ~ libertad, recobrado ~ libertad, obtuvo ~ libertad, obtuvieron ~ libertad, obtenido ~ libertad, salido ~ libertad, salido ~ de prisión, salido ~ de la cárcel, salió ~ en libertad, salieron ~ en libertad, quedado en libertad, volvió a su casa, volvieron a sus casas, regresó a su casa, abandonó ~ prisión, abandonó ~ cárcel, abandonaron ~ prisión, salieron de Venezuela, salió de Venezuela, salió en libertad, salieron en libertad, quedó en libertad, quedaron en libertad, recuperó ~ libertad, recuperaron ~ libertad, salió de prisión, salieron de prisión, salió de la cárcel, salieron de la cárcel, regresó a casa, regresaron a casa, volvieron a casa, volvió a casa, recobró ~ libertad, recobraron ~ libertad, salió ~ de El Helicoide, salieron ~ de El Helicoide, salió ~ del Helicoide",
    ],
    [
      "past",
      "concedió ~ indulto a, otorgó ~ indulto a, firmó ~ indulto de, firmó ~ indulto a, concedió ~ amnistía a, logró ~ liberación de, consiguió ~ liberación de, obtuvo ~ liberación de, trajo ~ de vuelta a, dejó en libertad a, dejaron en libertad a, dejó ir a, soltaron a",
    ],
    ["headline", "libera, liberan, excarcela, excarcelan, indulta, sueltan"],
    [
      "noun",
      "liberación, liberaciones, excarcelación, excarcelaciones, indulto, puesta en libertad, salida de prisión",
    ],
  ),
  ...triggers(
    "extradite",
    "person",
    [
      "past",
      "extraditó, extraditaron, entregó ~ a la justicia, entregaron ~ a la justicia, entregó ~~ a la justicia, entregó ~~ a las autoridades de, entregó ~~ a estados unidos, entregaron ~~ a estados unidos",
    ],
    [
      "participle",
      `${forms("extraditad")}, ${forms("entregad")} a la justicia, ${forms("entregad")} a las autoridades`,
    ],
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
      "impuso ~~ años de cárcel a, impuso ~~ años de prisión a, impuso ~ pena ~~ a, dictó ~ sentencia contra, dictó ~ condena contra, condenó ~ a, condenaron ~ a, sentenció, sentenciaron, declaró culpable, declaró culpables, halló culpables, halló culpable",
    ],
    ["headline", "condena a, condenan a, sentencian a"],
    ["noun", "condena contra, condena de, sentencia contra, sentencia de"],
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
      "se llevaron ~~ a, se llevó a, se llevaron a, se llevó ~ a, se llevaron ~ a, secuestró a, secuestraron a",
    ],
    ["headline", "detienen, arrestan, capturan, apresan, se llevan a, se lleva ~ a"],
    [
      "past",
      "llevó detenido a, llevaron detenidos a, llevaron detenido a, apresó a, apresaron a, metió preso a, privó de libertad a, privaron de libertad a, raptó a, raptaron a",
    ],
    [
      "participle",
      `${forms("privad")} de libertad, ${forms("raptad")}, ${forms("apresad")}, ${forms("llevad")} ~ por ~ sebin, ${forms("llevad")} ~ por ~ agentes, ${forms("llevad")} ~ por ~ funcionarios, ${forms("sacad")} de su casa, ${forms("sacad")} de sus casas`,
    ],
    [
      "noun",
      "detención, detenciones, arresto, arrestos, captura, capturas, aprehensión, encarcelamiento, apresamiento, secuestro",
    ],
  ),
];
