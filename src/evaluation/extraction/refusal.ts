const inability =
  "(?:can(?:no|['’])?t|can not|could(?: not|n['’]t)|am (?:unable|not able)(?: to)?|['’]m (?:unable|not able)(?: to)?|won['’]t|will not|must decline(?: to)?|decline to)";
const task =
  "(?:\\w+ly )?(?:help|assist|answer|comply|provide|give|offer|make|determine|diagnose|interpret|evaluate|select|choose|decide|recommend|fulfill|do that|do this|(?:see|view|open|process|access|analy[sz]e|identify) (?:(?:the|this|that|your|any) )?(?:image|file|picture|photo|scan|slide|people))";

/**
 * What outputs say that decline to answer: VLMEvalKit's phrases (open-compass/VLMEvalKit, matching_util.py), those found in the
 * published predictions of RALM-Path, and the usual ones of hosted models.
 */
const phrases = [
  `\\bi ${inability} ${task}\\b`,
  `\\bi${inability} ${task}\\b`,
  "\\b(?:i am|i['’]m) sorry,? but\\b",
  "\\bsorry,? (?:but )?i (?:can(?:no|['’])?t|am not able|am unable)",
  "\\bas an ai(?: language| assistant)?(?: model)?,? i (?:can(?:no|['’])?t|am not able|am unable|do not|don['’]t)",
  "\\bcannot determine the answer\\b",
  "\\b(?:it is|it['’]s) (?:not possible|impossible) (?:for me )?to (?:\\w+ly )?(?:determine|answer|identify|say|diagnose|tell|provide)",
  "\\bunable to (?:\\w+ly )?(?:determine|answer|provide|assist|help|process|identify|view|see)\\b",
  "\\bwithout the image(?: provided)?,? i\\b",
  "\\b(?:no|the) image (?:was|is|has been|wasn['’]t|isn['’]t|not)(?: not)? (?:provided|attached|included|visible)\\b",
  "\\bno image (?:provided|attached|included|visible)\\b",
  "\\bnot (?:able|qualified) to (?:provide|give|offer|make) (?:a |any )?(?:medical|diagnos)",
];
const refusal = new RegExp(phrases.join("|"), "i");

/** Whether a text declines to answer. It may answer all the same: read it first. Takes linear time. */
export function isRefusal(text: string): boolean {
  return refusal.test(text.replace(/\s+/g, " "));
}
