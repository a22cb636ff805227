import type { Option, Transcript } from "#contracts";

/** What is right. All parts are optional in data that people have; a reward that needs one that is missing does not apply. */
export type TrajectoryGold = {
  /** The label of the right option. */
  label?: string | undefined;
  /** The right answer in words; that of the labeled option where left out. */
  text?: string | undefined;
  /** Other words for it. */
  aliases: readonly string[];
  /** Medical entities of the right answer and its explanation; found in `text` where there are none. */
  entities: readonly string[];
  /** Ids or titles of the documents that hold the answer. */
  sources: readonly string[];
};

export type RetrievedDocument = { id?: string | undefined; title: string; text: string };

/** What one search gave. */
export type RetrievedSet = { query: string; documents: readonly RetrievedDocument[] };

/**
 * What models said of a trajectory before it is scored. Scoring itself asks no one, so that it is deterministic; a part that is not
 * here was not measured, and rewards that need it do not apply.
 */
export type Measured = {
  /**
   * Log-probabilities (natural, at most 0) of the option labels at the first place of the answer: of an answer that was demanded before
   * anything was retrieved, and of the final one. Labels as the options have them.
   */
  optionsBefore?: Readonly<Record<string, number>> | undefined;
  optionsAfter?: Readonly<Record<string, number>> | undefined;
  /** Cosine (−1 to 1) of the question's image and each query, in the order of the queries. */
  imageSimilarity?: readonly number[] | undefined;
  /** Cosine (−1 to 1) of the answer's text and the right one, by a domain encoder. */
  answerSimilarity?: number | undefined;
  /** Whether the evidence supports each claim of the answer, 0–1, by a model of inference. */
  claimSupport?: readonly { claim: string; support: number }[] | undefined;
  /** Ratings by a chat model, each in 0–1, by the name of what it rated. */
  ratings?: Readonly<Record<string, number>> | undefined;
};

/** One completion to be scored, with what is right and what was found. */
export type Trajectory = {
  id: string;
  question: string;
  options: readonly Option[];
  gold: TrajectoryGold;
  /** What model and environment wrote. The environment's spans, and nothing else, say what the model did not write. */
  transcript: Transcript;
  /** One for each search, in the order of the transcript. Left empty, the environment's blocks are what was found. */
  retrieved: readonly RetrievedSet[];
  /** How many images the question has. */
  images: number;
  measured: Measured;
};
