import type { Option } from "#contracts";

/** An image of a sample. `read` gives the file's bytes; `sha256` is theirs. */
export type SampleImage = {
  name: string;
  /** Of a file of its own: where it lies below the data set's folder, or that of its images, with "/" between the parts. */
  path?: string;
  sha256: string;
  read(signal?: AbortSignal): Promise<Uint8Array>;
};

/** What is right: an option, one of several texts, a report, the rows that a query gives, or that the question cannot be answered. */
export type Gold =
  | { type: "option"; label: string }
  | { type: "text"; texts: readonly string[] }
  | { type: "report"; text: string }
  | { type: "rows"; rows: readonly (readonly (string | number | null)[])[] }
  | { type: "unanswerable" };

/** One question of a data set with its right answer. */
export type Sample = {
  /** By content: question, options, gold and images. 24 hexadecimal digits, so that it fits addresses and file names. */
  id: string;
  /** Its id in the data set's own file, or its line. */
  sourceId: string;
  question: string;
  options: readonly Option[];
  /** Where there are exemplars, in front of what is asked about, they are not here: the few-shot condition brings them. */
  images: readonly SampleImage[];
  gold: Gold;
  /** Unknown ones are empty and equal no other. */
  patient: string;
  slide: string;
  /**
   * What stands together in a resample: the patient, else the slide, else what the form says that samples share (the article, the
   * template of the question), else the first image, else the question itself, so that its repetitions stand together.
   */
  group: string;
  /** Ids of the documents that it was written from, as PMIDs; left out where none are known. */
  sources?: readonly string[];
  /** Values by which results are told apart, as the task of a benchmark or the modality of an image. */
  tags: Readonly<Record<string, string>>;
};

/** What is to be known of a data set before its figures are believed. */
export type DataSetCard = {
  title: string;
  /** As its publisher states it; "not stated" where nobody does. */
  license: string;
  source: string;
  /** The splits that its publisher names. */
  splits: string;
  /** Why a model may have seen it, or why answers may be found in a library. */
  contamination: string;
};

/** A row that could not be read; the others are. */
export type RefusedSample = { sourceId: string; code: string; message: string };

export type DataSet = {
  name: string;
  format: string;
  card: DataSetCard;
  samples: readonly Sample[];
  refused: readonly RefusedSample[];
  /** Questions in the files, the refused ones too, before a split, a filter or a limit left any out. */
  rows: number;
  /** Sentences about what to be careful with, as that no patient is known. */
  notes: readonly string[];
};
