import type { DicomElement } from "../dicom/data-set.ts";
import { standardVr } from "../dicom/dictionary.ts";
import { tags } from "../dicom/tags.ts";
import { keptBytes, keptTexts } from "./kept-values.ts";
import { basicProfile, type ProfileAction } from "./profile.ts";

/** Which options of PS3.15 E.3 apply. */
export type DeidentificationOptions = {
  /** Moved by a number of days that is the patient's own (Retain Longitudinal Temporal Information with Modified Dates), or removed. */
  dates: "shifted" | "removed";
  /** Whether serial numbers and names of devices are kept (Retain Device Identity). */
  device: "kept" | "removed";
};

/**
 * What is done with one element: an action of the table (X removes, Z empties, D gives a dummy value, U replaces UIDs), or `shift` for
 * dates, `clean` for the items of a sequence, `check` for a value that is kept if it has the form of its VR and names nobody.
 */
export type ElementAction = ProfileAction | "shift" | "clean" | "check";

const texts = new Set("AE LO LT PN SH ST UC UR UT".split(" "));
const formed = new Set("AS CS DS IS TM".split(" "));
const dates = new Set(["DA", "DT"]);
const blobs = new Set(["OB", "OW", "UN"]);
const directoryGroup = 0x0004;

/** The action for an element, by its tag and its VR alone. */
export function chooseAction(element: DicomElement, options: DeidentificationOptions): ElementAction {
  const { tag, vr } = element;
  if (isUnwanted(tag) || !isStandardVr(element)) return "X";
  const rule = basicProfile.get(tag);
  if (rule?.isTime && options.dates === "shifted") {
    if (dates.has(vr)) return "shift";
    return vr === "TM" ? "check" : "X";
  }
  if (rule && !(rule.isDevice && options.device === "kept")) {
    return rule.action === "U" && vr === "SQ" ? "clean" : rule.action;
  }
  if (vr === "SQ") return "clean";
  if (vr === "UI") return "U";
  if (dates.has(vr)) return options.dates === "shifted" ? "shift" : "Z";
  if (vr === "TM" && options.dates === "removed") return "Z";
  if (texts.has(vr)) return rule || keptTexts.has(tag) ? "check" : "X";
  if (blobs.has(vr)) return keptBytes.has(tag) ? "check" : "X";
  return "check";
}

/** Whether the value of this VR is characters. */
export function isText(vr: string): boolean {
  return texts.has(vr) || formed.has(vr);
}

/** Group lengths, private attributes, curves (50xx), overlays (60xx), directory records; groups 0000 and 0002 are written anew. */
function isUnwanted(tag: number): boolean {
  const group = tag >>> 16;
  const isRepeating = [0x50, 0x60].includes(group >>> 8);
  return (tag & 0xffff) === 0 || group % 2 === 1 || isRepeating || group <= directoryGroup;
}

/** A tag that PS3.6 doesn't know, or in a form that it doesn't have there, can hold anything. */
function isStandardVr({ tag, vr }: DicomElement): boolean {
  const expected = standardVr(tag);
  const isPixels = [tags.pixelData, tags.floatPixelData, tags.doubleFloatPixelData].includes(tag as never);
  return (
    isPixels ||
    vr === expected ||
    (keptBytes.has(tag) && ["US", "SS", "OW", "OB"].includes(vr)) ||
    isNumberPair(vr, expected)
  );
}

/** "US or SS" in PS3.6. */
function isNumberPair(vr: string, expected: string): boolean {
  return ["US", "SS"].includes(vr) && ["US", "SS"].includes(expected);
}
