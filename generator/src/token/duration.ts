const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }

/** Seconds of `90s`, `5m`, `12h`, `7d`, or `300` without a unit; null for anything else, and for none at all. */
export function durationOf(text: string): number | null {
  const [, digits, unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(text) ?? []
  const seconds = Number(digits) * (unitSeconds[unit] ?? 0)
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : null
}
