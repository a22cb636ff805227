import type { CaseHit } from "#contracts";
import { CaseCard } from "./case-card.tsx";

/** The same patient's other cases. They are no evidence for a finding, since an image is always like the patient's others. */
export function SamePatient({ hits, onOpen }: { hits: readonly CaseHit[]; onOpen: (id: string) => void }) {
  if (hits.length === 0) return null;
  return (
    <section className="same-patient" aria-labelledby="same-patient-title">
      <h3 id="same-patient-title" className="label">
        Same patient
      </h3>
      <p className="remark">Left out of the similar cases: images of one patient are always alike.</p>
      <ul className="case-grid">
        {hits.map((hit) => (
          <li key={hit.case.id}>
            <CaseCard hit={hit} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}
