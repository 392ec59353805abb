import { rmSync } from "node:fs"
import { join } from "node:path"
import { withDependents } from "./Dependents.ts"
import type { QueuedWrite, Refusal } from "./QueuedWrite.ts"
import { isThere, type Kept, putLast, remove, removeKey, unreadableIn, writesIn } from "./QueueFolder.ts"
import { withNumbers } from "./ReservedNumbers.ts"
import { withoutSeenVersions } from "./SeenVersions.ts"

/**
 * The writes of an account that wait for the service, and those that it has refused: a file each, which several processes
 * read and change at the same time. A write is in one of both folders at any moment, or for a moment in both.
 */
export class Queue {
  readonly waiting: string
  readonly refused: string
  private readonly labels: string

  constructor(folder: string) {
    this.waiting = join(folder, "waiting")
    this.refused = join(folder, "refused")
    this.labels = join(folder, "labels")
  }

  /** Those that wait, in the order in which they are sent. */
  pending(): ReadonlyArray<Kept> {
    return writesIn(this.waiting)
  }

  /** Those that the service did not take, in the order in which it said so. */
  put(): ReadonlyArray<Kept> {
    return writesIn(this.refused)
  }

  /** The paths of files that are damaged, or of a later release: nobody sends them, and nobody removes them. */
  unreadable(): ReadonlyArray<string> {
    return [this.waiting, this.refused].flatMap(unreadableIn)
  }

  /** Puts a write last that makes so many tasks, each of which goes by a label that no other has which waits. */
  add(tasks: number, write: (labels: ReadonlyArray<number>) => QueuedWrite): QueuedWrite {
    const labelled = { count: tasks, last: () => this.lastLabel() }
    return withNumbers(this.labels, labelled, (labels) => putLast(this.waiting, write(labels)).write)
  }

  /** The service has done it. */
  done(kept: Kept): void {
    removeKey(this.refused, kept.write.key)
    remove(this.waiting, kept)
  }

  /** The service does not take it: it is kept for its user to look at. */
  refuse(kept: Kept, refusal: Refusal): void {
    removeKey(this.refused, kept.write.key)
    putLast(this.refused, { ...kept.write, refusal })
    remove(this.waiting, kept)
  }

  /** Has it sent again, as the last, whatever version there is now, and behind it what was not sent because it builds on it. */
  retry(kept: Kept): void {
    for (const one of withDependents(kept, this.put())) {
      if (!isThere(this.refused, one)) continue
      putLast(this.waiting, { ...withoutSeenVersions(one.write), refusal: null })
      remove(this.refused, one)
    }
  }

  /** Gives it up. */
  drop(kept: Kept): void {
    remove(kept.write.refusal === null ? this.waiting : this.refused, kept)
  }

  /** Forgets all of it. */
  clear(): void {
    rmSync(this.waiting, { recursive: true, force: true })
    rmSync(this.refused, { recursive: true, force: true })
    rmSync(this.labels, { recursive: true, force: true })
  }

  /** The greatest label of a task that waits; 0 where there is none. */
  private lastLabel(): number {
    return Math.max(0, ...this.pending().flatMap(({ write }) => write.tasks.map(({ label }) => label)))
  }
}
