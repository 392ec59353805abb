import type { Metafile } from "esbuild"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

interface Package {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** The folder of the package that a file of a library belongs to. Some have a package.json without a name further in. */
const folderOf = (path: string): string => {
  const folder = dirname(path)
  const file = join(folder, "package.json")
  return existsSync(file) && "name" in JSON.parse(readFileSync(file, "utf8")) ? folder : folderOf(folder)
}

const noticeOf = (folder: string): string => {
  const { license, name, version }: Package = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file)).toSorted()
  if (files.length === 0) throw new Error(`${name} ${version} is bundled, and has no file with its licence`)
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim())
  return [`${name} ${version} (${license})`, ...texts].join("\n\n")
}

/**
 * The licences of the packages of others that have got into a bundle, which their licences want to go with it. `root` is
 * what the paths of the metafile are relative to.
 */
export const noticesOf = ({ outputs }: Metafile, root: string): string => {
  const paths = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => bytesInOutput === 0 ? [] : [path])
  )
  const folders = new Set(
    paths.filter((path) => path.includes("node_modules/")).map((path) => folderOf(resolve(root, path)))
  )
  const line = `\n\n${"-".repeat(80)}\n\n`
  return `${["This program contains the following packages.", ...[...folders].map(noticeOf).toSorted()].join(line)}\n`
}
