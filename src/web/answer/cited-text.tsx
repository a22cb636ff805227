import type { Run } from "./answer-text.ts";

/** Words, and the citations directly after them. */
type Piece = { text: string; cited: boolean; unsupported: boolean; numbers: number[] };

/** How many citations stay on one line with the word before them. */
const unbrokenChips = 4;

/** Words of an answer with its citations as buttons. A sentence without a citation is underlined with dots, one that no evidence bears with a wave. */
export function CitedText(props: {
  runs: readonly Run[];
  /** Whether sentences without a citation are marked; the conclusion itself needs none. */
  marksDoubt: boolean;
  onOpen: (number: number) => void;
}) {
  const { runs, marksDoubt, onOpen } = props;
  return (
    <bdi className="text">
      {gather(runs).map(({ text, cited, unsupported, numbers }, place) => {
        const isUncited = marksDoubt && !cited && text.trim() !== "";
        const last = numbers.length === 0 ? "" : lastWord(text);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: an answer does not change once it is there.
          <span key={place} className={unsupported ? "unsupported" : isUncited ? "uncited" : undefined}>
            {text.slice(0, text.length - last.length)}
            {numbers.length > 0 && (
              <span className="unbroken">
                {last}
                <Chips numbers={numbers.slice(0, unbrokenChips)} onOpen={onOpen} />
              </span>
            )}
            <Chips numbers={numbers.slice(unbrokenChips)} onOpen={onOpen} />
          </span>
        );
      })}
    </bdi>
  );
}

function Chips({ numbers, onOpen }: { numbers: readonly number[]; onOpen: (number: number) => void }) {
  return numbers.map((number) => <CitationChip key={number} number={number} onOpen={onOpen} />);
}

export function CitationChip({ number, onOpen }: { number: number; onOpen: (number: number) => void }) {
  return (
    <button type="button" className="chip" aria-label={`Evidence ${number}`} onClick={() => onOpen(number)}>
      {number}
    </button>
  );
}

function gather(runs: readonly Run[]): Piece[] {
  const pieces: Piece[] = [];
  for (const run of runs) {
    const last = pieces.at(-1);
    if (run.type === "text") {
      pieces.push({ text: run.text, cited: run.cited, unsupported: run.unsupported === true, numbers: [] });
    } else if (!last) pieces.push({ text: "", cited: true, unsupported: false, numbers: [run.number] });
    else if (!last.numbers.includes(run.number)) last.numbers.push(run.number);
  }
  return pieces;
}

/** What stays on one line with the citation after it; nothing of a word that might be wider than the line. */
function lastWord(text: string): string {
  return /(?<=\s|^)\S{1,24}$/.exec(text)?.[0] ?? "";
}
