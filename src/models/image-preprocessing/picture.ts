/** Decoded pixels, upright, 8 bits a sample, rows from the top, samples interleaved. */
export type Picture = { width: number; height: number; channels: 1 | 3; data: Uint8Array };
