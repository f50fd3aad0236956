import { describe, expect, it } from "vitest";
import { told } from "./told.ts";

describe("what happened, in English", () => {
  it.each([
    [
      "SEBIN agents arrested Matthew Heath in September 2020.",
      ["arrest | SEBIN | Matthew Heath | 2020-09 | -"],
    ],
    [
      "Tomeu Vadell was detained by SEBIN on Nov. 21.",
      ["arrest | SEBIN | Tomeu Vadell | 2021-11-21 | -"],
    ],
    ["Jorge Toledo, arrested in 2017, is ill.", ["arrest | - | Jorge Toledo | 2017 | -"]],
    ["After the arrest of Alex Saab, talks ended.", ["arrest | - | Alex Saab | - | -"]],
    [
      "Venezuela freed Joshua Holt on Tuesday.",
      ["release | Venezuela | Joshua Holt | 2021-12-07 | -"],
    ],
    [
      "Gustavo Cárdenas walked free on Tuesday.",
      ["release | - | Gustavo Cárdenas | 2021-12-07 | -"],
    ],
    ["The six were moved to house arrest in April.", ["house-arrest | - | Citgo 6 | 2021-04 | -"]],
    [
      "The six were taken back into custody on Oct. 16.",
      ["reimprison | - | Citgo 6 | 2021-10-16 | -"],
    ],
    ["José Pereira was sentenced to 13 years in prison.", ["convict | - | José Pereira | - | -"]],
    [
      "Cape Verde extradited Alex Saab to the United States on Oct. 16.",
      ["extradite | Cape Verde | Alex Saab | 2021-10-16 | -"],
    ],
    ["OFAC imposed sanctions on PDVSA in 2019.", ["sanction | OFAC | PDVSA | 2019 | -"]],
    [
      "The Treasury Department lifted sanctions on Tuesday.",
      ["sanction-relief | Treasury Department | - | 2021-12-07 | -"],
    ],
    [
      "Roger Carstens met with Jorge Rodríguez in Caracas on Tuesday.",
      ["meet | Roger Carstens | Jorge Rodríguez | 2021-12-07 | Caracas"],
    ],
    [
      "Roger Carstens and James Story met Nicolás Maduro.",
      ["meet | James Story+Roger Carstens | Nicolás Maduro | - | -"],
    ],
    [
      "Judge Leonard Stark rejected the motion on Tuesday.",
      ["court-ruling | Leonard Stark | - | 2021-12-07 | -"],
    ],
    ["The State Department condemned the trial.", ["statement | State Department | - | - | -"]],
    ["Regional elections were held on Nov. 21.", ["election | - | - | 2021-11-21 | -"]],
  ])("%s", (sentence, expected) => {
    expect(told(sentence, "en")).toEqual(expected);
  });
});

describe("what happened, in Spanish", () => {
  it.each([
    [
      "Agentes del Sebin detuvieron a Matthew Heath en septiembre de 2020.",
      ["arrest | SEBIN | Matthew Heath | 2020-09 | -"],
    ],
    [
      "Tomeu Vadell fue detenido por el Sebin el 21 de noviembre.",
      ["arrest | SEBIN | Tomeu Vadell | 2021-11-21 | -"],
    ],
    ["Tras la detención de Alex Saab se rompió el diálogo.", ["arrest | - | Alex Saab | - | -"]],
    [
      "Venezuela liberó a Joshua Holt el martes.",
      ["release | Venezuela | Joshua Holt | 2021-12-07 | -"],
    ],
    [
      "El martes fue excarcelado Gustavo Cárdenas.",
      ["release | - | Gustavo Cárdenas | 2021-12-07 | -"],
    ],
    [
      "Los seis pasaron a arresto domiciliario en abril.",
      ["house-arrest | - | Citgo 6 | 2021-04 | -"],
    ],
    [
      "Los seis volvieron a prisión el 16 de octubre.",
      ["reimprison | - | Citgo 6 | 2021-10-16 | -"],
    ],
    ["José Pereira fue condenado a 13 años de prisión.", ["convict | - | José Pereira | - | -"]],
    [
      "Cabo Verde extraditó a Alex Saab el 16 de octubre.",
      ["extradite | Cape Verde | Alex Saab | 2021-10-16 | -"],
    ],
    ["La OFAC impuso sanciones a Pdvsa en 2019.", ["sanction | OFAC | PDVSA | 2019 | -"]],
    [
      "Roger Carstens se reunió con Jorge Rodríguez en Caracas el martes.",
      ["meet | Roger Carstens | Jorge Rodríguez | 2021-12-07 | Caracas"],
    ],
    [
      "El juez Leonard Stark rechazó la moción el martes.",
      ["court-ruling | Leonard Stark | - | 2021-12-07 | -"],
    ],
    ["El Departamento de Estado condenó el juicio.", ["statement | State Department | - | - | -"]],
  ])("%s", (sentence, expected) => {
    expect(told(sentence, "es")).toEqual(expected);
  });
});

describe("what did not happen", () => {
  it.each([
    "The families want Tomeu Vadell to be released.",
    "Tomeu Vadell will be released on Monday.",
    "Tomeu Vadell could be freed if the judge agrees.",
    "Tomeu Vadell was not arrested in 2017.",
    "Nobody has freed Tomeu Vadell.",
    "They seek the release of Tomeu Vadell.",
    "Roger Carstens plans to meet Nicolás Maduro.",
    "Roger Carstens would have met Nicolás Maduro.",
    "Tomeu Vadell is detained in Caracas.",
    "The jailed executives of Citgo wait.",
    "PDVSA released its accounts.",
    "The group met the conditions of the bank.",
  ])("%s", (sentence) => {
    expect(told(sentence, "en")).toEqual([]);
  });
  it.each([
    "La familia pide la liberación de Tomeu Vadell.",
    "Tomeu Vadell será liberado el lunes.",
    "Tomeu Vadell no fue liberado el lunes.",
    "Tomeu Vadell podría ser liberado pronto.",
    "Tomeu Vadell está detenido en Caracas.",
    "Nunca detuvieron a Tomeu Vadell.",
  ])("%s", (sentence) => {
    expect(told(sentence, "es")).toEqual([]);
  });
});

describe("several occurrences", () => {
  it("are told with the newest first, those without a date as news of the day", () => {
    const codes = told(
      "Tomeu Vadell was arrested in 2017. Alex Saab was extradited on Oct. 16. Matthew Heath was freed.",
      "en",
    ).map((line) => line.split(" ")[0]);
    expect(codes).toEqual(["release", "extradite", "arrest"]);
  });
});

describe("one occurrence told twice", () => {
  it("is one, with all that both sentences say", () => {
    expect(
      told(
        "Roger Carstens met Nicolás Maduro. Carstens met Maduro in Caracas on Tuesday, aides said.",
        "en",
      ),
    ).toEqual(["meet | Roger Carstens | Nicolás Maduro | 2021-12-07 | Caracas"]);
  });
  it("is two when the days differ", () => {
    expect(
      told(
        "Roger Carstens met Nicolás Maduro on Tuesday. Roger Carstens met Nicolás Maduro on March 8.",
        "en",
      ),
    ).toHaveLength(2);
  });
});
