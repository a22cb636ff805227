import type { Sample } from "../samples/sample.ts";
import { checkApart } from "./check-apart.ts";
import { shuffle } from "./draw.ts";
import type { ChosenExemplars, Exemplar, ExemplarRule } from "./exemplar.ts";
import type { ExemplarPool } from "./exemplar-pool.ts";

/**
 * The exemplars of a query. Never the query itself, its image or a near copy, its patient, its slide, nor anything of `barred`, ids that
 * are asked about elsewhere; but for the control of the same slide, which takes that alone, and rules that mix groups. Where images are not compared, the similar
 * ones are drawn. `seed` draws what is drawn for this query, `armSeed` what is the same for all.
 *
 * @throws MedRoundsError `few-shot-leaking` should one nevertheless be of the query's patient or slide
 */
export function chooseExemplars(
  query: Sample,
  options: {
    pool: ExemplarPool;
    rule: ExemplarRule;
    armSeed: number;
    seed: number;
    barred?: ReadonlySet<string> | undefined;
  },
): ChosenExemplars {
  const { rule, seed } = options;
  const { amount } = rule;
  const classes = [...new Set(query.options.map(({ text }) => text))];
  const { take, isCompared } = openCandidates(query, options);
  const isPerClass = amount.type === "per-class" && classes.length > 0;
  const wanted = (isPerClass ? classes : [null]).map((answer) => ({
    answer,
    found: take(answer === null ? classes : [answer], amount.number),
  }));
  const chosen = wanted.flatMap(({ found }) => found);
  if (rule.choice !== "same-slide" && !rule.mixesGroups)
    checkApart({ asked: [query], pool: chosen.map(({ sample }) => sample) });
  return {
    exemplars: rule.order === "fixed" ? chosen : shuffle(chosen, seed),
    isCompared,
    missing: wanted
      .filter(({ found }) => found.length < amount.number)
      .map(({ answer, found }) => ({ answer, wanted: amount.number, found: found.length })),
  };
}

/** Takes of what may be shown, of some classes or of all where none is named, those first that the rule wants first. */
function openCandidates(
  query: Sample,
  { pool, rule, armSeed, seed, barred }: Parameters<typeof chooseExemplars>[1],
): { take: (classes: readonly string[], number: number) => Exemplar[]; isCompared: boolean } {
  const { samples, answers } = pool;
  const isControl = rule.choice === "same-slide";
  const closed = isControl || rule.mixesGroups ? new Set<number>() : pool.barredFor(query);
  const isAllowed = (place: number) => {
    const { id } = samples[place]!;
    return id !== query.id && !closed.has(place) && !barred?.has(id);
  };
  const places = (isControl ? pool.ofSlide(query) : [...samples.keys()]).filter(isAllowed);
  const compares = isControl || rule.choice === "similar";
  const isCompared = compares && pool.nearest(query, { places: [], top: 0 }) !== null;
  const drawn = isCompared
    ? places
    : rule.choice === "fixed"
      ? drawFixed(pool, armSeed).filter(isAllowed)
      : shuffle(places, seed);
  return {
    isCompared,
    take(classes, number) {
      const named = new Set(classes);
      const within = named.size === 0 ? drawn : drawn.filter((place) => named.has(answers[place]!));
      const ranked = isCompared ? pool.nearest(query, { places: within, top: number }) : null;
      const taken = ranked ?? within.slice(0, number).map((place) => ({ place, similarity: null }));
      return taken.map(({ place, similarity }) => {
        return { sample: samples[place]!, answer: answers[place]!, similarity };
      });
    },
  };
}

/** The same for all queries, whatever each of them may be shown. */
function drawFixed({ samples }: ExemplarPool, armSeed: number): number[] {
  return shuffle([...samples.keys()], armSeed);
}

/** The label that an exemplar has among a query's options; its answer's text where it is none of them. */
export function exemplarLabel({ answer }: Exemplar, { options }: Pick<Sample, "options">): string {
  return options.find(({ text }) => text === answer)?.label ?? answer;
}
