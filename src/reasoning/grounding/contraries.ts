const more = "increas\\w*|rais\\w+|ris(?:e|es|en|ing)|rose|elevat\\w+|higher|greater|enlarg\\w+";
const less =
  "decreas\\w*|reduc\\w+|fall(?:s|en|ing)?|fell|declin\\w+|diminish\\w*|lower(?:s|ed|ing)|lower(?! (?:lobe|lung|zone|limb|leg|back|extrem|quadrant|third|half|pole|abd|resp|urin))|smaller|less";

/** Words of which one says the opposite of the other. */
const pairs: readonly (readonly [RegExp, RegExp])[] = (
  [
    [more, less],
    ["high", "low"],
    ["upper", "lower(?= (?:lobe|lung|zone|limb|leg|extrem|quadrant|third|half|pole|abd|resp|urin))"],
    ["anterior\\w*", "posterior\\w*"],
    ["medial\\w*", "lateral\\w*"],
    ["proximal\\w*", "distal\\w*"],
    ["superior\\w*", "inferior\\w*"],
    ["benign", "malignan\\w+"],
    ["acute\\w*", "chronic\\w*"],
    ["before", "after"],
    ["improv\\w+|better", "worse\\w*|deteriorat\\w+"],
    ["common\\w*|frequent\\w*", "rare\\w*|uncommon\\w*|infrequent\\w*|seldom"],
    ["normal\\w*", "abnormal\\w*|enlarg\\w+|impaired"],
    ["hyper\\w+", "hypo\\w+"],
    ["early|earliest", "late|latest"],
    ["thick\\w*", "thin\\w*"],
    ["wide\\w*", "narrow\\w*"],
    ["soluble", "insoluble"],
    ["reversible", "irreversible"],
    ["stable", "unstable"],
    ["always", "never|sometimes"],
    ["(?:men|males?|boys)", "(?:women|females?|girls)"],
    ["recommended|advised|safe", "contraindicated|avoided|unsafe|discouraged"],
    ["(?:contra)indicated", "(?<!contra)indicated"],
    ["resolved|cleared", "persist\\w*|unchanged"],
    ["start\\w*|begin\\w*|initiat\\w+", "stop\\w*|discontinu\\w+|withh(?:e|o)ld\\w*"],
    ["gain\\w*", "loss|lost|loses?"],
    ["inhal\\w+|inspirat\\w+", "exhal\\w+|expirat\\w+"],
    ["sensitive", "resistant"],
    ["arter\\w+", "veins?|venous"],
    ["systolic", "diastolic"],
    ["supine", "upright|erect|standing"],
  ] as const
).map(([one, other]) => [compile(one), compile(other)] as const);

/** Whether a claim says of something the opposite of the evidence: one word of a pair, where the evidence has only the other. */
export function isContrary(claim: string, evidence: string): boolean {
  return pairs.some(
    ([one, other]) => opposes(one, other, claim, evidence) || opposes(other, one, claim, evidence),
  );
}

function opposes(said: RegExp, contrary: RegExp, claim: string, evidence: string): boolean {
  return said.test(claim) && contrary.test(evidence) && !said.test(evidence);
}

function compile(words: string): RegExp {
  return new RegExp(`\\b(?:${words})\\b`, "i");
}
