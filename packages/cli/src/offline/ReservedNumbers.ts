import { closeSync, openSync, rmSync, statSync } from "node:fs"
import { join } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"

/** Whoever has had a number for longer has ended. */
const staleMillis = 60_000

const reserve = (path: string): boolean => {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  if (made !== undefined && Math.abs(Date.now() - made) > staleMillis) rmSync(path, { force: true })
  try {
    closeSync(openSync(path, "wx", privateMode))
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false
    throw error
  }
}

/**
 * Works with numbers that no other process has: greater than `last` tells, and that of no other who works with one. Each has
 * an empty file in `folder` meanwhile. What the work leaves has to show in `last`.
 */
export const withNumbers = <A>(
  folder: string,
  { count, last }: { readonly count: number; readonly last: () => number },
  work: (numbers: ReadonlyArray<number>) => A
): A => {
  makeFolder(folder, 0o700)
  const numbers: Array<number> = []
  try {
    for (let number = last() + 1; numbers.length < count; number++) {
      const path = join(folder, String(number))
      if (!reserve(path)) continue
      // Whoever had it may have used it since.
      if (number > last()) numbers.push(number)
      else rmSync(path, { force: true })
    }
    return work(numbers)
  } finally {
    for (const number of numbers) rmSync(join(folder, String(number)), { force: true })
  }
}
