import { type ErrorFacts, MedRoundsError } from "#contracts";
import { pixelLimit, sideLimit } from "../codec.ts";
import type { DicomElement, DicomFile } from "./data-set.ts";
import type { SampleType } from "./pixel-array.ts";
import { tagName, tags } from "./tags.ts";
import { readNumber, readText } from "./values.ts";

/** The Image Pixel module (PS3.3 C.7.6.3), checked. */
export type ImagePixel = {
  /** The file's name, for messages. */
  name: string;
  rows: number;
  columns: number;
  samples: 1 | 3;
  frames: number;
  /** 1, 8, 16 or 32; 64 for floating-point pixels only. */
  bitsAllocated: number;
  bitsStored: number;
  /** Kind of the stored values: 1 bit is unpacked to uint8. */
  type: SampleType;
  photometric: string;
  /** Samples as one plane each, not side by side. Holds for uncompressed pixels. */
  planar: boolean;
  /** Pixel data, or float pixel data. */
  element: DicomElement;
};

const frameLimit = 100_000;

/**
 * @throws MedRoundsError `dicom-without-pixels`; `image-too-large` (over 100 megapixels or 16,384 pixels a side);
 * `dicom-damaged` (attributes missing or contradictory); `dicom-form-unsupported` (a depth or number of samples not read here).
 */
export function readImagePixel({ dataSet, name }: DicomFile): ImagePixel {
  const element = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData]
    .map((tag) => dataSet.elements.get(tag))
    .find((found) => found !== undefined);
  if (!element) {
    throw new MedRoundsError("dicom-without-pixels", `${name} is a DICOM file without pixels.`, { name });
  }
  const required = (tag: number): number => {
    const value = readNumber(dataSet, tag);
    if (value === undefined || !Number.isInteger(value)) throw damaged(name, `lacks a valid ${tagName(tag)}`);
    return value;
  };
  const rows = required(tags.rows);
  const columns = required(tags.columns);
  const bitsAllocated = required(tags.bitsAllocated);
  const samples = readNumber(dataSet, tags.samplesPerPixel) ?? 1;
  const frames = dataSet.elements.get(tags.numberOfFrames)?.bytes.length ? required(tags.numberOfFrames) : 1;
  const bitsStored = readNumber(dataSet, tags.bitsStored) ?? bitsAllocated;
  const isSigned = readNumber(dataSet, tags.pixelRepresentation) === 1;
  const facts = { name, rows, columns, bitsAllocated, bitsStored, samples, frames };
  checkSize(facts);
  checkDepth(facts);
  return {
    name,
    rows,
    columns,
    samples: samples === 3 ? 3 : 1,
    frames,
    bitsAllocated,
    bitsStored,
    type: sampleType(element.tag, bitsAllocated, isSigned),
    photometric:
      readText(dataSet, tags.photometricInterpretation)?.toUpperCase() ?? defaultPhotometric(samples),
    planar: readNumber(dataSet, tags.planarConfiguration) === 1,
    element,
  };
}

type Size = { name: string; rows: number; columns: number; frames: number };
type Depth = { name: string; bitsAllocated: number; bitsStored: number; samples: number };

function checkSize(facts: Size): void {
  const { name, rows, columns, frames } = facts;
  if (rows < 1 || columns < 1) throw damaged(name, "has no rows or no columns");
  if (rows > sideLimit || columns > sideLimit || rows * columns > pixelLimit) {
    throw new MedRoundsError("image-too-large", `${name} has ${columns} × ${rows} pixels.`, { ...facts });
  }
  if (frames < 1) throw damaged(name, "has no frame");
  if (frames > frameLimit) {
    throw new MedRoundsError("image-too-large", `${name} has ${frames} frames.`, { ...facts });
  }
}

function checkDepth(facts: Depth): void {
  const { name, bitsAllocated, bitsStored, samples } = facts;
  if (samples !== 1 && samples !== 3) {
    throw unsupported(`${name} has ${samples} samples a pixel.`, { ...facts });
  }
  if (![1, 8, 16, 32, 64].includes(bitsAllocated)) {
    throw unsupported(`${name} has ${bitsAllocated} bits a sample.`, { ...facts });
  }
  if (bitsStored < 1 || bitsStored > bitsAllocated) {
    throw damaged(name, `stores ${bitsStored} of ${bitsAllocated} bits`);
  }
}

function sampleType(tag: number, bitsAllocated: number, isSigned: boolean): SampleType {
  if (tag === tags.floatPixelData) return "float32";
  if (tag === tags.doubleFloatPixelData) return "float64";
  if (bitsAllocated <= 8) return isSigned && bitsAllocated === 8 ? "int8" : "uint8";
  if (bitsAllocated === 16) return isSigned ? "int16" : "uint16";
  return isSigned ? "int32" : "uint32";
}

function defaultPhotometric(samples: number): string {
  return samples === 3 ? "RGB" : "MONOCHROME2";
}

export function damaged(name: string, what: string, facts: ErrorFacts = {}): MedRoundsError {
  return new MedRoundsError("dicom-damaged", `${name} ${what}.`, { name, ...facts });
}

export function unsupported(message: string, facts: ErrorFacts): MedRoundsError {
  return new MedRoundsError("dicom-form-unsupported", message, facts);
}

export function truncated(name: string, facts: ErrorFacts = {}): MedRoundsError {
  return new MedRoundsError("image-truncated", `${name} ends before its pixels do.`, { name, ...facts });
}
