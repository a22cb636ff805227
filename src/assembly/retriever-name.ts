import { MedRoundsError } from "#contracts";
import { type Retriever, retrievers } from "#knowledge";

/** A retriever's name, as "hybrid", with what is added to it, as "bm25+synonyms" and "hybrid+rerank". */
export type NamedRetriever = { retriever: Retriever; synonyms: boolean; rerank: boolean };

/** Throws `usage-invalid` where there is no such retriever or addition. */
export function readRetrieverName(written: string): NamedRetriever {
  const [name, ...additions] = written.split("+");
  const retriever = retrievers.find((known) => known.name === name);
  const unknown = additions.find((addition) => addition !== "synonyms" && addition !== "rerank");
  if (retriever && unknown === undefined) {
    return { retriever, synonyms: additions.includes("synonyms"), rerank: additions.includes("rerank") };
  }
  throw new MedRoundsError(
    "usage-invalid",
    `There is no retriever ${written}; there is: ${retrievers.map((known) => known.name).join(", ")}, each also with +synonyms or +rerank.`,
    { retriever: written },
  );
}
