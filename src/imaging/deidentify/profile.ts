import table from "./basic-profile.json" with { type: "json" };

/** What the profile does with an attribute: remove it, empty it, give it a dummy value, or replace its UIDs. */
export type ProfileAction = "X" | "Z" | "D" | "U";

export type ProfileRule = {
  /** Name of the attribute in PS3.6. */
  name: string;
  action: ProfileAction;
  /** Kept with modified dates under Retain Longitudinal Temporal Information with Modified Dates. */
  isTime: boolean;
  /** Kept under Retain Device Identity; what that option would have cleaned is not kept here. */
  isDevice: boolean;
};

/** The edition of PS3.15 whose table is used. */
export const profileEdition = "PS3.15 2024e";

/**
 * Table E.1-1 of PS3.15, by tag: the Basic Profile and what two options keep. Where the table leaves a choice by the type of the
 * attribute (X/Z, X/Z/D), the action is taken that every type allows. Its rows for repeating groups and private attributes are rules
 * of choose-action.ts.
 */
export const basicProfile: ReadonlyMap<number, ProfileRule> = new Map(table.map(readRow));

function readRow([tag = "", name = "", actions = "", options = ""]: string[]): [number, ProfileRule] {
  const action = (["U", "D", "Z"] as const).find((one) => actions.includes(one)) ?? "X";
  const isTime = options.includes("dates");
  return [Number.parseInt(tag, 16), { name, action, isTime, isDevice: options.includes("device") }];
}
