/**
 * The value that stands at `rank` (0-based) once the first `length` values are in ascending order, found by
 * quickselect: linear on average. Reorders them.
 */
export function selectNth(values: Float64Array, length: number, rank: number): number {
  let left = 0;
  let right = length - 1;
  let seed = 1;
  while (left < right) {
    // Values that an earlier call has half ordered would make pivots from fixed places bad ones.
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    const pivot = at(values, left + (seed % (right - left + 1)));
    let low = left;
    let high = right;
    while (low <= high) {
      while (at(values, low) < pivot) low++;
      while (at(values, high) > pivot) high--;
      if (low > high) break;
      const swapped = at(values, low);
      values[low++] = at(values, high);
      values[high--] = swapped;
    }
    if (rank <= high) right = high;
    else if (rank >= low) left = low;
    else break;
  }
  return at(values, rank);
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}
