/*
 * Keeps the bundle of a release, for the tests that start from its data and beside it.
 *
 *   node packages/api/scripts/keep-release.ts                       of this checkout, by the name of its commit
 *   node packages/api/scripts/keep-release.ts <name> <its bundle>   of another, a folder
 */
import { execFileSync } from "node:child_process"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync } from "node:zlib"
import { bundle } from "./bundle.ts"

const head = () => execFileSync("git", ["rev-parse", "--short=7", "HEAD"], { encoding: "utf8" }).trim()

const [name = head(), folder = join(import.meta.dirname, "../dist")] = process.argv.slice(2)
if (process.argv.length === 2) await bundle()

/** The viewers of the OpenAPI document are most of a bundle, and no test asks an old release for them. */
const isViewer = (file: string) => file.startsWith("httpApi")

const files = readdirSync(folder).map((
  file
) => [file, isViewer(file) ? "export const css = '', javascript = ''" : readFileSync(join(folder, file), "utf8")])
const text = JSON.stringify(Object.fromEntries(files))
writeFileSync(join(import.meta.dirname, `../test/releases/${name}.json.br`), brotliCompressSync(text))
