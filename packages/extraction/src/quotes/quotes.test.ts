import { describe, expect, it } from "vitest";
import { resolve } from "../entities/resolve.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { cut } from "../text/article.ts";
import { findQuotes } from "./find.ts";

const knowledge = loadKnowledge();
function quotes(text: string): [string, string | undefined][] {
  const article = cut(text);
  return findQuotes(article, resolve(article, knowledge)).map((q) => [q.text, q.speaker]);
}

describe("quotes and their speakers", () => {
  it.each<[string, string, [string, string | undefined][]]>([
    [
      "the verb after the quote, then the name",
      "“We will never stop asking for them,” said Cristina Vadell in Louisiana.",
      [["We will never stop asking for them", "Cristina Vadell"]],
    ],
    [
      "the name, then the verb, after the quote",
      "“The ruling is a shameful farce,” Marco Rubio said on Monday.",
      [["The ruling is a shameful farce", "Marco Rubio"]],
    ],
    [
      "the name and the verb before the quote",
      "Antony Blinken told reporters: “We are working on it every day.”",
      [["We are working on it every day.", "Antony Blinken"]],
    ],
    [
      "an apposition between name and verb",
      "Roger Carstens, the envoy for hostages, said “the families have waited long enough.”",
      [["the families have waited long enough.", "Roger Carstens"]],
    ],
    [
      "a body that speaks",
      "“The detention of these men is wrongful,” the State Department declared.",
      [["The detention of these men is wrongful", "State Department"]],
    ],
    [
      "a short fragment beside a cue",
      "The sanctions, which Nicolás Maduro described as a “soft coup,” remain.",
      [["soft coup", "Nicolás Maduro"]],
    ],
    [
      "a pronoun means the person named last",
      "Jorge Rodríguez met the press in Caracas. He said: “There will be no more talks this year.”",
      [["There will be no more talks this year.", "Jorge Rodríguez"]],
    ],
    [
      "a speaker who is only somebody's office or relative stays unnamed",
      "“No comment on that matter today,” Joe Biden’s office said.",
      [["No comment on that matter today", undefined]],
    ],
    [
      "Spanish, the verb before the name",
      "«Los llevaron otra vez a la cárcel», denunció Verónica Vadell desde Houston.",
      [["Los llevaron otra vez a la cárcel", "Verónica Vadell"]],
    ],
    [
      "Spanish, the name before the quote",
      "El abogado Jesús Loreto dijo: “No nos han notificado de la audiencia”.",
      [["No nos han notificado de la audiencia", "Jesús Loreto"]],
    ],
    [
      "Spanish, según",
      "Según Alfredo Romero, “hay más de doscientos presos” en Venezuela.",
      [["hay más de doscientos presos", "Alfredo Romero"]],
    ],
    [
      "the second half of a broken quote",
      "“They are innocent,” said Carlos Añez, whose stepfather worked for Citgo. “We want them home before the winter.”",
      [
        ["They are innocent", "Carlos Añez"],
        ["We want them home before the winter.", "Carlos Añez"],
      ],
    ],
    [
      "straight marks",
      '"The judge has made a mistake," Rick Scott wrote.',
      [["The judge has made a mistake", "Rick Scott"]],
    ],
    [
      "someone without a name beside one who has one",
      "Tomeu Vadell is in Caracas. “Nobody has told us anything,” said a cousin of Tomeu Vadell.",
      [["Nobody has told us anything", undefined]],
    ],
    [
      "someone of a group, unnamed",
      "The Citgo 6 wait. “Nobody has told us anything,” said a friend of one of the executives.",
      [["Nobody has told us anything", undefined]],
    ],
    [
      "Spanish, someone without a name",
      "Tomeu Vadell está preso. «Aquí nadie nos dice nada», dijo el vecino, que conoce a Tomeu Vadell.",
      [["Aquí nadie nos dice nada", undefined]],
    ],
    [
      "Spanish, a trade and then the name",
      "«Aquí nadie nos dice nada», dijo la abogada de la familia, María Alejandra Poleo.",
      [["Aquí nadie nos dice nada", "María Alejandra Poleo"]],
    ],
    [
      "a worker at a body does not speak for it",
      "“Nobody has told us anything,” a cook at Citgo said.",
      [["Nobody has told us anything", undefined]],
    ],
    [
      "words held at arm's length are no quote",
      "The so-called “interim government” has no office.",
      [],
    ],
    ["apostrophes are no quotes", "The families’ lawyers don’t know the judge’s plans.", []],
  ])("%s", (_, text, expected) => {
    expect(quotes(text)).toEqual(expected);
  });

  it("every quote lies where it says", () => {
    const text = "Ana Prado said “it is over now, friends” and left.";
    const article = cut(text);
    for (const quote of findQuotes(article, resolve(article, knowledge)))
      expect(text.slice(quote.start, quote.end)).toBe(quote.text);
  });
});
