const warmUpRounds = 12;

/**
 * A generator of numbers uniform in [0, 1), multiples of 2⁻³²; the same seed always gives the same sequence.
 * sfc32 (Small Fast Chaotic) of Doty-Humphrey's PractRand 0.94, with its seeding by one 64-bit number: period at least 2³².
 * Not for secrets. Throws `RangeError` unless the seed is a safe integer.
 */
export function createRandom(seed: number): () => number {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`The seed must be a safe integer; it is ${seed}.`);
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < warmUpRounds; round++) next();
  return next;
}
