import { build, type Metafile, type Plugin } from "esbuild"
import { copyFile, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { noticesOf } from "./notices.ts"

const root = join(import.meta.dirname, "..")

const namespaceImport = /^import (type )?\{([^}]*)\} from "(effect(?:\/http|\/http-api|\/encoding)?)"$/gm

/**
 * Reads `import { Schema } from "effect"` as `import * as Schema from
 * "effect/Schema"`. esbuild keeps all of a module that is reached through
 * another's `export * as`, and Effect would be twice the size.
 */
const withEffectModules = (path: string, source: string): string =>
  source.replace(
    namespaceImport,
    (_, type: string | undefined, names: string, from: string) =>
      names.split(",").map((name) => {
        const [, onlyType, module] = /^\s*(type )?(\w+)\s*$/.exec(name) ?? []
        if (module === undefined) throw new Error(`${path}: cannot rewrite the import of ${name} from ${from}`)
        return `import ${type ?? onlyType ?? ""}* as ${module} from "${from}/${module}"`
      }).join("; ")
  )

/** The list of nouns, a noun's list of verbs, a verb: lower case in a folder, as opposed to what they are made of. */
const nounOrVerb = /\/cli\/src\/(?:everyday|nouns|\w+\/[a-z]\w*)\.ts$/

/** A verb without its work: the imports that only this needs go with it. */
const withoutRun = (path: string, source: string): string => {
  const [words = "", work = "", ...others] = source.split(/^export const run = /m)
  if (others.length > 0 || /^export /m.test(work)) throw new Error(`${path}: \`run\` is the last export of a verb`)
  return words
}

/**
 * The commands as completion knows them: to make them anew each time would take longer than the rest of an answer. What most
 * of them have, the options of all commands, is written once.
 */
const commandsAsData = async (): Promise<string> => {
  const { commands } = await import("../src/commands.ts")
  const options = new Map<string, number>()
  const tree = JSON.stringify(commands, (key, value) => {
    if (key !== "options") return value
    return value.map((option: unknown) => {
      const text = JSON.stringify(option)
      if (!options.has(text)) options.set(text, options.size)
      return `option ${options.get(text)}`
    })
  })
  return [
    `const options = [${[...options.keys()].join()}]`,
    `export const commands = ${tree.replaceAll(/"option (\d+)"/g, "options[$1]")}`
  ].join("\n")
}

/**
 * Nouns and verbs are there twice: with their work for `execute.ts`, and without it for what is loaded at once. So
 * `--help` is fast, although the words of a command and its work stand in one file.
 */
const sources: Plugin = {
  name: "sources",
  setup(build) {
    build.onResolve({ filter: /^\..*\.ts$/ }, ({ importer, namespace, path, resolveDir }) => {
      const target = join(resolveDir, path)
      const isWork = namespace === "work" || importer.endsWith("/src/execute.ts")
      return isWork && nounOrVerb.test(target) ? { path: target, namespace: "work" } : undefined
    })
    build.onLoad({ filter: /packages\/(?:cli|domain)\/src\/.*\.ts$/ }, async ({ namespace, path }) => {
      if (path.endsWith("/src/commands.ts")) return { contents: await commandsAsData() }
      const source = await readFile(path, "utf8")
      const isCut = namespace !== "work" && nounOrVerb.test(path)
      return {
        loader: "ts",
        resolveDir: dirname(path),
        contents: withEffectModules(path, isCut ? withoutRun(path, source) : source)
      }
    })
  }
}

/** What is taken by name from Node's own modules; the build fails when something is missing here. */
const builtinNames: Readonly<Record<string, ReadonlyArray<string>>> = {
  "node:child_process": ["spawn", "spawnSync"],
  "node:crypto": ["createHash"],
  "node:events": ["EventEmitter"],
  "node:fs": [
    "accessSync",
    "closeSync",
    "constants",
    "existsSync",
    "fchmodSync",
    "fchownSync",
    "fstatSync",
    "fsyncSync",
    "lstatSync",
    "mkdirSync",
    "mkdtempSync",
    "openSync",
    "readFileSync",
    "readdirSync",
    "readlinkSync",
    "realpathSync",
    "renameSync",
    "rmSync",
    "statSync",
    "unlinkSync",
    "utimesSync",
    "writeFileSync",
    "writeSync"
  ],
  "node:module": ["createRequire"],
  "node:net": ["BlockList", "isIP"],
  "node:os": ["homedir", "tmpdir"],
  "node:path": ["basename", "dirname", "isAbsolute", "join", "resolve"],
  "node:tty": ["isatty"],
  "node:url": ["fileURLToPath"],
  "node:util": ["stripVTControlCharacters"]
}

/**
 * Takes Node's own modules as they are. An `import` of one reads every export
 * it has, and with that loads what only some of them need. Prompts are left
 * alone: they do need stdin, and are loaded only when somebody is asked.
 */
const builtinModules: Plugin = {
  name: "builtin-modules",
  setup(build) {
    // Commander starts commands that are programs of their own with it; there are none.
    build.onResolve(
      { filter: /^node:child_process$/ },
      ({ importer, path }) => importer.includes("/commander/") ? { path, namespace: "absent" } : undefined
    )
    build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "export default {}" }))
    build.onResolve(
      { filter: /^node:/ },
      ({ importer, path }) =>
        importer.includes("/@clack/") ? { path, external: true } : { path, namespace: "builtin", sideEffects: false }
    )
    build.onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
      contents: [
        `const builtin = /* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)})`,
        "export default builtin",
        ...(builtinNames[path] ?? []).map((name) => `export const ${name} = builtin.${name}`)
      ].join("\n")
    }))
  }
}

/** The parser of YAML as modules, of which what nobody uses can be left out: for Node it has another form. */
const yamlModules: Plugin = {
  name: "yaml-modules",
  setup(build) {
    build.onResolve({ filter: /^yaml$/ }, () => ({ path: join(root, "node_modules/yaml/browser/dist/index.js") }))
  }
}

/** Puts a folder in the place of another at once: who runs what is in it notices nothing. */
const replace = async (folder: string, by: string): Promise<void> => {
  const before = `${by}-before`
  await rename(folder, before).catch(() => {})
  await rename(by, folder)
  await rm(before, { recursive: true, force: true })
}

/**
 * Makes the client ready to run: everything it needs, in few small files, and the licences of what is in them. Answers what
 * is in which.
 */
export const bundle = async (folder: string): Promise<Metafile> => {
  const outdir = join(dirname(folder), `.bundle-${process.pid}`)
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "src/main.ts")],
    outdir,
    bundle: true,
    metafile: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    minify: true,
    legalComments: "eof",
    // Effect asks whether a payload is a form. None is here, and Node's FormData takes long to load (ADR 0008):
    // a class that is there already, and that no payload is of, answers as well.
    define: { FormData: "Map" },
    plugins: [sources, builtinModules, yamlModules],
    // What a verb imports for its work alone is left out with it.
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: false } },
    logLevel: "warning"
  })
  // What `todo skill` prints.
  await copyFile(join(root, "../../docs/agents.md"), join(outdir, "agents.md"))
  await writeFile(join(outdir, "THIRD-PARTY-NOTICES"), noticesOf(metafile, root))
  await replace(folder, outdir)
  return metafile
}

if (import.meta.main) await bundle(join(root, "dist"))
