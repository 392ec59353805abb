const minute = 60
const hour = 60 * minute
const day = 24 * hour
const week = 7 * day
/** The mean month and year of the Gregorian calendar. */
const year = 365.2425 * day
const month = year / 12

const units = [[year, "y"], [month, "mo"], [week, "w"], [day, "d"], [hour, "h"], [minute, "m"]] as const

/**
 * How long ago `then` was, in its largest whole unit, as in `3d ago`. Both are
 * milliseconds since 1970. A moment that lies ahead, as clocks that disagree
 * produce, is `now`.
 */
export const relativeTime = (then: number, now: number): string => {
  const seconds = (now - then) / 1000
  const unit = units.find(([length]) => seconds >= length)
  return unit === undefined ? "now" : `${Math.floor(seconds / unit[0])}${unit[1]} ago`
}

/**
 * How far ahead `then` is, to the nearest day, hour or minute, as in `in 90d`:
 * days are what the life of a token is given in. What has passed is `now`.
 */
export const timeUntil = (then: number, now: number): string => {
  const minutes = Math.round((then - now) / 1000 / minute)
  if (minutes < 1) return "now"
  if (minutes < 60) return `in ${minutes}m`
  const hours = Math.round(minutes / 60)
  return hours < 24 ? `in ${hours}h` : `in ${Math.round(hours / 24)}d`
}
