/**
 * Text: sentences, search terms, and mentions of a finding with their negation. English clinical and biomedical prose.
 * Is not a place for search (knowledge) or for the tags of a transcript (transcript).
 * Pure: no input or output, no clock, no randomness; runs in a browser. Imports no room.
 */
export { findMentions } from "./mentions.ts";
export { type Sentence, sentences } from "./sentences.ts";
export { terms } from "./terms.ts";
