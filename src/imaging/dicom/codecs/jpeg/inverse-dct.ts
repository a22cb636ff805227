const constantBits = 13;

/**
 * The inverse discrete cosine transform of a block of 8 × 8 dequantized coefficients, in place: the exact integer arithmetic of
 * Loeffler, Ligtenberg and Moschytz (ICASSP 1989) as the reference implementation (IJG, `jidctint`) scales it, so that lossy pictures
 * come out as other readers have them.
 */
export function inverseDct(block: Int32Array, precision: number): void {
  const passBits = precision === 8 ? 2 : 1;
  for (let column = 0; column < 8; column++) transform(block, column, 8, constantBits - passBits);
  for (let row = 0; row < 8; row++) transform(block, row * 8, 1, constantBits + passBits + 3);
}

/** One line of eight numbers, rounded after a shift. The constants are cosines times 2^13. */
function transform(block: Int32Array, from: number, step: number, shift: number): void {
  const in0 = block[from]!;
  const in1 = block[from + step]!;
  const in2 = block[from + 2 * step]!;
  const in3 = block[from + 3 * step]!;
  const in4 = block[from + 4 * step]!;
  const in5 = block[from + 5 * step]!;
  const in6 = block[from + 6 * step]!;
  const in7 = block[from + 7 * step]!;

  const turn = (in2 + in6) * 4433;
  const even2 = turn - in6 * 15_137;
  const even3 = turn + in2 * 6270;
  const sum = (in0 + in4) * 8192;
  const difference = (in0 - in4) * 8192;
  const even = [sum + even3, difference + even2, difference - even2, sum - even3] as const;

  const base = (in7 + in3 + in5 + in1) * 9633;
  const side1 = (in7 + in1) * -7373;
  const side2 = (in5 + in3) * -20_995;
  const side3 = (in7 + in3) * -16_069 + base;
  const side4 = (in5 + in1) * -3196 + base;
  const odd = [
    in1 * 12_299 + side1 + side4,
    in3 * 25_172 + side2 + side3,
    in5 * 16_819 + side2 + side4,
    in7 * 2446 + side1 + side3,
  ] as const;

  const half = 1 << (shift - 1);
  block[from] = (even[0] + odd[0] + half) >> shift;
  block[from + step] = (even[1] + odd[1] + half) >> shift;
  block[from + 2 * step] = (even[2] + odd[2] + half) >> shift;
  block[from + 3 * step] = (even[3] + odd[3] + half) >> shift;
  block[from + 4 * step] = (even[3] - odd[3] + half) >> shift;
  block[from + 5 * step] = (even[2] - odd[2] + half) >> shift;
  block[from + 6 * step] = (even[1] - odd[1] + half) >> shift;
  block[from + 7 * step] = (even[0] - odd[0] + half) >> shift;
}
