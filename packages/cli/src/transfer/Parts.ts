import { ImportDocument, maxImportBytes, maxImportValues } from "@todo/domain/transfer/Document"
import { inOrderOfMaking } from "@todo/domain/transfer/TaskWalk"
import { Schema } from "effect"
import { type NounOfDocument, nouns, type Things } from "./Document.ts"

/** How much one request brings: each part is one operation. */
export interface Room {
  readonly things: number
  readonly bytes: number
  /** Members and elements, all together. */
  readonly values: number
}

/** As much as the service does within a few seconds, wherever it runs. */
export const roomOfRequest: Room = {
  things: 2_500,
  bytes: maxImportBytes - 1024 * 1024,
  values: maxImportValues - 1000
}

export const nothing: Things = { projects: [], tags: [], views: [], tasks: [], comments: [] }

const encode = Schema.encodeUnknownSync(ImportDocument)

/** How many values there are in one, itself among them. */
const valuesIn = (value: unknown): number =>
  typeof value === "object" && value !== null
    ? Object.values(value).reduce((sum: number, member) => sum + valuesIn(member), 1)
    : 1

/** How large a thing is in a request. */
const sizeOf = (noun: NounOfDocument, thing: unknown) => {
  const sent = encode({ version: 1, [noun]: [thing] })
  return { bytes: Buffer.byteLength(JSON.stringify(sent)), values: valuesIn(sent) }
}

type Projects = Things["projects"]

/** Those at the top first. In a circle they come as they are. */
const parentsFirst = (projects: Projects): Projects => [...inOrderOfMaking(projects)]

/**
 * The parts in which a document is sent, in an order in which each thing comes behind what it refers to, as far as that goes:
 * who waits for a task may come before it.
 */
export const partsOf = (things: Things, room: Room = roomOfRequest): ReadonlyArray<Things> => {
  const ordered = {
    ...things,
    projects: parentsFirst(things.projects),
    tasks: [...inOrderOfMaking(things.tasks)]
  }
  const parts: Array<Record<NounOfDocument, Array<unknown>>> = []
  let left = { things: 0, bytes: 0, values: 0 }
  for (const noun of nouns) {
    for (const thing of ordered[noun]) {
      const { bytes, values } = sizeOf(noun, thing)
      if (left.things === 0 || left.bytes < bytes || left.values < values) {
        parts.push({ projects: [], tags: [], views: [], tasks: [], comments: [] })
        left = { ...room }
      }
      parts.at(-1)![noun].push(thing)
      left.things--
      left.bytes -= bytes
      left.values -= values
    }
  }
  // Each part as the document has it: who needs no parts is not put in another order.
  return parts.length === 1 ? [things] : parts as unknown as ReadonlyArray<Things>
}
