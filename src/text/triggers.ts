/**
 * What stands near a finding and changes its status. `absent` and `uncertain` reach over the clause, but not over a comma from
 * behind; `absentAll`, a verb in the plural, does that too ("effusion, pneumothorax are not seen"). `end` ends the reach of every
 * other trigger.
 */
export type Trigger = {
  type: "absent" | "absentAll" | "uncertain" | "end" | "comma";
  start: number;
  end: number;
};

const seen =
  "(?:seen|identified|visuali[sz]ed|present|evident|demonstrated|appreciated|detected|visible|noted|found|observed|apparent|shown|suspected)";
const adverb =
  "(?:(?:clearly|definitely|definitively|readily|currently|again|also|now|still|well|been|otherwise) ){0,2}";
const cannot = "(?:cannot|can't|can not|could not)";
const degree = "(?:(?:significant|interval|substantial|appreciable|definite|acute|further|major|real) ){0,3}";

const clauseEnd = [
  "but|however|nevertheless|nonetheless|although|though|yet|except(?: for)?|aside from|apart from|other than",
  "which|whereas|while|(?:due|secondary|owing) to|because|cause of|there (?:is|are|was|were|has|have)",
  "and (?:a|an|the|there|is|are|has|have)|as well as (?:a|the)",
  "with (?:a|an|the|mild|moderate|severe|small|large|stable|persistent|new|unchanged|residual|chronic)",
];

/** Triggers that stand before the finding. In order: what matches first at a place is taken. */
const preceding: [Trigger["type"], string[]][] = [
  [
    "end",
    [
      ...clauseEnd,
      // Pseudo-negations deny a change, not the finding.
      `(?:no|without) ${degree}(?:change|increase|decrease|improvement|worsening|progression|enlargement|growth|difference|resolution)s?`,
      "not (?:only|necessarily|just|merely)|gram negative|without difficulty",
      "shows|demonstrates|reveals|(?:positive|notable|significant|remarkable) for",
      "(?<=, )(?:mild|moderate|stable|unchanged|persistent|the)",
    ],
  ],
  [
    "uncertain",
    [
      "(?:possible|possibly|probable|probably|likely|perhaps|presumed|presumably)(?: (?:due|secondary|related) to)?",
      "questionable|question(?: of)?|equivocal|suspected|suspect|potential|potentially|query|uncertain|unclear(?: if| whether)?",
      "(?:suspicious|suspicion|worrisome|concern|concerning|indeterminate) (?:for|of)|(?<!to )suggest(?:s|ing|ed|ive)?(?: of)?",
      "(?:may|might|could) (?:also |well )?(?:be|represent|reflect|indicate|suggest|have)(?: (?:due|secondary|related) to)?",
      `(?:${cannot}|not|unable to|difficult to|hard to)(?: (?:entirely|completely|definitely))? (?:exclude|rule out)`,
      "not (?:certain|sure|clear)(?: if| whether)?|rule out|r/o|(?:evaluate|assess|evaluation|assessment|check) for",
      "versus|vs|differential(?: diagnosis)?|appears to (?:be|represent)|less likely|if",
    ],
  ],
  [
    "absent",
    [
      "no(?: longer)?|without|never|nor|neither|denie[sd]|denying|absence of|free of|clear of|negative for|lack of|lacks",
      "resolution of|resolved|ruled out|rules out|excludes|unlikely(?: to (?:be|represent))?",
      `not ${adverb}(?:have|had|show|demonstrate|reveal|suggest|indicate|see|identify|contain|represent|appreciate|detect|find|develop)`,
      "not (?:compatible|consistent|typical|suggestive|suspicious|a|an|any)",
      `(?:${cannot}|unable to) (?:see|identify|find|detect|demonstrate|appreciate)`,
      "(?:doesn't|didn't|don't|isn't|wasn't|aren't) (?:have|show|demonstrate|reveal|suggest|a|any)|fail(?:s|ed)? to (?:show|reveal|demonstrate)",
    ],
  ],
];

/** Triggers that stand after the finding. */
const following: [Trigger["type"], string[]][] = [
  ["absent", ["(?<=:\\s?)(?:no|none|absent|negative)"]],
  [
    "uncertain",
    [
      "(?:is|are|was|were) (?:possible|questioned|questionable|equivocal|uncertain|suggested|considered)|suspected",
      "possible(?=\\s*(?:[.,;)]|$))|in the differential|should be considered|versus|vs|less likely",
      `${cannot}(?: (?:entirely|completely))? be (?:entirely |completely |definitely )?(?:excluded|ruled out)`,
      "not (?:been )?(?:entirely |completely )?(?:excluded|ruled out)|(?:may|might|could) be (?:present|seen|considered)",
      "(?:is|are) (?:likely|probable)(?! (?:due|secondary|related|from|represents?|a|an|the))",
    ],
  ],
  [
    "absentAll",
    [
      `(?:are|were|have) (?:not|no longer) ${adverb}${seen}`,
      "(?:are|were|have been) (?:absent|unlikely|ruled out|excluded|negative|denied)|have (?:resolved|cleared)",
    ],
  ],
  [
    "absent",
    [
      `not ${adverb}${seen}|no longer ${adverb}${seen}|cannot be ${adverb}${seen}`,
      "(?:is|was|has been) (?:excluded|denied)|has cleared|resolved|absent|ruled out|unlikely|none|negative",
    ],
  ],
  ["end", [...clauseEnd, "no|without|with no", `(?:is|are|was|were|has been|have been) ${adverb}${seen}`]],
];

const precedingPattern = compile(preceding, "(?<uncertain>\\?)|(?<end>[;.](?=\\s))");
const followingPattern = compile(following, "(?<uncertain>\\?)|(?<comma>,)|(?<end>[;.](?=\\s))");

/** Triggers of one sentence in order, not overlapping: those that act on what follows them, and on what precedes them. */
export function findTriggers(sentence: string): { preceding: Trigger[]; following: Trigger[] } {
  return { preceding: collect(sentence, precedingPattern), following: collect(sentence, followingPattern) };
}

function collect(sentence: string, pattern: RegExp): Trigger[] {
  return Array.from(sentence.matchAll(pattern), (match) => {
    const groups = match.groups ?? {};
    const name = Object.keys(groups).find((key) => groups[key] !== undefined) ?? "end";
    const type = name.replace(/\d+$/, "") as Trigger["type"];
    return { type, start: match.index, end: match.index + match[0].length };
  });
}

/** One pattern with a named group for each list of words; a space in a trigger stands for any white space. */
function compile(lists: [Trigger["type"], string[]][], signs: string): RegExp {
  const groups = lists.map(([type, triggers], index) => `(?<${type}${index}>${triggers.join("|")})`);
  const words = groups.join("|").replaceAll(" ", "\\s+").replaceAll("'", "['’]");
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])|${signs}`, "giu");
}
