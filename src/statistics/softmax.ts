/**
 * exp(x / temperature), normalized to sum 1; stable for logits of any size. `temperature` is positive, 1 by default.
 * A logit of −Infinity gets 0. No logits give no probabilities.
 * Throws `RangeError` on a logit that is NaN or +Infinity, where all are −Infinity, and on a temperature out of range.
 */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new RangeError(`The temperature must be positive and finite; it is ${temperature}.`);
  }
  if (logits.length === 0) return [];
  let largest = -Infinity;
  for (const logit of logits) {
    if (!(logit < Infinity)) throw new RangeError(`A logit must be finite or -Infinity; one is ${logit}.`);
    largest = Math.max(largest, logit);
  }
  if (largest === -Infinity) throw new RangeError("At least one logit must be finite.");
  const exponentials = logits.map((logit) => Math.exp((logit - largest) / temperature));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}
