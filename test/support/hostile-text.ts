import fc from "fast-check";

/** Texts that break out of quotes where they can: quotes, backslashes, line ends, NUL, signs of query languages, halves of pairs. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      "'",
      "\\",
      "\n",
      "\r",
      "\t",
      "\u0000",
      "%",
      "_",
      "(",
      "]",
      "{",
      "\ud800",
      "é",
      "🫁",
    ),
    maxLength: 12,
  }),
  fc.constantFrom(
    '" or id != "',
    "' OR '1'='1",
    "$meta",
    "null",
    "true",
    "\\u0022",
    "\\x22",
    "{value}",
    "\u2028",
  ),
);
