import { UnknownTimeZone } from "@todo/domain/dates/DateProblems"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { type TimeZoneName, timeZoneNamed } from "@todo/domain/dates/TimeZoneName"
import type { Settings } from "@todo/domain/settings/Settings"
import { Clock, Context, Effect, Result } from "effect"
import type { Place } from "./LocalDay.ts"

/** Who asks, and when: what answers are made of that is not stored. */
export interface Asking {
  /** The instant, in milliseconds. */
  readonly now: number
  /** Whether it is the request that says when. */
  readonly isSaid?: boolean
  /** The zone that the request names; undefined where that of the account counts. */
  readonly timeZone: TimeZoneName | undefined
}

/** What a user has set of where they are; null where nothing was. */
export interface SetPlace {
  readonly timeZone: TimeZoneName | null
  readonly dayEndsAt: TimeOfDay
  /** Those of a release before have none of these. */
  readonly weekStart?: Settings["weekStart"]
  readonly language?: Settings["language"]
}

/** The zone that the request names. */
const RequestZone = Context.Reference<TimeZoneName | undefined>("todo/api/dates/RequestZone", {
  defaultValue: () => undefined
})

/** The instant, in milliseconds, at which the request says that it was made. */
const SaidAt = Context.Reference<number | undefined>("todo/api/dates/SaidAt", { defaultValue: () => undefined })

/** What tells the instant at which somebody asks, in milliseconds; that of the service, unless another is put in its place. */
export const AskingTime = Context.Reference<(clock: Clock.Clock) => number>("todo/api/dates/AskingTime", {
  defaultValue: () => (clock) => clock.currentTimeMillisUnsafe()
})

const utc = "Etc/UTC" as TimeZoneName
const midnight = "00:00" as TimeOfDay

/** Who asks at this moment. */
export const asking: Effect.Effect<Asking> = Effect.withFiber(({ context }) => {
  const now = Context.get(context, AskingTime)(Context.get(context, Clock.Clock))
  const saidAt = Context.get(context, SaidAt)
  return Effect.succeed({
    now: Math.min(now, saidAt ?? now),
    isSaid: saidAt !== undefined,
    timeZone: Context.get(context, RequestZone)
  })
})

/** Where whoever asks is: where the request says, or where they have set that they are, or in UTC. */
export const placeOf = ({ timeZone }: Pick<Asking, "timeZone">, set: SetPlace | null | undefined): Place => ({
  timeZone: timeZone ?? set?.timeZone ?? utc,
  dayEndsAt: set?.dayEndsAt ?? midnight
})

interface ZonedRequest {
  readonly headers?: { readonly "time-zone"?: TimeZoneName; readonly "said-at"?: string }
  readonly query?: { readonly timeZone?: TimeZoneName }
}

/** Answers in the zone that a request names at this path, if there is one of that name. */
const answeredIn = <A, E, R>(
  named: TimeZoneName | undefined,
  path: ReadonlyArray<string>,
  answer: Effect.Effect<A, E, R>
): Effect.Effect<A, E | UnknownTimeZone, R> =>
  named === undefined ? answer : Result.match(timeZoneNamed(named, path), {
    onFailure: ({ message, nearest = [] }) => Effect.fail(new UnknownTimeZone({ detail: message, path, nearest })),
    onSuccess: (zone) => Effect.provideService(answer, RequestZone, zone)
  })

const ofHeader = ["headers", "time-zone"]

/** A handler that answers in the zone that its request names, in the query or in a header, and as at the moment that it names. */
export const inZone =
  <Request extends ZonedRequest, A, E, R>(handler: (request: Request) => Effect.Effect<A, E, R>) =>
  (request: Request): Effect.Effect<A, E | UnknownTimeZone, R> => {
    const { headers, query } = request
    return answeredIn(
      query?.timeZone ?? headers?.["time-zone"],
      query?.timeZone === undefined ? ofHeader : ["query", "timeZone"],
      Effect.suspend(() => {
        const saidAt = headers?.["said-at"]
        return saidAt === undefined
          ? handler(request)
          : Effect.provideService(handler(request), SaidAt, Date.parse(saidAt))
      })
    )
  }

/** The same where the query is the body. */
export const inZoneOfBody =
  <Request extends ZonedRequest & { readonly payload: { readonly timeZone?: TimeZoneName } }, A, E, R>(
    handler: (request: Request) => Effect.Effect<A, E, R>
  ) =>
  (request: Request): Effect.Effect<A, E | UnknownTimeZone, R> => {
    const { headers, payload } = request
    return answeredIn(
      payload.timeZone ?? headers?.["time-zone"],
      payload.timeZone === undefined ? ofHeader : ["payload", "timeZone"],
      Effect.suspend(() => handler(request))
    )
  }
