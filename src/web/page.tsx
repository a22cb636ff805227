import { useState } from "react";
import { medicalNotice, type System } from "#contracts";
import { Asked } from "./answer-pane.tsx";
import { type Draft, stopRound } from "./api.ts";
import { AskBar, nothingWritten } from "./ask-bar.tsx";
import { Header } from "./header.tsx";
import { imageLimit } from "./image-files.ts";
import { DraftPane } from "./image-pane.tsx";
import { RoundPage } from "./round-page.tsx";
import { Trouble } from "./trouble.tsx";
import { useAsking } from "./use-asking.ts";
import { useDroppedImages } from "./use-dropped-images.ts";
import { useRound } from "./use-round.ts";
import { goToRound, useRoundAddress } from "./use-round-address.ts";
import { useSystem } from "./use-system.ts";
import { Welcome } from "./welcome.tsx";

/** The whole page: header, the round that the address names or the welcome, the bar to ask, the notice. */
export function Page() {
  const { system, failure, retry } = useSystem();
  const id = useRoundAddress();
  const followed = useRound(id);
  const { asking, ask, askDemo, lastAsked, forget } = useAsking();
  const [written, setWritten] = useState(nothingWritten);
  const isDropping = useDroppedImages((images) =>
    setWritten((now) => ({ ...now, images: [...now.images, ...images].slice(0, imageLimit) })),
  );
  const { view } = followed;
  const isRunning = id !== null && view.outcome === null && followed.missing === null;
  const parent = id !== null && view.outcome !== null ? { parentRoundId: id } : {};

  const askWritten = () => {
    const options = written.options.filter(({ text }) => text.trim() !== "");
    ask({ body: { question: written.text.trim(), options, ...parent }, images: written.images });
    setWritten(nothingWritten);
  };
  const askAgain = () => {
    if (id !== null && lastAsked.current?.id === id) ask(lastAsked.current.draft);
    else if (view.question) ask(repeat(view.question, id));
  };
  const startAnew = () => {
    forget();
    setWritten(nothingWritten);
    goToRound(null);
    document.getElementById("question")?.focus();
  };
  const takeBack = ({ body, images }: Draft) => {
    setWritten({ text: body.question ?? "", images, options: body.options ?? [] });
    forget();
  };
  const askDemoQuestion = ({ title: _, text, image, ...rest }: System["demo"][number]) =>
    askDemo({ ...rest, question: text }, image);

  return (
    <div className="page">
      <button type="button" className="skip" onClick={() => document.getElementById("question")?.focus()}>
        Skip to the question
      </button>
      <Header system={system} onNew={id === null ? null : startAnew} />
      <main className="main">
        {asking.refused && (
          <div className="notice-place">
            <Trouble
              failure={asking.refused.failure}
              tone="failure"
              title="The question was not asked"
              action="Change it and try again"
              onAction={() => asking.refused && takeBack(asking.refused.draft)}
            />
          </div>
        )}
        {failure && (
          <div className="notice-place">
            <Trouble
              failure={failure}
              tone="failure"
              title="The page cannot start"
              action="Try again"
              onAction={retry}
            />
          </div>
        )}
        {asking.sending ? (
          <Waiting draft={asking.sending} />
        ) : id !== null ? (
          <RoundPage key={id} id={id} followed={followed} onRetry={askAgain} />
        ) : written.images[0] ? (
          <Ready file={written.images[0]} count={written.images.length} />
        ) : (
          system && <Welcome system={system} onAsk={askDemoQuestion} />
        )}
      </main>
      <footer className="bottom">
        <AskBar
          written={written}
          onWrite={setWritten}
          state={asking.sending ? "sending" : isRunning ? "running" : "ready"}
          isFollowUp={id !== null}
          onAsk={askWritten}
          onStop={() => id !== null && stopRound(id)}
        />
        <p className="medical-notice">{medicalNotice}</p>
      </footer>
      {isDropping && <div className="drop-target">Drop images to ask about them</div>}
    </div>
  );
}

/** The question again as a follow-up of the round, so that the server has its images. */
function repeat(
  { text, options, patientId, slideId }: NonNullable<ReturnType<typeof useRound>["view"]["question"]>,
  id: string | null,
): Draft {
  return {
    body: {
      question: text,
      options,
      ...(patientId === undefined ? {} : { patientId }),
      ...(slideId === undefined ? {} : { slideId }),
      ...(id === null ? {} : { parentRoundId: id }),
    },
    images: [],
  };
}

/** Images are picked, the question is not asked yet. */
function Ready({ file, count }: { file: File; count: number }) {
  return (
    <div className="round" data-image="true">
      <DraftPane file={file} count={count} />
      <section className="answer-pane" aria-label="Answer">
        <p className="headline running">
          Write a question about {count === 1 ? "this image" : "these images"}.
        </p>
        <p className="remark">Or ask without words what {count === 1 ? "it shows" : "they show"}.</p>
      </section>
    </div>
  );
}

/** The question is on its way. */
function Waiting({ draft: { body, images } }: { draft: Draft }) {
  const [file] = images;
  return (
    <div className="round" data-image={file !== undefined}>
      {file && <DraftPane file={file} count={images.length} />}
      <section className="answer-pane" aria-label="Answer">
        <Asked question={{ text: body.question ?? "", options: body.options ?? [] }} />
        <p className="headline running">Sending the question…</p>
      </section>
    </div>
  );
}
