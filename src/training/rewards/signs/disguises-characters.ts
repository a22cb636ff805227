const longestRead = 64_000;

/** Nothing to be seen, or what turns the direction of writing: zero width, soft hyphen, overrides, tags. */
const invisible = /[\u00ad\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/u;
/** Joiners belong to scripts that join letters, and to emoji. */
const joinedLatin = /\p{Script=Latin}[\u200c\u200d]+\p{Script=Latin}/u;
/** Letters of one word in two scripts that look alike. Greek is used beside Latin (TNFα), but not its letters that look Latin. */
const mixed = /[A-Za-z][\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο]|[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο][A-Za-z]/u;
/** Latin letters drawn as mathematics or in full width. */
const drawn = /[\u{1d400}-\u{1d7ff}\uff21-\uff3a\uff41-\uff5a\u{1f130}-\u{1f189}\u24b6-\u24e9]/u;

/** Whether a text hides characters, or writes words with letters that only look like theirs. */
export function disguisesCharacters(text: string): boolean {
  const read = text.slice(0, longestRead);
  return [invisible, joinedLatin, mixed, drawn].some((pattern) => pattern.test(read));
}
