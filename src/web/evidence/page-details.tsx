import type { Citation, PageEvidence } from "#contracts";
import { webAddress } from "../plain-text.ts";
import { spansOf } from "./cited-spans.ts";
import { Facts } from "./facts.tsx";
import { MarkedPassage } from "./marked-passage.tsx";
import { OutsideLink } from "./outside-link.tsx";

const readFrom = {
  page: "The page itself",
  abstract: "An abstract",
  "search-result": "The search service’s excerpt; the page itself was not read",
} as const;

/** The excerpt of a web page whole, with the cited words marked, and what is known of the page. Its images are not loaded. */
export function PageDetails({ item, citations }: { item: PageEvidence; citations: readonly Citation[] }) {
  const { text, site, published, licence, trusted, from, url } = item.page;
  const address = webAddress(url);
  return (
    <>
      <div className="panel-text">
        <p>
          <MarkedPassage text={text} spans={spansOf(item, citations)} limit={8000} canGrow />
        </p>
      </div>
      <Facts
        facts={[
          ["Site", site],
          ["Trusted publisher", trusted ? "Yes" : "No"],
          ["Published", published],
          ["License", licence],
          ["Read", readFrom[from]],
          ["Found by", `“${item.query}”`],
          ["Address", address === null ? url : undefined],
        ]}
      />
      {address && <OutsideLink address={address} />}
    </>
  );
}
