import { type Command, Option } from "commander";
import type { Library, LibrarySearch, RetrievalChoice } from "#assembly";
import { plain } from "./terminal.ts";

/** Adds the options that say how passages are found. */
export function addRetrievalOptions(command: Command): Command {
  const options = [
    new Option(
      "--retriever <name>",
      "how: bm25, dense, hybrid, medrag, each also with +synonyms (default: hybrid where the texts have vectors, else bm25)",
    ),
    new Option(
      "--reranker <source>",
      "a model that judges the first passages again, as tei:http://127.0.0.1:8081",
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup("How passages are found:"));
  return command;
}

/** What a person gave of these options. */
type Given = { retriever?: string | undefined; reranker?: string | undefined };

/** Only the fields that say how passages are found. */
export function retrievalChoice({ retriever, reranker }: Given): RetrievalChoice {
  return {
    ...(retriever === undefined ? {} : { retriever }),
    ...(reranker === undefined ? {} : { reranker }),
  };
}

/** Opens the search of a library's passages as it was asked for, and tells on stderr what a person should know of it. */
export async function openSearch(library: Library, choice: Given): Promise<LibrarySearch> {
  const { openPassageSearch } = await import("#assembly");
  const search = await openPassageSearch({ library, ...retrievalChoice(choice) });
  for (const note of search.notes) process.stderr.write(`Note: ${plain(note)}\n`);
  return search;
}
