import { beforeAll, describe, expect, it } from "vitest";
import type { Raster } from "#imaging";
import { createRandom } from "#statistics";
import { cardiothoracicRatio, diaphragmY, drawAnatomy, lateralEdge } from "./chest-anatomy.ts";
import { type ChestClass, chestPhantoms } from "./chest-phantoms.ts";

type Zone = { left: number; right: number; top: number; bottom: number };

function meanBrightness(raster: Raster, zone: Zone): number {
  let sum = 0;
  for (let y = zone.top; y < zone.bottom; y++) {
    for (let x = zone.left; x < zone.right; x++) sum += raster.data[y * raster.width + x] ?? 0;
  }
  return sum / ((zone.right - zone.left) * (zone.bottom - zone.top));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean over the images of a class of the brighter and of the darker side of a pair of mirrored zones. */
function bothSides(rasters: readonly Raster[], zone: Zone): { brighter: number; darker: number } {
  const mirrored = { ...zone, left: 384 - zone.right, right: 384 - zone.left };
  const pairs = rasters.map((raster) => [meanBrightness(raster, zone), meanBrightness(raster, mirrored)]);
  return {
    brighter: mean(pairs.map((pair) => Math.max(...pair))),
    darker: mean(pairs.map((pair) => Math.min(...pair))),
  };
}

const drawn = new Map<string, Raster[]>();
const ofClass = (name: ChestClass): Raster[] => drawn.get(name) ?? [];

beforeAll(() => {
  for (const phantom of chestPhantoms()) {
    const name = phantom.labels[0]?.name ?? "";
    drawn.set(name, [...(drawn.get(name) ?? []), phantom.draw()]);
  }
});

describe("chest phantoms", () => {
  it("have brighter lung bases with a pleural effusion than with no finding", () => {
    const base = { left: 64, right: 100, top: 250, bottom: 285 };
    expect(bothSides(ofClass("Pleural effusion"), base).brighter).toBeGreaterThan(
      bothSides(ofClass("No finding"), base).brighter + 30,
    );
  });

  it("have a darker upper lateral zone with a pneumothorax than with no finding", () => {
    const zone = { left: 68, right: 84, top: 130, bottom: 170 };
    expect(bothSides(ofClass("Pneumothorax"), zone).darker).toBeLessThan(
      bothSides(ofClass("No finding"), zone).darker - 5,
    );
  });

  it("have brightness farther to the left of the heart with cardiomegaly than with no finding", () => {
    const zone = { left: 256, right: 285, top: 220, bottom: 265 };
    const brightness = (name: ChestClass) =>
      mean(ofClass(name).map((raster) => meanBrightness(raster, zone)));
    expect(brightness("Cardiomegaly")).toBeGreaterThan(brightness("No finding") + 25);
  });

  it("have a brighter lung with a consolidation than with no finding", () => {
    const lung = { left: 80, right: 150, top: 80, bottom: 260 };
    expect(bothSides(ofClass("Consolidation"), lung).brighter).toBeGreaterThan(
      bothSides(ofClass("No finding"), lung).brighter + 5,
    );
  });

  it("name the cardiothoracic ratio that was drawn, above one half only with cardiomegaly", () => {
    const texts = chestPhantoms().map(({ labels, text }) => [
      labels[0]?.name,
      /ratio of (0\.\d\d)/.exec(text)?.[1],
    ]);
    for (const [name, ratio] of texts) {
      if (name === "Cardiomegaly") expect(Number(ratio)).toBeGreaterThan(0.55);
      else expect(ratio).toBeUndefined();
    }
  });

  it("draw the same pixels each time they are asked", () => {
    const [phantom] = chestPhantoms();
    expect(phantom?.draw().data).toEqual(phantom?.draw().data);
  });
});

describe("drawAnatomy", () => {
  it("gives the heart the ratio that was asked for", () => {
    for (const ratio of [0.42, 0.5, 0.66]) {
      expect(cardiothoracicRatio(drawAnatomy(createRandom(3), ratio))).toBeCloseTo(ratio, 6);
    }
  });

  it("puts the costophrenic angle below the dome and the widest place of the thorax between apex and base", () => {
    for (let seed = 0; seed < 50; seed++) {
      const anatomy = drawAnatomy(createRandom(seed), 0.45);
      expect(diaphragmY(anatomy, "left", anatomy.halfWidth)).toBeGreaterThan(anatomy.domeY.left + 30);
      expect(lateralEdge(anatomy, anatomy.widestY)).toBeGreaterThan(lateralEdge(anatomy, anatomy.apexY + 5));
      expect(lateralEdge(anatomy, anatomy.widestY)).toBeCloseTo(anatomy.halfWidth, 6);
    }
  });
});
