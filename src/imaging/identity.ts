const unknownIdentities = new Set([
  ..."na n/a n.a. nan nil none null undefined unknown unspecified missing anonymous anonymized".split(" "),
  "not applicable",
  "not available",
  "not given",
  "not known",
  "not recorded",
  "not specified",
]);

/**
 * A patient's, slide's or case's id without space around it; undefined where it says that the id is unknown (a word such as
 * "unknown", or no letter and no digit at all), so that two unknowns are never taken for the same.
 */
export function knownIdentity(value: string): string | undefined {
  const text = value.trim();
  const isUnknown = !/[\p{L}\p{N}]/u.test(text) || unknownIdentities.has(text.toLowerCase());
  return isUnknown ? undefined : text;
}
