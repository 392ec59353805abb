import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import packageJson from "../package.json" with { type: "json" }
import { manualList, manualPages } from "../scripts/manual.ts"
import { makeProgram } from "../src/program.ts"

const root = join(import.meta.dirname, "..")
const scratch = mkdtempSync(join(tmpdir(), "todo-package-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Where no registry answers. */
const offline = { ...process.env, npm_config_registry: "http://127.0.0.1:9", npm_config_cache: join(scratch, "cache") }

const run = (program: string, args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = offline) => {
  const { status, stderr, stdout } = spawnSync(program, args, { cwd: root, env, encoding: "utf8" })
  return { status, stdout, stderr }
}

const version = { status: 0, stdout: `${packageJson.version}\n`, stderr: "" }

describe("the tarball", () => {
  let tarball: string
  beforeAll(() => {
    const packed = join(scratch, "packed")
    mkdirSync(packed)
    expect(run("npm", ["pack", "--silent", "--pack-destination", packed]).status).toBe(0)
    tarball = join(packed, readdirSync(packed)[0]!)
  })

  it("has the program, how to use it, and the license of the repository; and needs no other package", () => {
    expect(run("tar", ["-xzf", tarball, "-C", scratch]).status).toBe(0)
    const unpacked = join(scratch, "package")
    expect(readdirSync(unpacked).toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "bin",
      "dist",
      "man",
      "package.json"
    ])
    expect(readFileSync(join(unpacked, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "../../LICENSE"), "utf8"))
    const metadata = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8"))
    expect(metadata).toMatchObject({ license: "MIT", bin: { todo: "./bin/todo.js" } })
    for (const member of ["dependencies", "peerDependencies", "optionalDependencies"]) {
      expect(metadata).not.toHaveProperty(member)
    }
  })

  it("has the licences of the packages that are in the program", () => {
    const notices = readFileSync(join(scratch, "package/dist/THIRD-PARTY-NOTICES"), "utf8")
    // What every page of it needs, and what is loaded only when somebody is asked.
    for (const name of ["effect", "commander", "picocolors", "fast-string-width", "@clack/prompts", "@clack/core"]) {
      const folder = folderOf(name)
      const { license, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
      const file = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file))!
      expect(notices).toContain(
        `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`
      )
    }
    // Nothing of the workspace, and nothing that is only used to make it.
    expect(notices).not.toMatch(/^(?:@todo|esbuild|vitest)/m)
  })

  it("has a manual page for every command, as the program is", () => {
    const pages = manualPages()
    expect(readdirSync(join(scratch, "package/man")).toSorted()).toEqual([...pages.keys()].toSorted())
    for (const [name, page] of pages) expect(readFileSync(join(scratch, "package/man", name), "utf8")).toBe(page)
    const commands = makeProgram(() => Promise.resolve()).commands.map((command) => command.name())
    expect(commands.filter((name) => name !== "help" && !pages.has(`todo-${name}.1`))).toEqual([])
    expect(pages.get("todo.1")).toContain("TODO_API_URL")
    // `npm run manual` in packages/cli writes it.
    expect(packageJson.man).toEqual(manualList())
  })

  // Skipped where it is not installed.
  it.runIf(spawnSync("groff", ["--version"]).status === 0)("has pages that groff sets without a warning", () => {
    for (const name of manualPages().keys()) {
      const { status, stderr } = run("groff", ["-man", "-Tutf8", "-ww", "-z", join(scratch, "package/man", name)])
      expect([name, status, stderr]).toEqual([name, 0, ""])
    }
  })

  it("is installed without a network, and runs", () => {
    const prefix = join(scratch, "global")
    const installed = run("npm", ["install", "--global", "--offline", "--silent", "--prefix", prefix, tarball])
    expect(installed).toEqual({ status: 0, stdout: expect.any(String), stderr: "" })
    expect(run(join(prefix, "bin/todo"), ["--version"])).toEqual(version)
    expect(readdirSync(join(prefix, "lib/node_modules/@todo/cli"))).toContain("LICENSE")
    expect(readdirSync(join(prefix, "share/man/man1"))).toContain("todo-add.1")
    expect(run(join(prefix, "bin/todo"), ["skill"]).stdout).toContain("name: todo")
  })
})

describe("npm run install-cli", () => {
  const script = join(root, "scripts/install.ts")

  it("puts `todo` where npm has its programs, without a network, and says how to have that on the PATH", () => {
    const prefix = join(scratch, "mine")
    const { PATH = "" } = process.env
    const without = run(process.execPath, [script, "--prefix", prefix], { ...offline, PATH: withoutTodo(PATH) })
    expect(without).toMatchObject({ status: 0, stderr: "" })
    expect(without.stdout).toBe(
      `todo ${packageJson.version} is installed: ${prefix}/bin/todo\nIt is not on the PATH yet:\n\n`
        + `  export PATH="${prefix}/bin:$PATH"\n\n`
    )
    expect(run(join(prefix, "bin/todo"), ["--version"])).toEqual(version)

    // Again, over the one before.
    const withIt = run(process.execPath, [script, "--prefix", prefix], {
      ...offline,
      PATH: [join(prefix, "bin"), PATH].join(delimiter)
    })
    expect(withIt).toEqual({
      status: 0,
      stdout: `todo ${packageJson.version} is installed: ${prefix}/bin/todo\n`,
      stderr: ""
    })
  })

  it.each([
    [["--bogus"]],
    [["--global"]],
    [["somewhere"]],
    [["--prefix"]],
    [["--prefix", ""]],
    [["--prefix="]],
    [["--prefix", "--help"]]
  ])("refuses %j and installs nothing", (args) => {
    const { status, stderr, stdout } = run(process.execPath, [script, ...args], {
      ...offline,
      npm_config_prefix: join(scratch, "untouched")
    })
    expect([status, stdout]).toEqual([2, ""])
    expect(stderr).toMatch(/^[^\n]+\nUsage: npm run install-cli \[-- --prefix <folder>\]\n$/)
    expect(existsSync(join(scratch, "untouched"))).toBe(false)
  })

  it("--help says how it is used and installs nothing", () => {
    const env = { ...offline, npm_config_prefix: join(scratch, "untouched") }
    const usage = { status: 0, stdout: "Usage: npm run install-cli [-- --prefix <folder>]\n", stderr: "" }
    expect(run(process.execPath, [script, "--help"], env)).toEqual(usage)
    expect(existsSync(join(scratch, "untouched"))).toBe(false)
  })

  it.runIf(process.platform === "linux")("gives up on a folder that takes none, as /proc", () => {
    const { signal, status, stderr } = spawnSync(process.execPath, [script, "--prefix", "/proc/nope"], {
      env: offline,
      encoding: "utf8",
      timeout: 30_000
    })
    expect([status, signal]).toEqual([1, null])
    expect(stderr).toContain("/proc/nope/lib/node_modules cannot be written to (ENOENT)")
  })

  // Nobody but root can be somebody else.
  it.runIf(process.getuid?.() === 0)("says in a line that the checkout is somebody else's", () => {
    const prefix = join(scratch, "nobody")
    mkdirSync(prefix, { mode: 0o777 })
    chmodSync(scratch, 0o755)
    chmodSync(prefix, 0o777)
    const { status, stderr } = spawnSync(process.execPath, [script, "--prefix", prefix], {
      env: { ...offline, HOME: prefix, npm_config_cache: join(prefix, "cache") },
      encoding: "utf8",
      uid: 65_534,
      gid: 65_534
    })
    expect(stderr).toBe(`The checkout ${root} cannot be written to (EACCES): its owner has to do this.\n`)
    expect(status).toBe(1)
  })

  it("says what to do where nothing can be written", () => {
    const file = join(scratch, "file")
    writeFileSync(file, "")
    const { status, stderr } = run(process.execPath, [script, "--prefix", file])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^npm's global folder .*\/file\/lib\/node_modules cannot be written to \(\w+\)/)
    expect(stderr).toContain("npm run install-cli -- --prefix ~/.local")
  })
})

describe("the documents", () => {
  const repository = join(root, "../..")
  const documents = [
    "README.md",
    "packages/cli/README.md",
    "docs/http.md",
    "docs/operations.md",
    "docs/ci.md",
    "docs/agents.md",
    "Dockerfile"
  ]

  it.each(documents)("have nobody run `npx todo`, which elsewhere is a stranger's: %s", (path) => {
    // What is in backquotes is talked about.
    const commands = readFileSync(join(repository, path), "utf8").replaceAll(/`[^`\n]+`/g, "")
    expect(commands).not.toMatch(/npx (?:-\S+ )*todo\b/)
  })

  it.each(documents)("have npm ask nothing where a block is pasted: the next line would be the answer: %s", (path) => {
    expect(readFileSync(join(repository, path), "utf8")).not.toMatch(/^(?:RUN )?(?:npx|npm create) (?!--yes )/m)
  })
})

/** The folder of a package that the client uses, itself or through another. */
const folderOf = (name: string) =>
  [join(root, "node_modules"), join(root, "../../node_modules/.pnpm/node_modules")]
    .map((folder) => join(folder, name)).find((folder) => existsSync(folder))!

/** A PATH on which there is no `todo`, whoever has installed one. */
const withoutTodo = (path: string) =>
  path.split(delimiter).filter((folder) => {
    try {
      return !readdirSync(folder).includes("todo")
    } catch {
      return false
    }
  }).join(delimiter)
