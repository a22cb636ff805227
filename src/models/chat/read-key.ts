import { MedRoundsError } from "#contracts";

/** An API key without the space around it; undefined where none is left. Throws `usage-invalid` where no header can carry it. */
export function readKey(text: string | undefined): string | undefined {
  const key = text?.trim() ?? "";
  if (key === "") return undefined;
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new MedRoundsError(
      "usage-invalid",
      "The API key holds characters that an HTTP header cannot carry.",
    );
  }
  return key;
}
