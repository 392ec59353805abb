import { DateTime } from "effect"

/** What the clock of a zone shows at an instant: as milliseconds, were it in UTC. */
export const wallAt = (instant: number, timeZone: string): number => {
  const zoned = DateTime.makeZonedUnsafe(instant, { timeZone })
  return instant + DateTime.zonedOffset(zoned)
}

/** The instant of what a clock shows: the later one where it leaves that out, the first where it shows it twice. */
export const instantOfWall = (wall: number, timeZone: string): number =>
  DateTime.makeZonedUnsafe(wall, { timeZone, adjustForTimeZone: true }).epochMilliseconds

/** A date, and a time unless that is midnight, of what a clock shows. */
export const dueOfWall = (wall: number, timeZone: string) => {
  const [date = "", time = ""] = new Date(wall).toISOString().split("T")
  return time.startsWith("00:00:00") ? { date } : { date, time: time.slice(0, 5), timeZone }
}
