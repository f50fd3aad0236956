import { describe, expect, it } from "vitest";
import { told } from "./told.ts";

type Rows = readonly [sentence: string, expected: readonly string[]][];

const english: Rows = [
  [
    "Venezuela freed several prisoners after the arrest of Alex Saab.",
    ["release | Venezuela | several prisoners | - | -", "arrest | - | Alex Saab | - | -"],
  ],
  [
    "Saab, a businessman close to President Nicolás Maduro, was arrested in Cape Verde in June 2020. Alex Saab denied it.",
    ["arrest | - | Alex Saab | 2020-06 | Cape Verde"],
  ],
  [
    "Two emissaries of President Joe Biden met Nicolás Maduro in Caracas.",
    ["meet | Two emissaries | Nicolás Maduro | - | Caracas"],
  ],
  ["OFAC sanctioned a prosecutor in the Citgo 6 case on Tuesday.", []],
  [
    "Two Americans were freed by Venezuela on Tuesday in a swap for three nephews of Cilia Flores.",
    ["prisoner-swap | Venezuela | Two Americans+three nephews of Cilia Flores | 2021-12-07 | -"],
  ],
  ["Jorge Rodríguez spoke of the file in which Nicolás Maduro is accused of fraud.", []],
  [
    "Tomeu Vadell was moved from a crowded cell in a military prison in Caracas to house arrest on Tuesday.",
    ["house-arrest | - | Tomeu Vadell | 2021-12-07 | -"],
  ],
  [
    "Agents of SEBIN took Tomeu Vadell and Jorge Toledo from house arrest back to prison on Oct. 16.",
    ["reimprison | SEBIN | Tomeu Vadell+Jorge Toledo | 2021-10-16 | -"],
  ],
  [
    "SEBIN officers picked up the six and returned them to prison on Oct. 16.",
    ["reimprison | - | Citgo 6 | 2021-10-16 | -"],
  ],
  [
    "Gustavo Cárdenas, a chemist, and Jorge Toledo, his friend, were freed on Tuesday.",
    ["release | - | Jorge Toledo+Gustavo Cárdenas | 2021-12-07 | -"],
  ],
  [
    "Venezuela freed Joshua Holt, an American, and his Venezuelan wife, Thamara Caleño, on Tuesday.",
    ["release | Venezuela | Joshua Holt+Thamara Caleño | 2021-12-07 | -"],
  ],
  [
    "José Pereira was arrested together with Tomeu Vadell and Jorge Toledo on Nov. 21, 2017.",
    ["arrest | - | José Pereira+Tomeu Vadell+Jorge Toledo | 2017-11-21 | -"],
  ],
  [
    "The United States imposed sanctions on Tuesday on Judge Lorena Cornielles.",
    ["sanction | United States | Lorena Cornielles | 2021-12-07 | -"],
  ],
  [
    "OFAC designated Judge Lorena Cornielles on Tuesday.",
    ["sanction | OFAC | Lorena Cornielles | 2021-12-07 | -"],
  ],
  ["The State Department designated Tomeu Vadell as wrongfully detained.", []],
  [
    "The Treasury Department reimposed its sanctions on oil in April.",
    ["sanction | Treasury Department | - | 2021-04 | -"],
  ],
  ["OFAC let General License 44 lapse on Tuesday.", ["sanction | OFAC | - | 2021-12-07 | -"]],
  [
    "Laura Dogu waited in Caracas. Yván Gil met with her on Tuesday.",
    ["meet | Yván Gil | Laura Dogu | 2021-12-07 | -"],
  ],
  ["Police arrested relatives of Alex Saab in Caracas.", []],
  [
    "Richard Grenell, an envoy of the president of the United States, Donald Trump, met Nicolás Maduro.",
    ["meet | Richard Grenell | Nicolás Maduro | - | -"],
  ],
];

const spanish: Rows = [
  [
    "Venezuela liberó a tres presos desde la captura de Alex Saab.",
    ["release | Venezuela | tres presos | - | -", "arrest | - | Alex Saab | - | -"],
  ],
  [
    "Saab, un empresario cercano al presidente Nicolás Maduro, fue arrestado en Cabo Verde en junio de 2020. Alex Saab lo negó.",
    ["arrest | - | Alex Saab | 2020-06 | Cape Verde"],
  ],
  [
    "Dos emisarios del presidente Joe Biden se reunieron con Nicolás Maduro.",
    ["meet | Dos emisarios | Nicolás Maduro | - | -"],
  ],
  ["La OFAC sancionó a una fiscal en el caso de los seis de Citgo.", []],
  [
    "Dos estadounidenses presos en Venezuela fueron liberados el martes a cambio de tres sobrinos de Cilia Flores.",
    ["prisoner-swap | - | Dos estadounidenses+tres sobrinos de Cilia Flores | 2021-12-07 | -"],
  ],
  [
    "Diez estadounidenses detenidos en Caracas fueron liberados el martes a cambio del empresario Alex Saab.",
    ["prisoner-swap | - | Diez estadounidenses+Alex Saab | 2021-12-07 | -"],
  ],
  [
    "Los seis de Citgo regresaron a El Helicoide tras la extradición de Alex Saab.",
    ["reimprison | - | Citgo 6 | - | -", "extradite | - | Alex Saab | - | -"],
  ],
  [
    "Tomeu Vadell y Jorge Toledo fueron trasladados el martes 7 de diciembre, de una cárcel militar en Caracas, a arresto domiciliario.",
    ["house-arrest | - | Jorge Toledo+Tomeu Vadell | 2021-12-07 | -"],
  ],
  [
    "Los seis fueron llevados el sábado de nuevo a prisión.",
    ["reimprison | - | Citgo 6 | 2021-12-04 | -"],
  ],
  [
    "Gustavo Cárdenas, químico de profesión, y Jorge Toledo, un vecino, fueron liberados el martes.",
    ["release | - | Jorge Toledo+Gustavo Cárdenas | 2021-12-07 | -"],
  ],
  [
    "Joshua Holt y su esposa, la venezolana Thamara Caleño, fueron liberados el martes.",
    ["release | - | Thamara Caleño+Joshua Holt | 2021-12-07 | -"],
  ],
  [
    "José Pereira fue detenido junto con Tomeu Vadell y Jorge Toledo el 21 de noviembre de 2017.",
    ["arrest | - | José Pereira+Tomeu Vadell+Jorge Toledo | 2017-11-21 | -"],
  ],
  [
    "Roger Carstens se reunió el martes en Caracas con los seis de Citgo.",
    ["meet | Roger Carstens | Citgo 6 | 2021-12-07 | Caracas"],
  ],
  [
    "La OFAC dejó vencer la licencia general 44 el martes.",
    ["sanction | OFAC | - | 2021-12-07 | -"],
  ],
  [
    "El Departamento del Tesoro restableció las sanciones petroleras en abril.",
    ["sanction | Treasury Department | - | 2021-04 | -"],
  ],
  ["La policía detuvo a familiares de Alex Saab en Caracas.", []],
  [
    "Agentes del Sebin detuvieron de nuevo a Tomeu Vadell.",
    ["reimprison | SEBIN | Tomeu Vadell | - | -"],
  ],
  [
    "Richard Grenell, enviado del presidente de Estados Unidos, Donald Trump, se reunió con Nicolás Maduro.",
    ["meet | Richard Grenell | Nicolás Maduro | - | -"],
  ],
];

describe("who takes part, in English", () => {
  it.each(english)("%s", (sentence, expected) => {
    expect(told(sentence, "en")).toEqual(expected);
  });
});

describe("who takes part, in Spanish", () => {
  it.each(spanish)("%s", (sentence, expected) => {
    expect(told(sentence, "es")).toEqual(expected);
  });
});
