/** `top` positions in random order, each at most once (Fisher and Yates), with random scores so that ties favor nobody. */
export function randomRanking(request: {
  positions: readonly number[];
  top: number;
  random: () => number;
}): { position: number; score: number }[] {
  const { random } = request;
  const positions = Int32Array.from(request.positions);
  const length = Math.min(request.top, positions.length);
  return Array.from({ length }, (_, rank) => {
    const drawn = rank + Math.floor(random() * (positions.length - rank));
    const position = positions[drawn]!;
    positions[drawn] = positions[rank]!;
    return { position, score: random() };
  });
}
