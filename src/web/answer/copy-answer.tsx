import { useState } from "react";
import type { RoundView } from "../round/round-view.ts";
import { copyText } from "./copy-text.ts";
import { exportMarkdown } from "./markdown-export.ts";

/** Copies a finished round as Markdown; shows the text to copy by hand where the browser refuses. */
export function CopyAnswer({ view }: { view: RoundView }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const copy = async () => setCopied((await copyText(exportMarkdown(view))) ? "yes" : "refused");
  return (
    <div className="copy">
      <button type="button" className="quiet" onClick={copy}>
        Copy as Markdown
      </button>
      <span role="status">{copied === "yes" && "Copied"}</span>
      {copied === "refused" && (
        <label>
          The browser refused to copy; select the text yourself.
          <textarea readOnly rows={8} value={exportMarkdown(view)} />
        </label>
      )}
    </div>
  );
}
