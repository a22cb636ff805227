import { tagName } from "../dicom/tags.ts";
import { basicProfile } from "./profile.ts";

/** What happened to an attribute. */
type DeidentificationAction = "removed" | "emptied" | "replaced" | "shifted";

type AttributeChange = {
  /** As in (0010,0010). */
  tag: string;
  /** Its name where the profile's table has it, its kind otherwise. */
  name: string;
  action: DeidentificationAction;
  /** How often in the file, sequences included. */
  count: number;
};

/** What de-identification did to a file, without a single value of it. */
export type DeidentificationReport = {
  /** As in the file's De-identification Method (0012,0063). */
  methods: string[];
  /** In the order of their tags. */
  changes: AttributeChange[];
  counts: Record<DeidentificationAction, number>;
  /** What the file says of text in its pixels: Burned In Annotation (0028,0301). */
  burnedInAnnotation: "yes" | "no" | "not stated";
};

/** Counts changes by tag and action. */
export type ChangeTally = {
  add: (tag: number, action: DeidentificationAction) => void;
  read: () => Pick<DeidentificationReport, "changes" | "counts">;
};

export function createTally(): ChangeTally {
  const changes = new Map<string, { tag: number; action: DeidentificationAction; count: number }>();
  const counts = { removed: 0, emptied: 0, replaced: 0, shifted: 0 };
  return {
    add: (tag, action) => {
      const key = `${tag}${action}`;
      const change = changes.get(key) ?? { tag, action, count: 0 };
      changes.set(key, { ...change, count: change.count + 1 });
      counts[action] += 1;
    },
    read: () => {
      const sorted = [...changes.values()].sort((one, other) => one.tag - other.tag);
      return {
        changes: sorted.map(({ tag, action, count }) => ({
          tag: tagName(tag),
          name: nameOf(tag),
          action,
          count,
        })),
        counts: { ...counts },
      };
    },
  };
}

function nameOf(tag: number): string {
  const listed = basicProfile.get(tag);
  if (listed) return listed.name;
  const group = tag >>> 16;
  if ((tag & 0xffff) === 0) return "Group Length";
  if (group % 2 === 1) return "private attribute";
  if (group >>> 8 === 0x50) return "curve";
  if (group >>> 8 === 0x60) return "overlay";
  return "attribute outside the profile's table";
}
