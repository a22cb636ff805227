/** Counts of queries over all splits by their class (rows) and by the class voted for (columns), both in the order of `classes`. */
export type Confusion = {
  classes: string[];
  counts: number[][];
  /** By class: queries without a vote. */
  withoutVote: number[];
};

export function confusionOf(votes: readonly { actual: string; predicted: string | undefined }[]): Confusion {
  const named = votes.flatMap(({ actual, predicted }) =>
    predicted === undefined ? [actual] : [actual, predicted],
  );
  const classes = [...new Set(named)].sort();
  const counts = classes.map(() => classes.map(() => 0));
  const withoutVote = classes.map(() => 0);
  for (const { actual, predicted } of votes) {
    const row = classes.indexOf(actual);
    if (predicted === undefined) withoutVote[row]!++;
    else counts[row]![classes.indexOf(predicted)]!++;
  }
  return { classes, counts, withoutVote };
}

/** Of each class: how many queries, and recall and precision of the vote, 0 to 1; null where there is nothing to divide by. */
export function readClasses({ classes, counts, withoutVote }: Confusion): {
  class: string;
  queries: number;
  recall: number | null;
  precision: number | null;
}[] {
  return classes.map((name, index) => {
    const queries = sum(counts[index]!) + withoutVote[index]!;
    const voted = sum(counts.map((row) => row[index]!));
    const right = counts[index]![index]!;
    return {
      class: name,
      queries,
      recall: queries === 0 ? null : right / queries,
      precision: voted === 0 ? null : right / voted,
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
