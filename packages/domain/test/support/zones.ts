import type { Zones } from "@todo/domain/words/Moment"

const formatters = new Map<string, Intl.DateTimeFormat>()

const wallAt: Zones["wallAt"] = (instant, zone) => {
  let formatter = formatters.get(zone)
  if (formatter === undefined) {
    const numeric = "numeric" as const
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric
    })
    formatters.set(zone, formatter)
  }
  const part = Object.fromEntries(formatter.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const wall = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
  return wall + ((instant % 1000) + 1000) % 1000
}

const day = 86_400_000

/** Zones as the engine has them, by trying what the clock is ahead a day before and a day after. */
export const zones: Zones = {
  wallAt,
  instantOfWall: (wall, zone) => {
    const before = wallAt(wall - day, zone) - (wall - day)
    const after = wallAt(wall + day, zone) - (wall + day)
    const found = [wall - before, wall - after].filter((instant) => wallAt(instant, zone) === wall)
    return found.length > 0 ? Math.min(...found) : wall - before
  }
}
