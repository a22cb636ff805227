import { createHmac } from "node:crypto";
import { MedRoundsError } from "#contracts";

/** Keyed hashes: equal for equal inputs under one key, and without the key neither traced back nor tried out. */
export type Pseudonyms = {
  /** 32 hexadecimal digits for what identifies a patient. */
  patient: (identity: string) => string;
  /** A UID under 2.25 (PS3.5 B.2), at most 44 characters. */
  uid: (uid: string) => string;
  /** By how many days the patient's dates are moved: −3,650 to −1. Takes the patient's pseudonym. */
  days: (patient: string) => number;
};

const shortestKey = 16;
const longestShift = 3650;

/** Pseudonyms by HMAC-SHA-256 (RFC 2104). Throws `key-invalid` for a key under 16 bytes. */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  if (key.length < shortestKey) {
    throw new MedRoundsError("key-invalid", `The key of the pseudonyms has ${key.length} bytes.`, {
      bytes: key.length,
      shortestKey,
    });
  }
  const digest = (purpose: string, value: string) =>
    createHmac("sha256", key).update(`${purpose}\0${value}`).digest();
  return {
    patient: (identity) => digest("patient", identity).toString("hex", 0, 16),
    uid: (uid) => `2.25.${uuidNumber(digest("uid", uid))}`,
    days: (patient) => -1 - (digest("days", patient).readUInt32BE() % longestShift),
  };
}

/** The first 128 bits as the number of a UUID whose version says that its bits are free (RFC 9562 section 5.8). */
function uuidNumber(bytes: Buffer): bigint {
  const uuid = Buffer.from(bytes.subarray(0, 16));
  uuid[6] = (uuid[6]! & 0x0f) | 0x80;
  uuid[8] = (uuid[8]! & 0x3f) | 0x80;
  return BigInt(`0x${uuid.toString("hex")}`);
}
