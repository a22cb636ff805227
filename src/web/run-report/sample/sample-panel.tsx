import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { ReportSample } from "#contracts";
import { shorten } from "../../plain-text.ts";
import { closeRow, openRow, type RowPlace, type View } from "../address.ts";
import type { OpenReport } from "../report-data.ts";
import type { Walk } from "../walk.ts";
import { AnswerDetails } from "./answer-details.tsx";
import { QuestionDetails } from "./question-details.tsx";
import { RowLine } from "./row-line.tsx";

type Loaded = RowPlace & ({ samples: readonly ReportSample[] } | { trouble: string });

/** A sample in full, or two answers to it beside each other, over the list. Escape closes it, and the focus returns to what opened it. */
export function SamplePanel(props: { opened: OpenReport; place: RowPlace; view: View; walk: Walk }) {
  const { opened, place, view, walk } = props;
  const { row, beside } = place;
  const { index } = opened;
  const dialog = useRef<HTMLDialogElement>(null);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => {
    let isWanted = true;
    const wanted = beside === null ? [row] : [row, beside];
    Promise.all(wanted.map(opened.load)).then(
      (samples) => isWanted && setLoaded({ row, beside, samples }),
      (error: unknown) =>
        isWanted &&
        setLoaded({ row, beside, trouble: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [opened, row, beside]);
  const number = index.rows.sample[row]!;
  const current = loaded?.row === row && loaded.beside === beside ? loaded : null;
  const samples = current && "samples" in current ? current.samples : [];
  const [first] = samples;
  const rows = beside === null ? [row] : [row, beside];
  const tellImage = (image: number) => index.images[image] ?? "";
  return (
    <dialog
      ref={dialog}
      className="panel sample-panel"
      data-beside={beside !== null}
      aria-labelledby="sample-title"
      onClose={closeRow}
      closedby="any"
    >
      <div className="panel-inner">
        <header className="panel-header">
          <h2 id="sample-title">
            <bdi>{shorten(index.samples.sourceIds[number] ?? "", 60) || index.samples.ids[number]}</bdi>
          </h2>
          <div className="panel-actions">
            <Steps {...{ place, view, walk }} />
            <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </div>
        </header>
        {current === null && <p className="remark">Loading …</p>}
        {current && "trouble" in current && <p className="doubt">{current.trouble}</p>}
        {first && (
          <QuestionDetails sample={first} images={(index.samples.images[number] ?? []).map(tellImage)} />
        )}
        <div className="answers">
          {rows.map((one, column) => (
            <div key={one} className="answer-column">
              <RowLine opened={opened} row={one} />
              {samples[column] && <AnswerDetails {...{ opened, row: one }} sample={samples[column]} />}
            </div>
          ))}
        </div>
      </div>
    </dialog>
  );
}

function Steps({ place, view, walk }: { place: RowPlace; view: View; walk: Walk }) {
  const at = walk.find(place);
  const steps = [
    { title: "Previous", to: at > 0 ? walk.at(at - 1) : undefined },
    { title: "Next", to: at >= 0 ? walk.at(at + 1) : undefined },
  ];
  return steps.map(({ title, to }) => (
    <button
      key={title}
      type="button"
      className="quiet"
      aria-disabled={to === undefined}
      onClick={() => to && openRow(view, to)}
    >
      {title}
    </button>
  ));
}
