/** Problems by kind: what is said of `count` of them, and what to do. Harmless ones are left-overs that break nothing. */
const kinds = {
  "library-unreadable": { severity: "broken", say: () => "The library can't be read", cure: "" },
  "passage-unreadable": {
    severity: "broken",
    say: (count) => `Passages that can't be read: ${count}`,
    cure: "Add their sources again with --replace.",
  },
  "document-incomplete": {
    severity: "broken",
    say: (count) => `Passages that lack the one beside them in their document: ${count}`,
    cure: "Remove their documents with library remove --id, then add their sources again.",
  },
  "passage-twice": {
    severity: "broken",
    say: (count) => `Passages that are there more than once: ${count}`,
    cure: "Remove their documents with library remove --id, then add their sources again.",
  },
  "corpus-unnamed": {
    severity: "broken",
    say: (count) => `Passages and cases of a corpus that library.json does not name: ${count}`,
    cure: "Add any file to that corpus with library add --name, or remove it with library remove --corpus.",
  },
  "case-unreadable": {
    severity: "broken",
    say: (count) => `Cases that can't be read: ${count}`,
    cure: "Add their sources again with --replace.",
  },
  "case-twice": {
    severity: "broken",
    say: (count) => `Cases that are there more than once: ${count}`,
    cure: "Remove them with library remove --id, then add their sources again.",
  },
  "case-vector-invalid": {
    severity: "broken",
    say: (count) => `Cases whose vector is not finite or has the wrong length: ${count}`,
    cure: "Remove them with library remove --id, then add their sources again.",
  },
  "image-missing": {
    severity: "broken",
    say: (count) => `Images that cases use and that are not there: ${count}`,
    cure: "Add their sources again: library add restores images.",
  },
  "image-altered": {
    severity: "broken",
    say: (count) => `Images that are not what was stored: ${count}`,
    cure: "Delete those files, then add their sources again: library add restores images.",
  },
  "text-vector-invalid": {
    severity: "broken",
    say: (count) =>
      `Vectors of passages that are not finite, not of length 1 or of the wrong dimension: ${count}`,
    cure: "Make them anew: medrounds library embed --replace.",
  },
  "image-vector-invalid": {
    severity: "broken",
    say: (count) =>
      `Vectors of images that are not finite, not of length 1 or of the wrong dimension: ${count}`,
    cure: "Make them anew: medrounds library embed --images SOURCE --replace.",
  },
  "passages-without-vector": {
    severity: "harmless",
    say: (count) =>
      `Passages that have no vector yet, or one of an older text, and are found by words alone: ${count}`,
    cure: "Run medrounds library embed with that embedder again.",
  },
  "vectors-without-passage": {
    severity: "harmless",
    say: (count) => `Vectors of passages that have gone: ${count}`,
    cure: "Run medrounds library embed with that embedder again, or the removal that was interrupted.",
  },
  "cases-without-vector": {
    severity: "harmless",
    say: (count) => `Cases that have no vector yet, or one of an older image: ${count}`,
    cure: "Run medrounds library embed --images with that encoder again.",
  },
  "vectors-without-case": {
    severity: "harmless",
    say: (count) => `Vectors of cases that have gone: ${count}`,
    cure: "Run medrounds library embed --images with that encoder again, or the removal that was interrupted.",
  },
  "similarity-missing": {
    severity: "harmless",
    say: () => "How cases are compared was not fitted on this library yet",
    cure: "Run medrounds library fit.",
  },
  "similarity-damaged": {
    severity: "harmless",
    say: () => "similarity.json can't be read, so that cases are compared without a fit",
    cure: "Run medrounds library fit.",
  },
  "similarity-outdated": {
    severity: "harmless",
    say: () => "similarity.json is of other encoders, so that cases are compared without a fit",
    cure: "Run medrounds library fit.",
  },
  "removal-pending": {
    severity: "harmless",
    say: () => "A removal was cut short: bytes of what was removed may still be on the disk",
    cure: "Run that removal again, or any other one: it is completed by it.",
  },
  "image-unused": {
    severity: "harmless",
    say: (count) => `Images of no case: ${count}`,
    cure: "Run the addition or removal that was interrupted again; every library remove deletes such images.",
  },
  "corpus-empty": {
    severity: "harmless",
    say: (count) => `Corpora that are named and hold nothing: ${count}`,
    cure: "Add to them again, or remove the name with library remove --corpus.",
  },
  "part-left": {
    severity: "harmless",
    say: (count) => `Files left by writes that were interrupted: ${count}`,
    cure: "They can be deleted while no command writes to the library.",
  },
  "lock-stale": {
    severity: "harmless",
    say: () => "The writer's lock was left by a command that has ended",
    cure: "The next command that writes takes it over.",
  },
  "lock-held": {
    severity: "harmless",
    say: () => "Another command is writing to the library, so that counts may change while they are read",
    cure: "Run the doctor again when that command has ended.",
  },
} as const satisfies Record<
  string,
  { severity: "broken" | "harmless"; say: (count: number) => string; cure: string }
>;

type ProblemKind = keyof typeof kinds;

/** What a doctor found, once for all that are alike, with up to five examples: ids, files, names. */
export type Problem = {
  kind: ProblemKind;
  severity: "broken" | "harmless";
  count: number;
  message: string;
  cure: string;
  examples: string[];
};

const examplesKept = 5;

/** Problems as they are found. `where` says to what they belong, such as an embedder, where there are several. */
export type ProblemList = {
  note(kind: ProblemKind, example?: string, told?: { where?: string; message?: string; cure?: string }): void;
  /** What is broken first. */
  list(): Problem[];
};

export function createProblemList(): ProblemList {
  const found = new Map<string, Problem & { where: string }>();
  return {
    note(kind, example, { where = "", message = "", cure } = {}) {
      const key = `${kind} ${where} ${message}`;
      const { severity, cure: usual } = kinds[kind];
      const problem = found.get(key) ?? {
        kind,
        severity,
        count: 0,
        message,
        cure: cure ?? usual,
        examples: [],
        where,
      };
      problem.count++;
      if (example !== undefined && problem.examples.length < examplesKept) problem.examples.push(example);
      found.set(key, problem);
    },
    list: () =>
      [...found.values()]
        .map(({ where, message, ...problem }) => {
          const said = message || `${kinds[problem.kind].say(problem.count)}${where && ` (${where})`}.`;
          return { ...problem, message: said };
        })
        .toSorted((a, b) => Number(a.severity === "harmless") - Number(b.severity === "harmless")),
  };
}
