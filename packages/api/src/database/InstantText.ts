const millisPerDay = 86_400_000
const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, "0"))
const threeDigits = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, "0"))

/** The dates of days that were asked for, up to the "T". */
const dates = new Map<number, string>()
const maxDates = 10_000

const dateOf = (day: number) => {
  let date = dates.get(day)
  if (date === undefined) {
    if (dates.size >= maxDates) dates.clear()
    dates.set(day, date = new Date(day * millisPerDay).toISOString().slice(0, -"00:00:00.000Z".length))
  }
  return date
}

/**
 * An instant, or milliseconds since 1970, as RFC 3339 writes it, in UTC, to the millisecond: as `Date.toISOString`, in half
 * the time.
 */
export const instantText = (instant: Date | string | number): string => {
  const epochMilliseconds = typeof instant === "string" ? Date.parse(instant) : Number(instant)
  const day = Math.floor(epochMilliseconds / millisPerDay)
  const millis = epochMilliseconds - day * millisPerDay
  const seconds = Math.floor(millis / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${dateOf(day)}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${
    threeDigits[millis % 1000]
  }Z`
}
