import { createNoise, createPlane, edgeCoverage, fillPlane, type Point, paintEllipse } from "./canvas.ts";
import { between, type Random } from "./chance.ts";
import { cover, createStains, type Stains, tileSize } from "./stains.ts";
import { cellBorders, paintNucleus, scatter } from "./tissue-cells.ts";

/** Plates of liver cells with round central nuclei, many of them filled by clear round fat vacuoles. */
export function drawSteatosis(random: Random, options: { share: number }): Stains {
  const stains = createStains();
  const spacing = 25;
  const points = scatter(random, spacing, 0.5);
  const borders = cellBorders(points, spacing);
  const grain = createNoise(random, { width: tileSize, height: tileSize, cell: 4 });
  const sinusoids = createNoise(random, { width: tileSize, height: tileSize, cell: 34 });
  fillPlane(stains.eosin, (_x, _y, index) => {
    const gap = edgeCoverage(0.11 - Math.abs(sinusoids.data[index]! - 0.5) * 1.6, 0.1) * 0.3;
    const border = edgeCoverage(1.1 - borders.data[index]!, 1.5);
    return (0.68 + 0.3 * grain.data[index]!) * (1 - gap) + 0.16 * border;
  });
  fillPlane(stains.hematoxylin, (_x, _y, index) => 0.05 + 0.06 * grain.data[index]!);
  const vacuoles = createPlane(tileSize, tileSize);
  const nuclei: { at: Point; fatty: boolean }[] = [];
  for (const at of points) {
    const fatty = random() < options.share;
    const radius = between(random, [6, 11]);
    const turn = random() * 2 * Math.PI;
    const aside = fatty ? radius + 1.2 : between(random, [0, 2]);
    nuclei.push({ at: [at[0] + aside * Math.cos(turn), at[1] + aside * Math.sin(turn)], fatty });
    if (fatty) paintEllipse(vacuoles, { x: at[0], y: at[1], radiusX: radius, radiusY: radius * 0.96 });
    else if (random() < 0.3) {
      for (let droplet = 0; droplet < 5; droplet++) {
        const size = between(random, [1.4, 2.6]);
        const spot = { x: at[0] + between(random, [-9, 9]), y: at[1] + between(random, [-9, 9]) };
        paintEllipse(vacuoles, { ...spot, radiusX: size, radiusY: size });
      }
    }
  }
  cover(stains, vacuoles, { eosin: () => 0.02, hematoxylin: () => 0 });
  for (const { at, fatty } of nuclei) {
    paintNucleus(stains, {
      at,
      radius: fatty ? 2.9 : 4.4,
      elongation: fatty ? 1.6 : 1.05,
      darkness: 0.72,
      nucleolus: !fatty,
    });
  }
  return stains;
}
