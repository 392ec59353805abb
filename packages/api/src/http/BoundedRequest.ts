import { BodyLimit } from "@todo/domain/http/BodyLimit"
import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Context, Effect } from "effect"
import { HttpServerRequest, type HttpServerResponse } from "effect/http"
import type { HttpApiEndpoint } from "effect/http-api"
import { complaint, type Complaints, complaints, invalidRequest, noSuchParameter } from "./Complaints.ts"
import { type JsonSize, jsonSizeOf, lookThrough } from "./JsonSize.ts"
import { atOnce, isForm, type Turns, withUtf8Body } from "./Utf8Body.ts"

type Response = HttpServerResponse.HttpServerResponse

/**
 * Runs `answer`, which decodes the request, when the body is there and neither it nor the query has more in it than the
 * operation can want; fails with `InvalidRequest` otherwise. Sizes are looked at before members: what is wrong costs no
 * more than what is right. The request waits for its turn, and nobody looks at its body before.
 */
export const bounded = <E, R>(
  endpoint: HttpApiEndpoint.Top,
  answer: Effect.Effect<Response, E, R>,
  turns: Turns = atOnce
) =>
  withParameters(
    endpoint.query !== undefined,
    endpoint.payload.size === 0 ? turns.take(answer, 0) : withUtf8Body(
      ofSize(jsonSizeOf(endpoint), answer, turns),
      Context.get(endpoint.annotations, BodyLimit),
      turns
    )
  )

/** More than any operation knows. */
const mostParameters = 30

/** Fails when the query has parameters that nothing knows, or too many to look at each. */
const withParameters = <A, E, R>(knowsSome: boolean, next: Effect.Effect<A, E, R>) =>
  Effect.flatMap(
    HttpServerRequest.ParsedSearchParams,
    (parameters): Effect.Effect<A, E | InvalidRequest, R> => {
      const names = Object.keys(parameters)
      if (names.length <= (knowsSome ? mostParameters : 0)) return next
      return fail(
        knowsSome
          ? complaints([names], () => complaint(["query"], `Expected no more than ${mostParameters} parameters`))
          : complaints(names, (name) => complaint(["query", name], noSuchParameter))
      )
    }
  )

/** Fails when the body has more in it, or deeper down, than the operation can want; who sends many values pays for them. */
const ofSize = <A, E, R>(size: JsonSize, next: Effect.Effect<A, E, R>, turns: Turns) =>
  Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    ({ headers, text }) =>
      // A form has members alone, and few are read.
      isForm(headers["content-type"]) ?
        next :
        Effect.flatMap(Effect.orDie(text), (json): Effect.Effect<A, E | InvalidRequest, R> => {
          const { excess, values } = lookThrough(json, size)
          return excess === undefined
            ? turns.ofValues(values, next)
            : fail(
              complaints(
                [excess],
                () => complaint(["payload"], `Expected no more than ${size[excess]} ${what[excess]}`)
              )
            )
        })
  )

const what = { values: "members and elements in all", depth: "levels of objects and arrays" }

const fail = (complaints: Complaints) => Effect.fail(invalidRequest(complaints))
