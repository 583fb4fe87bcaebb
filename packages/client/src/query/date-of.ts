/** As PostgreSQL writes a timestamptz into JSON, in any time zone: `2026-01-31T10:00:00.123456+05:30`, `0044-03-15T… BC`. */
const moment = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,3})?\d*([+-])(\d\d):?(\d\d)?:?(\d\d)?( BC)?$/

/**
 * The moment of a timestamptz, in milliseconds: microseconds are cut off. Not by `Date`'s own reading, which differs between
 * engines beyond years of four digits and milliseconds, and knows no offset with seconds.
 * @throws SyntaxError for what no Date can hold: infinity, and years beyond 275,760
 */
export function dateOf(text: string): Date {
  const [, year, month, day, hour, minute, second, part, sign, ...offset] = moment.exec(text) ?? []
  const [hours = 0, minutes = 0, seconds = 0, era] = offset
  const time = new Date(0)
  time.setUTCFullYear(era ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day))
  time.setUTCHours(Number(hour), Number(minute), Number(second), Math.round(Number(part ?? 0) * 1000))
  const ahead = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  const date = new Date(time.getTime() - Number(`${sign}${ahead}`) * 1000)
  if (Number.isNaN(date.getTime())) throw new SyntaxError(`${text} is no Date: read such a column as a string`)
  return date
}
