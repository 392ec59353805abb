import type { DateOnly } from "../dates/DateOnly.ts"
import type { TimeZoneName } from "../dates/TimeZoneName.ts"
import type { Settings } from "../settings/Settings.ts"
import type { Language } from "./Language.ts"

/** What resolves zones, given by who has their tables: a wall time is the milliseconds that it were, were it in UTC. */
export interface Zones {
  /** What the clock of a zone shows at an instant, as a wall time. */
  readonly wallAt: (instant: number, zone: TimeZoneName) => number
  /** The instant of a wall time: the later one where the clock leaves it out, the first where it has it twice. */
  readonly instantOfWall: (wall: number, zone: TimeZoneName) => number
}

/** What reading depends on beside the text. The same text at the same moment is always the same. */
export interface Moment {
  /** The instant, in milliseconds. */
  readonly now: number
  /** The date that it is for whoever writes: that of their clock, less what `dayEndsAt` leaves to the day before. */
  readonly today: DateOnly
  /** The zone of whoever writes. What they say floats, unless they name a zone. */
  readonly timeZone: TimeZoneName
  readonly weekStart: Settings["weekStart"]
  readonly dateOrder: Settings["dateOrder"]
  /** The words that are understood: `English` or `German`. */
  readonly language: Language
  readonly zones: Zones
}
