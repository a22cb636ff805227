import type { Box, Comparison } from "#contracts";
import type { Strengths } from "./strengths.ts";

/** Columns and rows of a picture's regions. */
type Grid = { columns: number; rows: number };
type Cell = { column: number; row: number };
type Match = { from: Cell; to: Cell; strength: number };

const mostPairs = 5;
/** Below it a match says too little to be named. */
const leastStrength = 0.2;
/** Regions around the best one that may belong to its box, to each side. */
const mostGrowth = 2;
/** Share of the best one's strength that they must have. */
const growthShare = 0.6;

/**
 * The best matching boxes of two pictures, best first: regions that are each the other's best match, with those beside them that match
 * with the same displacement. No region is in two boxes.
 */
export function bestPairs(strengths: Strengths, query: Grid, found: Grid): Comparison["pairs"] {
  const matches = bestMatches(strengths, query, found);
  const pairs: Comparison["pairs"] = [];
  const usedFrom: Cell[] = [];
  const usedTo: Cell[] = [];
  for (const seed of matches.filter(({ isMutual }) => isMutual)) {
    if (pairs.length === mostPairs) break;
    if (isNearAny(seed.from, usedFrom) || isNearAny(seed.to, usedTo)) continue;
    const grown = matches.filter((match) => belongsTo(seed, match));
    const [from, to] = [grown.map((match) => match.from), grown.map((match) => match.to)];
    pairs.push({ from: boxAround(from, query), to: boxAround(to, found), similarity: seed.strength });
    usedFrom.push(...from);
    usedTo.push(...to);
  }
  return pairs;
}

/** Each region of the query with its best match, strongest first. */
function bestMatches(
  { rows, columns, values }: Strengths,
  query: Grid,
  found: Grid,
): (Match & { isMutual: boolean })[] {
  const bestOfColumn = new Float32Array(columns);
  for (const [index, value] of values.entries()) {
    bestOfColumn[index % columns] = Math.max(bestOfColumn[index % columns]!, value);
  }
  return Array.from({ length: rows }, (_, row) => {
    const own = values.subarray(row * columns, (row + 1) * columns);
    const strength = own.reduce((best, value) => Math.max(best, value), 0);
    const column = own.indexOf(strength);
    const isMutual = strength === bestOfColumn[column];
    return { from: cellOf(row, query), to: cellOf(column, found), strength, isMutual };
  })
    .filter(({ strength }) => strength >= leastStrength)
    .sort((one, other) => other.strength - one.strength);
}

function cellOf(region: number, { columns }: Grid): Cell {
  return { column: region % columns, row: Math.floor(region / columns) };
}

function belongsTo(seed: Match, match: Match): boolean {
  const [across, down] = distance(seed.from, match.from);
  const [acrossThere, downThere] = distance(seed.to, match.to);
  return (
    match.strength >= seed.strength * growthShare &&
    Math.max(Math.abs(across), Math.abs(down)) <= mostGrowth &&
    Math.max(Math.abs(acrossThere - across), Math.abs(downThere - down)) <= 1
  );
}

function distance(one: Cell, other: Cell): [number, number] {
  return [other.column - one.column, other.row - one.row];
}

function isNearAny(cell: Cell, used: readonly Cell[]): boolean {
  return used.some((other) => Math.max(...distance(cell, other).map(Math.abs)) <= 1);
}

/** The box around some cells with half a cell more to each side, since a region is known by what lies around it too. */
function boxAround(cells: readonly Cell[], { columns, rows }: Grid): Box {
  const across = span(
    cells.map(({ column }) => column),
    columns,
  );
  const down = span(
    cells.map(({ row }) => row),
    rows,
  );
  return { x: across.start, y: down.start, width: across.length, height: down.length };
}

function span(places: readonly number[], count: number): { start: number; length: number } {
  const start = Math.max(0, Math.min(...places) - 0.5) / count;
  const end = Math.min(count, Math.max(...places) + 1.5) / count;
  return { start, length: end - start };
}
