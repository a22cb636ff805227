/** A picture drawn by a formula, with edges and slopes at several scales, so that another program can draw the same. */
export function drawPattern(width: number, height: number, channels: 1 | 3 = 3) {
  const data = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let channel = 0; channel < channels; channel++) {
        const value =
          column * (channel + 3) + row * 7 + ((column * row) % 41) * 5 + (column % 16 < 8 ? 60 : 0);
        data[(row * width + column) * channels + channel] = value % 256;
      }
    }
  }
  return { width, height, channels, data };
}
