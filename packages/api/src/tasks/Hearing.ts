import { Effect } from "effect"
import { speaker } from "../words/Speaker.ts"
import { type InWords, type Read, readInWords, saysInWords } from "../words/SpokenDates.ts"
import { dateProblem } from "./DateRefusals.ts"
import type { SchedulePatch } from "./Schedule.ts"

/** Makes what reads the dates of a body that has them in words. */
export const hearing = Effect.map(
  speaker,
  (moment) => <Body extends InWords & SchedulePatch>(body: Body) =>
    saysInWords(body)
      ? Effect.flatMap(moment, (moment) =>
        Effect.mapError(
          Effect.fromResult(readInWords(body, moment)),
          (problem) => dateProblem(problem, { path: ["payload"] })
        ))
      : Effect.succeed(body as Read<Body>)
)
