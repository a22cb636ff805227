import { sha256 } from "#platform";

/**
 * A set of texts that holds a number of 52 bits for each, in 11 to 22 bytes, however long the texts are. It may take a text that was
 * never added for one of its own: once in a thousand million questions among four million texts.
 */
export type TextSet = { add(text: string): void; has(text: string): boolean };

export function createTextSet(): TextSet {
  /** Open addressing: a number stands at its remainder or at the first free place after it; 0 is a free place. */
  let places = new Float64Array(1024);
  let size = 0;
  const placeOf = (number: number) => {
    let place = number % places.length;
    while (places[place] !== 0 && places[place] !== number) place = (place + 1) % places.length;
    return place;
  };
  const grow = () => {
    const before = places;
    places = new Float64Array(2 * before.length);
    for (const number of before) if (number !== 0) places[placeOf(number)] = number;
  };
  return {
    add(text) {
      const number = numberOf(text);
      const place = placeOf(number);
      if (places[place] === number) return;
      places[place] = number;
      size++;
      if (size > 0.75 * places.length) grow();
    },
    has(text) {
      const number = numberOf(text);
      return places[placeOf(number)] === number;
    },
  };
}

/** 13 hexadecimal digits are 52 bits, which a number holds exactly; 0 would be a free place. */
function numberOf(text: string): number {
  return Number.parseInt(sha256(text).slice(0, 13), 16) || 1;
}
