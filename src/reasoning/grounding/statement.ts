import { contentTerms, unify } from "./content-terms.ts";
import { isContrary } from "./contraries.ts";
import { comparePolarity, type Polarity, readPolarity } from "./polarity.ts";
import { type Quantity, quantitiesAgree, readQuantities } from "./quantities.ts";
import { replacesName } from "./replaced-names.ts";
import { readSides, type Side, sidesAgree } from "./sides.ts";

export type Conflict = "number" | "side" | "denial" | "certainty" | "name";

/** What a sentence or two say, as far as words tell it. All but the terms is read when it is asked for. */
export type Statement = {
  terms: ReadonlySet<string>;
  text(): string;
  polarity(): ReadonlyMap<string, ReadonlySet<Polarity>>;
  sides(): ReadonlyMap<string, ReadonlySet<Side>>;
  quantities(): readonly Quantity[];
};

/** `terms` are those of the source, where they are known. */
export function readStatement(source: string, terms?: ReadonlySet<string>): Statement {
  const text = once(() => unify(source));
  return {
    terms: terms ?? new Set(contentTerms(source)),
    text,
    polarity: once(() => readPolarity(text())),
    sides: once(() => readSides(text())),
    quantities: once(() => readQuantities(text())),
  };
}

/** How a claim and evidence of the same words differ; null where they agree. `context` is what the evidence is headed by. */
export function findConflict(parts: {
  claim: Statement;
  evidence: Statement;
  context: Statement;
  anyUnit: boolean;
}): Conflict | null {
  const { claim, evidence, context, anyUnit } = parts;
  const given = [...evidence.quantities(), ...context.quantities()];
  if (!quantitiesAgree(claim.quantities(), given, { anyUnit })) return "number";
  const sides = evidence.sides().size > 0 ? evidence.sides() : context.sides();
  if (!sidesAgree(claim.sides(), sides)) return "side";
  if (isContrary(claim.text(), evidence.text())) return "denial";
  const polarity = comparePolarity(claim.polarity(), evidence.polarity());
  if (polarity !== null) return polarity;
  if (dropsCondition(claim, evidence)) return "certainty";
  return replacesName(claim.text(), evidence.text(), context.terms) ? "name" : null;
}

const condition = /\b(?:if|when|unless|only in|only for)\b(?:[^,;.]|\.(?=\S))*/gi;

/** Whether evidence holds under a condition of which the claim says nothing. */
function dropsCondition(claim: Statement, evidence: Statement): boolean {
  const conditions = (evidence.text().match(condition) ?? []).map((part) => new Set(contentTerms(part)));
  return conditions.some((terms) => terms.size > 0 && claim.terms.isDisjointFrom(terms));
}

function once<Value>(read: () => Value): () => Value {
  let known: { value: Value } | undefined;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}
