import { createNoise, paintEllipse } from "./canvas.ts";
import { between, type Random } from "./chance.ts";
import { createStains, type Stains, tileSize } from "./stains.ts";
import { paintCapillary, paintNucleus, paintStroma, scatter, valueAt } from "./tissue-cells.ts";

/** Stroma crowded with small round lymphocytes and plasma cells, and small vessels. */
export function drawChronicInflammation(random: Random): Stains {
  const stains = createStains();
  paintStroma(random, stains, { density: 0.78, nuclei: 34 });
  for (let vessel = 0; vessel < 3; vessel++) {
    paintCapillary(
      random,
      stains,
      [between(random, [40, 215]), between(random, [45, 215])],
      between(random, [5, 9]),
    );
  }
  const crowd = createNoise(random, { width: tileSize, height: tileSize, cell: 55 });
  for (const at of scatter(random, 9.5, 0.9)) {
    if (valueAt(crowd, at) + between(random, [-0.25, 0.25]) < 0.36) continue;
    const plasma = random() < 0.25;
    if (plasma) {
      const cell = { x: at[0] + 2.4, y: at[1], radiusX: 5.4, radiusY: 4.2, angle: random() * 3 };
      paintEllipse(stains.hematoxylin, { ...cell, strength: 0.27 });
      paintEllipse(stains.eosin, { ...cell, strength: 0.7 });
    }
    paintNucleus(stains, { at, radius: between(random, [2.8, 3.5]), darkness: between(random, [0.82, 1]) });
  }
  return stains;
}
