import { mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { brotliDecompressSync } from "node:zlib"
import { inject } from "vitest"

const api = join(import.meta.dirname, "../..")

/** Unpacks the bundle of a release (`scripts/keep-release.ts`); it has the libraries of today that a bundle leaves outside. */
export const unpackRelease = async (name: string): Promise<string> => {
  const packed = brotliDecompressSync(await readFile(join(api, `test/releases/${name}.json.br`)))
  const files = JSON.parse(packed.toString()) as Record<string, string>
  const root = await mkdtemp(join(inject("scratch"), "release-"))
  await symlink(join(api, "node_modules"), join(root, "node_modules"))
  await writeFile(join(root, "package.json"), JSON.stringify({ type: "module" }))
  const folder = join(root, "dist")
  await mkdir(folder)
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  return folder
}
