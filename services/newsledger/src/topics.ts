import { type Knowledge, loadKnowledge, loadTopics } from "@newsledger/extraction";
import type { CaseTopic } from "@newsledger/readmodels";

/** The shipped topics as cases: their subjects by name, ready for status and timeline. */
export function caseTopics(knowledge: Knowledge = loadKnowledge()): CaseTopic[] {
  return loadTopics().map(({ id, title, subjects }) => ({
    id,
    title,
    subjects: subjects.map((subject) => ({
      id: subject,
      name: knowledge.entities.get(subject)?.name ?? subject,
    })),
  }));
}

/** Group id → ids of its members: a rule about the group is one about each of them. */
export const groupsOf = (knowledge: Knowledge): Map<string, readonly string[]> =>
  new Map(
    [...knowledge.entities.values()]
      .filter(({ members }) => members.length > 0)
      .map(({ id, members }) => [id, members]),
  );
