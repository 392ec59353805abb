import { Effect } from "effect"
import { cancelled, type Failure } from "../failures/Failure.ts"

/*
 * Questions go to stderr, since stdout is for results. The library is loaded
 * when the first one is asked.
 */
const clack = Effect.promise(async () => {
  const prompts = await import("@clack/prompts")
  // Ctrl-D ends the input, as Ctrl-C does: it would wait for an answer that cannot come.
  prompts.updateSettings({ aliases: { "\u0004": "cancel" } })
  return prompts
})

const answerOf = <A extends string | boolean>(ask: () => Promise<A | symbol>): Effect.Effect<A, Failure> =>
  Effect.promise(ask).pipe(
    Effect.filterOrFail((answer): answer is A => typeof answer !== "symbol", () => cancelled)
  )

/** What is wrong with a text, or nothing. */
export type Objection = (text: string) => string | undefined

const required = (value: string): string | undefined => value.trim() === "" ? "Please enter something" : undefined

/**
 * Asks for a line of text, until there is one; white space around it is none of it. `validate` says what is wrong with it,
 * if anything is.
 */
export const askText = Effect.fn("askText")(function*(
  message: string,
  validate: Objection = () => undefined
) {
  const { text } = yield* clack
  const typed = yield* answerOf<string>(() =>
    text({ message, validate: (value = "") => required(value) ?? validate(value.trim()), output: process.stderr })
  )
  return typed.trim()
})

/** Asks for a password, which is not shown; `validate` says what is wrong with it, if anything is. */
export const askPassword = Effect.fn("askPassword")(function*(
  message: string,
  validate: Objection = () => undefined
) {
  const { password } = yield* clack
  return yield* answerOf<string>(() =>
    password({
      message,
      validate: (value) => value === undefined || value === "" ? "Please enter something" : validate(value),
      output: process.stderr
    })
  )
})

/** Asks for yes or no; Enter alone means no. */
export const askConfirmation = Effect.fn("askConfirmation")(function*(message: string) {
  const { confirm } = yield* clack
  return yield* answerOf<boolean>(() => confirm({ message, initialValue: false, output: process.stderr }))
})

/** One of several to choose from. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** So many choices are shown at a time. */
const shownChoices = 10

/** Asks for one of several; what is typed leaves those that have it in their label. */
export const askWhich = Effect.fn("askWhich")(function*(message: string, choices: ReadonlyArray<Choice>) {
  const { autocomplete } = yield* clack
  return yield* answerOf<string>(() =>
    autocomplete({
      message,
      options: [...choices],
      maxItems: shownChoices,
      filter: (typed, { label = "" }) => label.toLowerCase().includes(typed.toLowerCase()),
      // Where nothing has what was typed, Enter would give no answer at all.
      validate: (value) => value === undefined ? "Delete some of it, or Ctrl-C" : undefined,
      output: process.stderr
    })
  )
})
