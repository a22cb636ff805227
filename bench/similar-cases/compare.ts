import { balancedAccuracy, type Estimate, splitByGroup, type Trial, vote } from "./protocol.ts";
import { type Picture, setNames } from "./read-sets.ts";
import type { Way } from "./ways.ts";

/** What is asked of one set's pictures. */
type Task = {
  name: string;
  set: string;
  classOf: (picture: Picture) => string;
  /** Only pictures of this view ask and answer; all are fitted on. */
  view?: string;
  /** The other sets are in the library too; their cases count as wrong answers. */
  isMixed?: boolean;
};

const tasks: Task[] = [
  ...setNames.map((set) => ({ name: set, set, classOf: byClass })),
  { name: "cxr_nih, within PA", set: "cxr_nih", classOf: byClass, view: "PA" },
  { name: "cxr_nih, within AP", set: "cxr_nih", classOf: byClass, view: "AP" },
  { name: "cxr_nih, which view", set: "cxr_nih", classOf: ({ view }) => view },
  ...setNames.map((set) => ({
    name: `${set}, all sets in the library`,
    set,
    classOf: byClass,
    isMixed: true,
  })),
];

function byClass(picture: Picture): string {
  return picture.class;
}

export type Comparison = {
  task: string;
  ways: { name: string; accuracy: Estimate; gain: Estimate | null }[];
};

/** Every way on every task, or on those of one set alone; how much better each is than the first, on the same queries. */
export function compareWays(
  pictures: readonly Picture[],
  ways: readonly Way[],
  { isAlone = false }: { isAlone?: boolean } = {},
): Comparison[] {
  const asked = tasks.filter(({ isMixed = false }) => !(isAlone && isMixed));
  return asked.map((task) => {
    const trials = ways.map((way) => runTask(task, pictures, way));
    return {
      task: task.name,
      ways: ways.map(({ name }, index) => ({
        name,
        accuracy: balancedAccuracy(trials[index]!),
        gain: index === 0 ? null : balancedAccuracy(trials[index]!, trials[0]),
      })),
    };
  });
}

function runTask(task: Task, pictures: readonly Picture[], way: Way): Trial[] {
  const { set, view, isMixed = false } = task;
  const own = [...pictures.keys()].filter((position) => pictures[position]!.set === set);
  const others = isMixed ? [...pictures.keys()].filter((position) => pictures[position]!.set !== set) : [];
  const isAsked = (position: number) => view === undefined || pictures[position]!.view === view;
  const classOf = (position: number) =>
    pictures[position]!.set === set ? task.classOf(pictures[position]!) : "of another set";
  const splits = splitByGroup(own, (position) => pictures[position]!.group);
  return splits.flatMap(({ library, queries }, split) => {
    const all = [...library, ...others];
    const similarity = way.learn(all);
    const searched = all.filter(isAsked);
    return queries.filter(isAsked).map((query) => ({
      split,
      group: pictures[query]!.group,
      class: classOf(query),
      right: vote(searched, (position) => similarity(query, position), classOf) === classOf(query),
    }));
  });
}
