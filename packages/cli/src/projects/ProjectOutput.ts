import { Project } from "@todo/domain/projects/Project"
import { Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

/** A project as the API's JSON has it. */
export const projectJson = Schema.encodeSync(lenient(Project))

/** Prints what became of the projects that a command was given: in JSON one where one was named. */
export const printProjects = (word: string, refs: ReadonlyArray<string>) =>
  Effect.fnUntraced(function*(projects: ReadonlyArray<Project>) {
    const output = yield* Output
    yield* output.result({
      json: () => {
        const values = projects.map((project) => projectJson(project))
        return refs.length === 1 ? values[0] : values
      },
      quiet: () => projects.map(({ id }) => id),
      human: () => projects.map(({ name }) => `${word} project ${printable(name)}`)
    })
  })
