import type { System } from "#contracts";
import { count, shorten } from "./plain-text.ts";
import { chooseTheme, useTheme } from "./theme.ts";

/** Product, library, model, and what leaves the machine. */
export function Header({ system, onNew }: { system: System | null; onNew: (() => void) | null }) {
  const theme = useTheme();
  const other = theme === "dark" ? "light" : "dark";
  return (
    <header className="header">
      <h1 className="product">MedRounds</h1>
      {system && <SystemFacts system={system} />}
      <div className="header-actions">
        {onNew && (
          <button type="button" className="quiet" onClick={onNew}>
            New round
          </button>
        )}
        <button type="button" className="quiet" onClick={() => chooseTheme(other)}>
          {other === "light" ? "Light" : "Dark"}
          <span className="wide-only"> theme</span>
        </button>
      </div>
    </header>
  );
}

function SystemFacts({ system }: { system: System }) {
  const { library, model, sentTo } = system;
  const leaving = sayLeaving(sentTo);
  const host = model.endpoint === null ? null : new URL(model.endpoint).host;
  return (
    <>
      <p className="header-library">
        Library <bdi>{shorten(library.name, 40)}</bdi> · {count(library.passages, "passage")} ·{" "}
        {count(library.cases, "case")}
      </p>
      <p className="header-model">
        {model.name === null ? (
          "Built-in reader, no language model"
        ) : (
          <>
            <bdi>{shorten(model.name, 60)}</bdi>
            {host && ` · ${host}`}
          </>
        )}
      </p>
      <p className="header-leaves" data-leaves={leaving.length > 0}>
        {leaving.join(" · ") || "Nothing leaves this machine"}
      </p>
    </>
  );
}

function sayLeaving({ questions, searches }: System["sentTo"]): string[] {
  return [
    ...(questions.length > 0 ? [`Questions and images go to ${questions.join(", ")}`] : []),
    ...(searches.length > 0 ? [`Searches go to ${searches.join(", ")}`] : []),
  ];
}
