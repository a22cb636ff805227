import { shorten } from "../plain-text.ts";

/** An address of the web as a link that tells the other side nothing of this page. */
export function OutsideLink({ address }: { address: string }) {
  return (
    <p className="panel-link">
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        <bdi>{shorten(address, 200)}</bdi>
      </a>{" "}
      (opens in a new tab)
    </p>
  );
}
