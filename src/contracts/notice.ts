/** The one medical notice, shown on every surface: terminal, JSON answers, exports, and the page. */
export const medicalNotice =
  "For research and education only. Not a medical device; not validated for, and not to be used for, " +
  "diagnosis or treatment. Do not add identifiable patient data.";
