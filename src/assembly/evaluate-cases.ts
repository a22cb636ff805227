import type { CaseEvaluation, CaseEvaluationRequest } from "./case-evaluation/case-evaluation.ts";
import { evaluateInLibrary } from "./case-evaluation/evaluate-in-library.ts";
import { evaluateSplits } from "./case-evaluation/evaluate-splits.ts";

/**
 * Measures the search for similar cases on a manifest: its images are described once; then either each of some splits of them is a
 * library on which all is fitted anew, or they are looked for in a library that there is, as a search does it.
 * Throws `usage-invalid`, `cases-too-few`, `split-leaking`, and the errors of reading the manifest and the library and of loading
 * encoders. A bad row or image is refused in the result.
 */
export async function evaluateCases(request: CaseEvaluationRequest): Promise<CaseEvaluation> {
  return request.library === undefined
    ? evaluateSplits(request)
    : evaluateInLibrary({ ...request, library: request.library });
}
