const keyBits = 28;
const keyMask = 2 ** keyBits - 1;
const positionRange = 2 ** 25;
const bucketShift = 12;
const bucketCount = 2 ** (keyBits - bucketShift);

/** Where sequences of words stand in `words`: 8 bytes an entry. */
export type Postings = {
  /**
   * Where the sequence `sought[start]` to `sought[start + size]` stands, in order; "common" where it stands in more places than
   * the limit says, so that it tells nothing. Every place has been compared word by word: a hash that collides finds nothing.
   */
  find(sought: ArrayLike<number>, start: number, size: number): readonly number[] | "common";
};

const nowhere: readonly number[] = [];

/**
 * An inverted index of word sequences of any sizes. Throws a `RangeError` beyond 33,554,432 words, which is over 200 times
 * the questions of MedMCQA.
 */
export function createPostings(request: {
  words: Uint32Array;
  sequences: Iterable<{ start: number; size: number }>;
  commonAbove: number;
}): Postings {
  const { words, sequences, commonAbove } = request;
  if (words.length > positionRange) throw new RangeError(`More than ${positionRange} words to index.`);
  const packed: number[] = [];
  for (const { start, size } of sequences) packed.push(hash(words, start, size) * positionRange + start);
  const entries = Float64Array.from(packed).sort();
  const buckets = new Uint32Array(bucketCount + 1);
  for (const entry of entries) buckets[bucketOf(Math.floor(entry / positionRange)) + 1]!++;
  for (let bucket = 0; bucket < bucketCount; bucket++) buckets[bucket + 1]! += buckets[bucket]!;

  return {
    find(sought, start, size) {
      const key = hash(sought, start, size);
      const bucket = bucketOf(key);
      const end = buckets[bucket + 1]!;
      let next = buckets[bucket]!;
      while (next < end && entries[next]! < key * positionRange) next++;
      let places: number[] | undefined;
      for (; next < end; next++) {
        const place = entries[next]! - key * positionRange;
        if (place >= positionRange) break;
        if (!isEqual({ words, place, sought, start, size })) continue;
        places ??= [];
        if (places.push(place) > commonAbove) return "common";
      }
      return places ?? nowhere;
    },
  };
}

function bucketOf(key: number): number {
  return key >>> bucketShift;
}

/** Multiplies and folds each word in; the size takes part, so that a sequence is no prefix of another. */
function hash(words: ArrayLike<number>, start: number, size: number): number {
  let value = size;
  for (let index = start; index < start + size; index++) {
    value = Math.imul(value ^ words[index]!, 0x9e3779b1);
    value ^= value >>> 15;
  }
  return value & keyMask;
}

function isEqual(pair: {
  words: Uint32Array;
  place: number;
  sought: ArrayLike<number>;
  start: number;
  size: number;
}): boolean {
  const { words, place, sought, start, size } = pair;
  for (let offset = 0; offset < size; offset++) {
    if (words[place + offset] !== sought[start + offset]) return false;
  }
  return true;
}
