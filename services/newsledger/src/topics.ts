import { loadKnowledge, loadTopics } from "@newsledger/extraction";
import type { CaseTopic } from "@newsledger/readmodels";

/** The shipped topics as cases: their subjects by name, ready for status and timeline. */
export function caseTopics(): CaseTopic[] {
  const knowledge = loadKnowledge();
  return loadTopics().map(({ id, title, subjects }) => ({
    id,
    title,
    subjects: subjects.map((subject) => ({ id: subject, name: knowledge.name(subject) })),
  }));
}
