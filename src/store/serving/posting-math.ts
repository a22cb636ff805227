/** The first place from `from` on, up to `end`, whose value in the ascending array is at least `value`: by doubling steps, then halves. */
export function galloped(request: { sorted: Uint32Array; value: number; from: number; end: number }): number {
  const { sorted, value, from, end } = request;
  let step = 1;
  let low = from;
  while (low + step < end && (sorted[low + step] as number) < value) {
    low += step;
    step *= 2;
  }
  let high = Math.min(end, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The `top`-th largest of `values` at the first `count` of `indices`; −∞ where there are fewer. */
export function kthLargest(request: {
  values: Float32Array;
  indices: Uint32Array;
  count: number;
  top: number;
}): number {
  const { values, indices, count, top } = request;
  if (count < top) return -Infinity;
  /** A heap of the largest so far, the least of them at its root. */
  const heap = new Float32Array(top);
  for (let index = 0; index < count; index++) {
    const value = values[indices[index] as number] as number;
    if (index < top) rise(heap, index, value);
    else if (value > (heap[0] as number)) sink(heap, value);
  }
  return heap[0] as number;
}

function rise(heap: Float32Array, from: number, value: number): void {
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as number;
    if (above <= value) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = value;
}

function sink(heap: Float32Array, value: number): void {
  const { length } = heap;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= length) break;
    if (child + 1 < length && (heap[child + 1] as number) < (heap[child] as number)) child++;
    if ((heap[child] as number) >= value) break;
    heap[at] = heap[child] as number;
    at = child;
  }
  heap[at] = value;
}
