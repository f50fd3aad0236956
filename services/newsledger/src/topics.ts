import { type Entities, loadEntities } from "@newsledger/extraction/knowledge";
import { loadTopics } from "@newsledger/extraction/topics";
import type { CaseTopic } from "@newsledger/readmodels";

/** The shipped topics as cases: whose custody is followed, and the groups that stand for all of them at once. */
export function caseTopics(knowledge: Entities = loadEntities()): CaseTopic[] {
  return loadTopics().map(({ id, title, subjects }) => {
    const known = subjects.flatMap((subject) => knowledge.entities.get(subject) ?? []);
    return {
      id,
      title,
      subjects: known
        .filter(({ type }) => type === "person")
        .map(({ id: person, name }) => ({ id: person, name })),
      groups: known.filter(({ type }) => type === "group").map(({ id: group }) => group),
    };
  });
}

/** Group id → ids of its members: a rule about the group is one about each of them. */
export const groupsOf = (knowledge: Entities): Map<string, readonly string[]> =>
  new Map(
    [...knowledge.entities.values()]
      .filter(({ members }) => members.length > 0)
      .map(({ id, members }) => [id, members]),
  );

/** Names and offices, for rules that ask for them. */
export const peopleOf = (knowledge: Entities) =>
  new Map(
    [...knowledge.entities.values()]
      .filter(({ type }) => type === "person")
      .map(({ id, name, roles }) => [id, { name, roles }]),
  );
