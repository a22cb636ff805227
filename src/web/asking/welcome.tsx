import type { System } from "#contracts";
import { shorten } from "../plain-text.ts";

type DemoQuestion = System["demo"][number];

/** The page before the first question: what this is, and questions to try. */
export function Welcome({ system, onAsk }: { system: System; onAsk: (question: DemoQuestion) => void }) {
  const { demo, library } = system;
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">Ask about medical images and text.</h2>
      <p>
        MedRounds looks for similar cases and for passages in your library, answers from them, and shows each
        piece of evidence, so that you can check it.
      </p>
      {demo.length > 0 ? (
        <>
          <h3 className="label">Try one of these, or drop an image anywhere</h3>
          <ul className="demo">
            {demo.map((question) => (
              <li key={question.title}>
                <DemoCard question={question} onAsk={() => onAsk(question)} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>
          {library.passages + library.cases > 0
            ? "Write a question below, or drop an image anywhere on this page."
            : "The library is empty. Add to it with: medrounds library add."}
        </p>
      )}
    </section>
  );
}

function DemoCard({ question, onAsk }: { question: DemoQuestion; onAsk: () => void }) {
  const { title, text, image, options } = question;
  return (
    <button type="button" className="demo-card" onClick={onAsk}>
      {image === null ? (
        <span className="demo-words" aria-hidden="true">
          Text
        </span>
      ) : (
        <img src={image} alt="" width={104} height={104} />
      )}
      <span className="demo-about">
        <span className="demo-title">{shorten(title, 80)}</span>
        <span className="demo-question">{shorten(text, 200)}</span>
        {options.length > 0 && (
          <span className="demo-options">{options.map((option) => shorten(option.text, 40)).join(", ")}</span>
        )}
      </span>
    </button>
  );
}
