import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { timeZoneHeader, timeZoneParameter } from "../dates/AskingZone.ts"
import { DateOnly } from "../dates/DateOnly.ts"
import { UnknownTimeZone } from "../dates/DateProblems.ts"
import { integerParameter } from "../http/IntegerParameter.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"

/** How many days are told of where nobody says: twelve weeks. */
export const usualDaysOfStats = 84
/** How many may be. */
export const mostDaysOfStats = 366

const count = (description: string, example: number) => Schema.Int.annotate({ description, examples: [example] })

/** What was done on a day. */
export const StatsOfDay = Schema.Struct({
  date: DateOnly.annotate({ description: "The day, as days are for who asks.", examples: ["2026-10-01" as never] }),
  done: count("How many tasks were done on it, and dates of tasks that repeat; not those that were skipped.", 3),
  added: count("How many tasks were made on it.", 4),
  open: count("How many tasks were open when it ended, or are now.", 31)
}).annotate({ identifier: "StatsOfDay", description: "What was done on a day." })
export interface StatsOfDay extends Schema.Schema.Type<typeof StatsOfDay> {}

/** What was done day by day. */
export const Stats = Schema.Struct({
  days: Schema.Array(StatsOfDay).annotate({ description: "Every day, also those without anything; today is the last." })
}).annotate({ identifier: "Stats", description: "What was done day by day, of tasks that are not in the trash." })
export interface Stats extends Schema.Schema.Type<typeof Stats> {}

/** How many days to tell of. */
export const StatsQuery = Schema.Struct({
  days: Schema.optionalKey(
    integerParameter(
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: mostDaysOfStats })).annotate({
        description:
          `How many days to tell of, today among them (1 to ${mostDaysOfStats}, ${usualDaysOfStats} when absent).`
      }),
      `Expected 1 to ${mostDaysOfStats} days`
    )
  ),
  ...timeZoneParameter
})
export interface StatsQuery extends Schema.Schema.Type<typeof StatsQuery> {}

/** What was done, in figures. */
export class StatsApi extends HttpApiGroup.make("stats")
  .add(
    HttpApiEndpoint.get("get", "/stats", {
      query: StatsQuery,
      headers: timeZoneHeader,
      success: Stats,
      error: [UnknownTimeZone]
    }).annotateMerge(operation({
      id: "getStats",
      scope: "tasks:read",
      summary: "Tell what was done",
      description: "How many tasks were done and made on each of the last days, and how many were open at its end.",
      responses: { 200: "The days." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Stats", description: "What was done, in figures." }))
{}
