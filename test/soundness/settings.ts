const { ROLECAST_SOUNDNESS_CELLS, ROLECAST_SOUNDNESS_SEED } = process.env

/** How many questions are asked of each version. */
export function wantedCells(byDefault: number): number {
  return Number(ROLECAST_SOUNDNESS_CELLS ?? byDefault)
}

/** The one database that is to be made, if a failure is replayed. */
export const seed = ROLECAST_SOUNDNESS_SEED === undefined ? undefined : Number(ROLECAST_SOUNDNESS_SEED)
