/** Letters and digits of a text in runs, without accents and case. */
function words(text: string): string[] {
  return (
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * The first of the identities that a text holds, however it is written: an id ("MRN-004711") also with other signs or spaces in it, a name
 * of a DICOM file ("DOE^JANE") by its family name, others of several words by all of them in any order. Identities of fewer than three letters and digits are passed over, since
 * they are found in any text.
 */
export function findIdentity(text: string, identities: readonly string[]): string | undefined {
  const said = words(text);
  const run = ` ${said.join(" ")} `;
  const joined = said.join("");
  return identities.find((identity) => {
    const parts = words(identity);
    const compact = parts.join("");
    if (compact.length < 3) return false;
    if (run.includes(` ${parts.join(" ")} `)) return true;
    // An id is found without its signs, too; letters alone would be found inside other words.
    if (/\d/.test(compact) && compact.length >= 5) return joined.includes(compact);
    const family = words(identity.split("^")[0] ?? "").join(" ");
    if (identity.includes("^") && family.length > 2 && run.includes(` ${family} `)) return true;
    return parts.length > 1 && parts.filter(({ length }) => length > 1).every((part) => said.includes(part));
  });
}
