import type { Label } from "#contracts";
import type { Raster } from "#imaging";

/** A synthetic image with what is known of it; `draw` gives the same pixels each time. */
export type Phantom = {
  id: string;
  labels: Label[];
  /** One or two sentences of findings. */
  text: string;
  patientId?: string;
  slideId?: string;
  draw: () => Raster;
};

/** Which individual (patient or slide, from 0) each image of a class comes from: the first `pairs` individuals have two. */
export function individualOf(image: number, pairs: number): number {
  return image < 2 * pairs ? Math.floor(image / 2) : image - pairs;
}

export function numbered(prefix: string, number: number, digits: number): string {
  return `${prefix}-${String(number).padStart(digits, "0")}`;
}
