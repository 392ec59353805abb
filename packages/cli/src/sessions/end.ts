import type { Command } from "@commander-js/extra-typings"
import type { Session } from "@todo/domain/sessions/Session"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { Credentials } from "../client/Credentials.ts"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { ids, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { isIdOrPrefix } from "../refs/Ref.ts"
import { makeResolver } from "../refs/Resolver.ts"
import { Settings } from "../Settings.ts"
import { namedOrPicked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { programOf } from "./SessionTable.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("end")
    .description(withExamples(
      "Sign out there; ending the current session also forgets it here",
      "todo sessions end 0198c0de"
    ))
    .argument("[id...]", ids)
    .action((refs) => dispatch({ refs }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("sessions.end")(function*({ refs }: { readonly refs: ReadonlyArray<string> }) {
  const settings = yield* Settings
  const output = yield* Output
  const credentials = yield* Credentials
  // With TODO_TOKEN the current session is not the stored one.
  const stored = settings.token === undefined ? yield* credentials.get : undefined
  const { sessions } = yield* ApiClient
  const listed = yield* Effect.cached(Effect.map(sessions.list({ headers: {} }), (answer) => answer!.body.items))
  const named = yield* namedOrPicked(refs, {
    missing: "argument 'id'",
    question: "Sign out where?",
    none: "You are signed in nowhere.",
    choices: Effect.map(listed, (items) =>
      items.map((item) => ({
        value: item.id,
        label: `${item.current ? "this one, " : ""}${programOf(item)}  ${item.id}`
      })))
  })
  if (named.length === 0) return
  const current = (yield* listed).filter((item) => item.current)
  const isCurrent = (ref: string) => current.some((item) => isIdOrPrefix(ref, item.id))
  yield* forEachRef(
    // The current one comes last: without it, none of the others could be ended.
    named.toSorted((one, other) => Number(isCurrent(one)) - Number(isCurrent(other))),
    yield* makeResolver({ word: "session", lister: "todo sessions", label: programOf, all: listed }),
    Effect.fnUntraced(function*(named: Session) {
      yield* sessions.end({ params: { id: named.id }, headers: {} })
      if (named.current && stored !== undefined) {
        yield* storedAfterwards(
          credentials.update((latest) => latest?.sessionToken === stored.sessionToken ? undefined : latest)
        )
      }
      return named
    }),
    (ended) =>
      output.result({
        json: () => ({ ended: ended.map(({ id }) => ({ id })) }),
        quiet: () => ended.map(({ id }) => id),
        human: () =>
          ended.map((named) =>
            named.current ? `Signed out at ${settings.apiUrl}` : `Ended ${programOf(named)}  ${named.id}`
          )
      })
  )
})
