import { describe, expect, it } from "vitest";
import { told } from "./told.ts";

type Rows = readonly [sentence: string, expected: readonly string[]][];

const english: Rows = [
  [
    "The verdict was denounced by the State Department on Tuesday as a travesty.",
    ["statement | State Department | - | 2021-12-07 | -"],
  ],
  [
    "In Geneva, Michelle Bachelet demanded the immediate release of Javier Tarazona.",
    ["statement | Michelle Bachelet | - | - | Geneva"],
  ],
  [
    "James Story was received on Monday by Delcy Rodríguez at the Miraflores palace.",
    ["meet | Delcy Rodríguez | James Story | 2021-12-06 | Miraflores"],
  ],
  [
    "John Ratcliffe, the CIA director, was in Caracas on Thursday to meet Delcy Rodríguez.",
    ["meet | John Ratcliffe | Delcy Rodríguez | 2021-12-09 | Caracas"],
  ],
  [
    "In a meeting with James Story in Bogotá on Thursday, Juan Guaidó asked for vaccines.",
    ["meet | Juan Guaidó | James Story | 2021-12-09 | Bogotá"],
  ],
  [
    "Nine months after his arrest in Caracas, Joshua Holt was still waiting.",
    ["arrest | - | Joshua Holt | - | Caracas"],
  ],
  [
    "Javier Tarazona, who had spent two years behind bars, was released on Saturday.",
    ["release | - | Javier Tarazona | 2021-12-04 | -"],
  ],
  [
    "President Joe Biden granted clemency on Wednesday to Alex Saab.",
    ["release | Joe Biden | Alex Saab | 2021-12-08 | -"],
  ],
  [
    "The release of Gustavo Cárdenas on March 8 stunned his family.",
    ["release | - | Gustavo Cárdenas | 2021-03-08 | -"],
  ],
  ["Cape Verde's highest court cleared the way for the extradition of Alex Saab.", []],
  ["The police offer a reward for information leading to the arrest of Alex Saab.", []],
  [
    "A Caracas court sentenced Luke Denman to 20 years in August 2020.",
    ["convict | - | Luke Denman | 2020-08 | Caracas"],
  ],
  [
    "Sanctions were imposed on Tareck El Aissami in February 2017 by the Treasury Department.",
    ["sanction | Treasury Department | Tareck El Aissami | 2017-02 | -"],
  ],
  [
    "OFAC renewed Chevron's license for six months on Nov. 17.",
    ["sanction-relief | OFAC | Chevron | 2021-11-17 | -"],
  ],
  [
    "In exchange for Alex Saab, Venezuela freed ten Americans on Wednesday.",
    ["prisoner-swap | Venezuela | ten Americans+Alex Saab | 2021-12-08 | -"],
  ],
];

const spanish: Rows = [
  [
    "El Parlamento Europeo reconoció el jueves a Juan Guaidó como presidente interino.",
    ["statement | European Parliament | Juan Guaidó | 2021-12-09 | -"],
  ],
  [
    "Roger Carstens fue recibido el lunes por Jorge Rodríguez en el palacio de Miraflores.",
    ["meet | Jorge Rodríguez | Roger Carstens | 2021-12-06 | Miraflores"],
  ],
  [
    "James Story mantuvo un encuentro en Bogotá con Leopoldo López el 3 de diciembre.",
    ["meet | James Story | Leopoldo López | 2021-12-03 | Bogotá"],
  ],
  [
    "Tras su arresto en Caracas, Joshua Holt pasó dos años en El Helicoide.",
    ["arrest | - | Joshua Holt | - | Caracas"],
  ],
  [
    "La excarcelación de Gustavo Cárdenas, el 8 de marzo, sorprendió a su familia.",
    ["release | - | Gustavo Cárdenas | 2021-03-08 | -"],
  ],
  [
    "Joe Biden concedió el miércoles el indulto a Alex Saab.",
    ["release | Joe Biden | Alex Saab | 2021-12-08 | -"],
  ],
  ["Familiares de Javier Tarazona claman por su liberación.", []],
  [
    "Un tribunal de Caracas impuso veinte años de cárcel a Luke Denman en agosto de 2020.",
    ["convict | - | Luke Denman | 2020-08 | Caracas"],
  ],
  [
    "El Tesoro incluyó el lunes en su lista negra al empresario Samark López.",
    ["sanction | Treasury Department | Samark López | 2021-12-06 | -"],
  ],
  [
    "A Jorge Toledo y Gustavo Cárdenas les dieron casa por cárcel el 30 de abril.",
    ["house-arrest | - | Jorge Toledo+Gustavo Cárdenas | 2021-04-30 | -"],
  ],
  [
    "El Departamento del Tesoro sacó en junio a Carlos Erik Malpica Flores de la lista de sanciones.",
    ["sanction-relief | Treasury Department | Carlos Erik Malpica Flores | 2021-06 | -"],
  ],
  [
    "Gerardo Blyde y Jorge Rodríguez firmaron un acuerdo en Bridgetown el martes.",
    ["negotiate | Jorge Rodríguez+Gerardo Blyde | - | 2021-12-07 | Bridgetown"],
  ],
];

describe("one thing told in many forms, in English", () => {
  it.each(english)("%s", (sentence, expected) => {
    expect(told(sentence, "en")).toEqual(expected);
  });
});

describe("one thing told in many forms, in Spanish", () => {
  it.each(spanish)("%s", (sentence, expected) => {
    expect(told(sentence, "es")).toEqual(expected);
  });
});

describe("who a word stands for", () => {
  it.each<[string, string]>([
    [
      "Roger Carstens, the envoy, spoke to reporters. The envoy met Jorge Rodríguez on Tuesday.",
      "meet | Roger Carstens | Jorge Rodríguez | 2021-12-07 | -",
    ],
    [
      "Alex Saab flew from Caracas to Iran. He was arrested in Cape Verde in June 2020.",
      "arrest | - | Alex Saab | 2020-06 | Cape Verde",
    ],
    [
      "Luke Denman and Airan Berry landed at Chuao. They were convicted in August 2020.",
      "convict | - | Luke Denman+Airan Berry | 2020-08 | -",
    ],
  ])("%s", (text, expected) => {
    expect(told(text, "en")).toContain(expected);
  });
});
