import type { Label } from "#contracts";
import { createRandom } from "#statistics";
import { between, type Random } from "./chance.ts";
import { drawChronicInflammation } from "./inflammation-tile.ts";
import { individualOf, numbered, type Phantom } from "./phantom.ts";
import { drawNormalMucosa, drawSquamousCarcinoma } from "./squamous-tiles.ts";
import { developStains, drawStainStrength, type Stains } from "./stains.ts";
import { drawSteatosis } from "./steatosis-tile.ts";

type TissueKind = { draw: (random: Random) => Stains; text: string; absent: readonly string[] };

const tissueKinds = {
  "Normal squamous mucosa": {
    draw: drawNormalMucosa,
    text: "ordered squamous epithelium that matures from one dark basal row to flat surface cells, on quiet stroma.",
    absent: ["Squamous cell carcinoma", "Chronic inflammation"],
  },
  "Squamous cell carcinoma": {
    draw: drawSquamousCarcinoma,
    text: "irregular nests with pleomorphic dark nuclei, mitotic figures and keratin pearls that invade the stroma.",
    absent: ["Normal squamous mucosa"],
  },
  "Chronic inflammation": {
    draw: drawChronicInflammation,
    text: "stroma crowded with small round lymphocytes and plasma cells, between small vessels. No neutrophils are drawn.",
    absent: ["Squamous cell carcinoma"],
  },
  Steatosis: {
    draw: (random) => drawSteatosis(random, { share: between(random, [0.2, 0.6]) }),
    text: "liver cells with clear round fat vacuoles, many of which push the nucleus aside.",
    absent: ["Chronic inflammation"],
  },
} as const satisfies Record<string, TissueKind>;

export type TissueClass = keyof typeof tissueKinds;
export const tissueClasses = Object.keys(tissueKinds) as TissueClass[];

export const imagesPerTissueClass = 10;
const slidesWithTwoTiles = 3;
const slidesPerClass = individualOf(imagesPerTissueClass - 1, slidesWithTwoTiles) + 1;

/** A stained tile. The slide's number decides the strength of the stain, the image's number the tissue. */
export function tissuePhantom(options: { kind: TissueClass; slide: number; image: number }): Phantom {
  const { kind, slide, image } = options;
  const { draw, text, absent } = tissueKinds[kind];
  return {
    id: numbered("phantom-tissue", image, 3),
    slideId: numbered("phantom-slide", slide, 2),
    labels: [{ name: kind, status: "present" }, ...absent.map((name): Label => ({ name, status: "absent" }))],
    text: `Synthetic phantom, drawn as if stained with hematoxylin and eosin: ${text}`,
    draw: () => {
      const random = createRandom(90_000 + image);
      return developStains(random, draw(random), drawStainStrength(createRandom(2000 + slide)));
    },
  };
}

/** Tissue phantoms of the library, the classes in turn. Three slides of each class have two tiles. */
export function tissuePhantoms(): Phantom[] {
  return Array.from({ length: imagesPerTissueClass * tissueClasses.length }, (_, index) => {
    const order = index % tissueClasses.length;
    const variant = individualOf(Math.floor(index / tissueClasses.length), slidesWithTwoTiles);
    const slide = variant * tissueClasses.length + order + 1;
    return tissuePhantom({ kind: tissueClasses[order]!, slide, image: index + 1 });
  });
}

/** The first slide number that no library tile has. */
export const firstFreeSlide = slidesPerClass * tissueClasses.length + 1;
