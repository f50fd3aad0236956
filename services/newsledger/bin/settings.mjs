/**
 * What Node is told where the program runs for days. Young objects get at most 3 × 8 MB, and old ones, with the buffers that
 * they hold, are collected when they are two fifths more than were in use: by itself Node takes several times that on a
 * machine with much memory.
 */
export const nodeSettings = [
  "--max-semi-space-size=8",
  "--heap-growing-percent=40",
  "--external-memory-accounted-in-global-limit",
  "--expose-gc",
];
