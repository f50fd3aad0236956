import { describe, expect, it } from "vitest";
import { tokens } from "../text/token.ts";
import { loadKnowledge } from "./load.ts";

const knowledge = loadKnowledge();

/** Ids of the entities that the longest name at the start of the text stands for. */
function named(text: string): string[] {
  const all = tokens(text);
  return [
    ...new Set((knowledge.names.at(all, 0, all.length)[0]?.values ?? []).map((u) => u.entity.id)),
  ];
}

describe("the knowledge base", () => {
  it("loads and knows its version", () => {
    expect(knowledge.version).toBe("0.1+5");
    expect(knowledge.entities.size).toBeGreaterThan(450);
  });

  it("shows the six as the press writes them", () => {
    const members = knowledge.entities.get("citgo-6")?.members ?? [];
    expect(members.map((id) => knowledge.entities.get(id)?.name)).toEqual([
      "Tomeu Vadell",
      "José Pereira",
      "Gustavo Cárdenas",
      "Jorge Toledo",
      "José Luis Zambrano",
      "Alirio Zambrano",
    ]);
  });

  it.each([
    ["EE. UU. impuso", ["united-states"]],
    ["U.S. officials", ["united-states"]],
    ["Alirio Rafael Zambrano", ["alirio-rafael-zambrano"]],
    ["Alirio Jose Zambrano Colina", ["alirio-jose-zambrano"]],
    ["CITGO-6", ["citgo-6"]],
    ["Petroleos de Venezuela", ["pdvsa"]],
    ["Reino Unido", ["country-gb"]],
    ["Catar", ["qatar"]],
    ["licencia general 44", ["gl-44"]],
    ["hermanos Zambrano", ["jose-luis-zambrano", "alirio-jose-zambrano"]],
    ["Agence France-Presse", ["afp"]],
    ["Departamento de Estado", ["state-department"]],
  ])("%s names %j", (text, ids) => {
    expect(named(text).sort()).toEqual([...ids].sort());
  });

  it("has no two entities under one id and no member that it does not know", () => {
    for (const entity of knowledge.entities.values())
      for (const member of entity.members) expect(knowledge.entities.has(member)).toBe(true);
  });

  it("never shows a name from a corrupted copy", () => {
    for (const entity of knowledge.entities.values())
      for (const one of entity.aliases.filter((a) => a.corrupted))
        expect(one.text).not.toBe(entity.name);
  });
});
