import { Schema } from "effect"
import { TimeOfDay } from "../dates/TimeOfDay.ts"
import { TimeZoneName } from "../dates/TimeZoneName.ts"
import { instant } from "../http/Instant.ts"
import { UserId } from "../users/User.ts"

const timeZone = Schema.NullOr(TimeZoneName).annotate({
  description: "The user's time zone, in which dates are theirs; null where it was never set: UTC.",
  examples: ["Europe/Berlin" as never]
})

const weekStart = Schema.Literals(["mon", "sat", "sun"]).annotate({
  message: "Expected mon, sat or sun",
  description: "The day on which weeks begin.",
  examples: ["mon"]
})

const dateOrder = Schema.Literals(["ymd", "dmy", "mdy"]).annotate({
  message: "Expected ymd, dmy or mdy",
  description: "How dates such as 2/10 are meant: by day and month, or by month and day.",
  examples: ["dmy"]
})

/** When days end: `04:00` for who is up late, and takes one o'clock for the evening before. */
const dayEndsAt = TimeOfDay

const newTasks = Schema.Literals(["last", "first"]).annotate({
  message: "Expected last or first",
  description: "Where new tasks come in the order of their list.",
  examples: ["last"]
})

const language = Schema.Literals(["en", "de"]).annotate({
  message: "Expected en or de",
  description: "The language in which words are read, and dates and repetitions are said.",
  examples: ["en"]
})

const settings = { timeZone, weekStart, dateOrder, dayEndsAt, newTasks, language }

/** What a user has set for the whole account. */
export const Settings = Schema.Struct({
  id: UserId,
  ...settings,
  updatedAt: instant("When they last changed."),
  version: Schema.Int.annotate({ description: "1 at first, one more with each change.", examples: [3] })
}).annotate({ identifier: "Settings", description: "What the user has set for the whole account." })
export interface Settings extends Schema.Schema.Type<typeof Settings> {}

/** A change of settings, as a JSON merge-patch (RFC 7396). */
export const SettingsPatch = Schema.Struct({
  timeZone: Schema.optionalKey(timeZone),
  weekStart: Schema.optionalKey(weekStart),
  dateOrder: Schema.optionalKey(dateOrder),
  dayEndsAt: Schema.optionalKey(dayEndsAt),
  newTasks: Schema.optionalKey(newTasks),
  language: Schema.optionalKey(language)
}).annotate({
  identifier: "SettingsPatch",
  description: "A merge-patch (RFC 7396) of settings: what is absent stays.",
  examples: [{ timeZone: "Europe/Berlin" as never }, { weekStart: "sun", dayEndsAt: "04:00" as never }]
})
export interface SettingsPatch extends Schema.Schema.Type<typeof SettingsPatch> {}
