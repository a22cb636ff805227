/** The four kinds of knowledge, by the keys that a model is asked for (Med-RwR, arXiv 2510.18303, knowledge base ExpKB). */
export const knowledgeKinds = [
  "medical_terminology",
  "symptoms_and_signs",
  "disease_manifestations",
  "treatment_protocols",
] as const;

export type KnowledgeKind = (typeof knowledgeKinds)[number];

/** Sentences by kind, in the order in which the model gave them. */
export type KnowledgeSentences = Record<KnowledgeKind, string[]>;

/** “Symptoms and signs”. */
export function kindTitle(kind: KnowledgeKind): string {
  const words = kind.replaceAll("_", " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
