/*
 * Draws which folder of a package's sources imports from which, and fails where that goes round in a circle: folders of a
 * circle can only be understood together. Imports of types count. A file that stands in no folder stands for itself.
 *
 *   node scripts/folders.js          fails on a circle
 *   node scripts/folders.js --draw   prints every arrow, with the files that make it
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What is looked at, and the arrows that are known to close a circle there. Each has to go; none may come. */
const packages = {
  "packages/api/src": [],
  "packages/cli/src": []
}

const sourcesIn = (folder) =>
  readdirSync(folder).toSorted().flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? sourcesIn(path) : path.endsWith(".ts") ? [path] : []
  })

const importsOf = (file) =>
  [...readFileSync(file, "utf8").matchAll(/(?:\bfrom |^import |\bimport\()"(\.{1,2}\/[^"]+\.ts)"/gm)]
    .map(([, path]) => join(dirname(file), path))

/** All arrows, each with the files that make it: `tasks -> client` and `tasks/list.ts -> client/ApiClient.ts`. */
const arrowsOf = (source) => {
  const arrows = new Map()
  const place = (file) => relative(source, file).split(sep)
  for (const file of sourcesIn(source)) {
    for (
      const target of importsOf(file).filter((path) => existsSync(path) && !relative(source, path).startsWith(".."))
    ) {
      const [from, to] = [place(file), place(target)]
      if (from[0] === to[0]) continue
      const arrow = `${from[0]} -> ${to[0]}`
      arrows.set(arrow, [...arrows.get(arrow) ?? [], `${from.join("/")} -> ${to.join("/")}`])
    }
  }
  return arrows
}

/** The shortest circle through an arrow, as the arrows that it is made of; undefined where there is none. */
const circleThrough = (arrow, arrows) => {
  const [start, end] = arrow.split(" -> ")
  const ways = [[arrow]]
  const seen = new Set([end])
  for (const way of ways) {
    const at = way.at(-1).split(" -> ")[1]
    if (at === start) return way
    for (const next of arrows) {
      const [from, to] = next.split(" -> ")
      if (from !== at || seen.has(to)) continue
      seen.add(to)
      ways.push([...way, next])
    }
  }
  return undefined
}

let failed = false
for (const [path, known] of Object.entries(packages)) {
  const arrows = arrowsOf(join(root, path))
  if (process.argv.includes("--draw")) {
    console.log(`${path}: ${arrows.size} arrows`)
    for (const [arrow, files] of [...arrows].toSorted()) {
      console.log(`  ${arrow}\n${files.map((it) => `    ${it}\n`).join("")}`)
    }
  }
  const others = [...arrows.keys()].filter((arrow) => !known.includes(arrow))
  const told = new Set()
  for (const arrow of others) {
    const circle = circleThrough(arrow, others)
    if (circle === undefined || circle.some((part) => told.has(part))) continue
    for (const part of circle) told.add(part)
    console.error(
      `${path}: a circle between folders\n${
        circle.map((part) => `  ${part}\n${arrows.get(part).map((it) => `    ${it}\n`).join("")}`).join("")
      }`
    )
    failed = true
  }
  for (const arrow of known.filter((it) => circleThrough(it, [...others, it]) === undefined || !arrows.has(it))) {
    console.error(`${path}: ${arrow} closes no circle any more: take it from the list in scripts/folders.js`)
    failed = true
  }
}
if (failed) process.exitCode = 1
