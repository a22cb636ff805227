import type { DeidentificationOptions } from "./choose-action.ts";
import { profileEdition } from "./profile.ts";
import type { WritableElement } from "./write-data-set.ts";

type Method = { code: string; meaning: string };

/** PS3.16 CID 7050. */
const profile: Method = { code: "113100", meaning: "Basic Application Confidentiality Profile" };
const modifiedDates: Method = {
  code: "113107",
  meaning: "Retain Longitudinal Temporal Information Modified Dates Option",
};
const deviceIdentity: Method = { code: "113109", meaning: "Retain Device Identity Option" };

/** The methods in words of at most 64 characters, as Long String allows. */
export function methodNames(options: DeidentificationOptions): string[] {
  return [`MedRounds, ${profileEdition}`, ...chosen(options).map(({ meaning }) => meaning)];
}

/** What a de-identified file says of itself (PS3.15 E.1.1, PS3.3 C.7.1.1 and C.12.1). */
export function methodElements(options: DeidentificationOptions): WritableElement[] {
  const time = options.dates === "shifted" ? "MODIFIED" : "REMOVED";
  const codes = chosen(options).map(({ code, meaning }) => [
    text(0x00080100, "SH", code),
    text(0x00080102, "SH", "DCM"),
    text(0x00080104, "LO", meaning),
  ]);
  return [
    text(0x00120062, "CS", "YES"),
    text(0x00120063, "LO", methodNames(options).join("\\")),
    { tag: 0x00120064, vr: "SQ", bytes: new Uint8Array(), items: codes },
    text(0x00280303, "CS", time),
  ];
}

function chosen({ dates, device }: DeidentificationOptions): Method[] {
  const options = [
    ...(dates === "shifted" ? [modifiedDates] : []),
    ...(device === "kept" ? [deviceIdentity] : []),
  ];
  return [profile, ...options];
}

function text(tag: number, vr: string, value: string): WritableElement {
  return { tag, vr, bytes: Buffer.from(value, "latin1") };
}
