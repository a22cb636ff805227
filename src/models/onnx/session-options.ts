/** Spinning threads take the processor from everything else while they wait; without it two threads are as fast. */
export const sessionOptions = {
  intraOpNumThreads: 2,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: "0" } } },
};
