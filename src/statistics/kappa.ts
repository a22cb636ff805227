/**
 * Cohen's kappa of two judgments of the same things: agreement beyond chance, at most 1 (Cohen 1960, doi 10.1177/001316446002000104).
 * NaN where there is nothing, or both always said the same one thing. Throws `RangeError` where one judged more than the other.
 */
export function kappa(first: readonly string[], second: readonly string[]): number {
  if (first.length !== second.length) throw new RangeError("Both must have judged the same things.");
  const count = first.length;
  const countsOf = (judged: readonly string[]) => {
    const found = new Map<string, number>();
    for (const one of judged) found.set(one, (found.get(one) ?? 0) + 1);
    return found;
  };
  const ofSecond = countsOf(second);
  let together = 0;
  for (const [name, times] of countsOf(first)) together += times * (ofSecond.get(name) ?? 0);
  // In whole numbers, so that certain agreement is told from what is nearly so.
  const agreed = count * first.filter((one, index) => one === second[index]).length;
  return (agreed - together) / (count ** 2 - together);
}
