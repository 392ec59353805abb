import { build } from "esbuild"
import { rm } from "node:fs/promises"
import { join } from "node:path"

const root = join(import.meta.dirname, "..")

/**
 * What Node is started with for the service, when it is ready to run; `npm start` and the image have the same. The
 * collector works a little more often, and with 1,000 clients the process takes 300 MB and not 420 (docs/adr/0016).
 */
export const serviceArguments = [
  "--max-semi-space-size=16",
  "--heap-growing-percent=200",
  "--no-parallel-scavenge",
  "--expose-gc",
  join(root, "dist/main.js")
]

/**
 * Joins the service's modules and its libraries' into few files (docs/adr/0016).
 * Names stay, so that a stack in the log says something.
 */
export const bundle = async (): Promise<void> => {
  const outdir = join(root, "dist")
  await rm(outdir, { recursive: true, force: true })
  await build({
    entryPoints: ["src/main.ts", "src/accounts/password-worker.ts", "src/database/embedded/embedded-worker.ts"].map((
      path
    ) => join(root, path)),
    outdir,
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    // They bring files of their own that they look for beside them: WebAssembly and native code.
    external: ["@electric-sql/*", "@node-rs/argon2"],
    // For the CommonJS among the libraries.
    banner: {
      js: "import{createRequire as moduleRequire}from\"node:module\";const require=moduleRequire(import.meta.url);"
    },
    logLevel: "warning"
  })
}

if (import.meta.main) await bundle()
