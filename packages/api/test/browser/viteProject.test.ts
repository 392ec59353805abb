import { assert, describe, layer } from "@effect/vitest"
import { Context, Effect, Layer } from "effect"
import { execFile } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import { extname, join } from "node:path"
import type { Page } from "playwright-core"
import { inject } from "vitest"
import { freePort } from "../support/freePort.ts"
import { type Block, blocksOf, sectionOf } from "../support/readme.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { newContext } from "./newContext.ts"

const blocks = blocksOf(sectionOf("## From a browser"))
const commands = blocks.find(({ language }) => language === "sh")!
const sources = blocks.filter((block): block is Block & { readonly file: string } => block.file !== undefined)
/** Those of a page on the service's site, and the one that a page on another has in place of its own. */
const [home, away] = [sources.slice(0, 3), sources.slice(3)]

/** Runs a command; fails with what it has said. */
const run = (command: string, directory: string) =>
  new Promise<string>((resolve, reject) =>
    execFile(
      "sh",
      ["-ec", command],
      { cwd: directory, env: { ...process.env, CI: "true" } },
      (error, stdout, stderr) => error === null ? resolve(stdout) : reject(new Error(`${command}\n${stdout}${stderr}`))
    )
  )

/** A developer may be without network; CI must not. */
const isOffline = process.env["CI"] !== "true" && !skipBrowserTests
  && await run("npm view create-vite version", inject("scratch")).then(() => false, () => true)

const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" }

/** The files of a folder that is named later, on a port of this machine: by either name a site of its own. */
class Pages extends Context.Service<Pages, {
  readonly onSite: string
  readonly elsewhere: string
  /** Serves the files of this folder from now on. */
  readonly serve: (folder: string) => void
}>()("todo/api/test/Pages") {
  static readonly layer = Layer.effect(
    Pages,
    Effect.gen(function*() {
      const port = yield* Effect.promise(freePort)
      let root = ""
      const server = createServer((request, response) => {
        const path = request.url === "/" ? "/index.html" : request.url!
        readFile(join(root, path)).then(
          (file) => response.setHeader("content-type", types[extname(path)] ?? "image/svg+xml").end(file),
          () => response.writeHead(404).end()
        )
      })
      yield* Effect.acquireRelease(
        Effect.promise(() => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))),
        () =>
          Effect.sync(() => {
            server.close()
            server.closeAllConnections()
          })
      )
      return Pages.of({
        onSite: `http://localhost:${port}`,
        elsewhere: `http://127.0.0.1:${port}`,
        serve: (folder) => {
          root = folder
        }
      })
    })
  )
}

const Service = Layer.unwrap(
  Effect.map(Effect.all([Pages, Effect.promise(freePort)]), ([{ elsewhere, onSite }, port]) =>
    TestService.layerWith({
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      CORS_ORIGINS: `${onSite},${elsewhere}`
    }))
)
const Everything = Service.pipe(Layer.provideMerge(Pages.layer), Layer.provideMerge(Chromium.layer))

const openPage = (url: string) =>
  Effect.flatMap(newContext(), (context) =>
    Effect.promise(async () => {
      const page = await context.newPage()
      await page.clock.install()
      await page.goto(url)
      return page
    }))

const signIn = async (page: Page, email: string, name = "") => {
  await page.getByPlaceholder("Email").fill(email)
  await page.getByPlaceholder("Password").fill("correct horse battery")
  await page.getByPlaceholder("Name, to sign up").fill(name)
  await page.getByRole("button", { name: "Sign in" }).click()
}
const add = async (page: Page, title: string) => {
  await page.getByPlaceholder("What is to do").fill(title)
  await page.getByRole("button", { name: "Add" }).click()
  await page.getByText(title).waitFor()
}

let people = 0
const newEmail = () => `vite-${process.pid}-${people++}@example.com`

describe.skipIf(skipBrowserTests || isOffline)(inChromium("the README's project in a browser"), () => {
  layer(Everything, { excludeTestServices: true })("React, TypeScript and Vite as they are installed today", (it) => {
    it.effect(
      "is made, checked strictly, built, and used on the service's site and on another",
      () =>
        Effect.gen(function*() {
          const pages = yield* Pages
          const url = (yield* TestService).url.replace("127.0.0.1", "localhost")
          const here = (code: string) => code.replaceAll("http://localhost:4000", url)
          const folder = mkdtempSync(join(inject("scratch"), "vite-"))
          const project = join(folder, "my-tasks")
          const write = (files: ReadonlyArray<{ readonly file: string; readonly code: string }>) =>
            files.forEach(({ code, file }) => writeFileSync(join(project, file), here(code)))
          const build = () => run("npm run build", project)

          yield* Effect.promise(() => run(here(commands.code), folder))
          write(home)
          yield* Effect.promise(build)
          const wrong = [{ file: "src/wrong.ts", code: "export const length = (text: string | null) => text.length\n" }]
          write(wrong)
          const refused = yield* Effect.promise(() => build().then(() => "", String))
          assert.match(refused, /wrong\.ts\(1,\d+\): error TS18047/)
          yield* Effect.promise(() => run("rm src/wrong.ts", project))

          pages.serve(join(project, "dist"))
          const page = yield* openPage(pages.onSite)
          yield* Effect.promise(async () => {
            const exchanges: Array<string> = []
            page.on("request", (request) => {
              if (request.url().endsWith("/api/auth/token")) exchanges.push(request.method())
            })
            const [ada, grace] = [newEmail(), newEmail()]
            await signIn(page, ada, "Ada")
            await page.getByRole("heading", { name: "Ada" }).waitFor()
            await add(page, "Buy milk")
            await add(page, "Call Grace")
            const before = exchanges.length
            await page.clock.fastForward("04:01")
            await add(page, "Water the plants")
            assert.isAbove(exchanges.length, before)
            await page.getByRole("listitem").filter({ hasText: "Buy milk" }).getByRole("button").click()
            await page.getByText("Buy milk").waitFor({ state: "detached" })
            assert.strictEqual(await page.getByRole("listitem").count(), 2)

            await page.getByRole("button", { name: "Sign out" }).click()
            await signIn(page, grace, "Grace")
            await page.getByRole("heading", { name: "Grace" }).waitFor()
            await add(page, "Sail")
            assert.strictEqual(await page.getByRole("listitem").count(), 1)
            await page.getByRole("button", { name: "Sign out" }).click()
            await signIn(page, ada)
            await page.getByText("Call Grace").waitFor()
            await page.getByRole("button", { name: "Sign out" }).click()
            await signIn(page, newEmail())
            assert.include(await page.getByRole("alert").innerText(), "Invalid email or password")
          })

          // What the README warns of, and what it says to do.
          const stranger = yield* openPage(pages.elsewhere)
          yield* Effect.promise(async () => {
            const answered = stranger.waitForResponse((response) => response.url().endsWith("/sign-up/email"))
            await signIn(stranger, newEmail(), "Ada")
            assert.strictEqual((await answered).status(), 200)
            await stranger.waitForTimeout(1000)
            assert.isTrue(await stranger.getByPlaceholder("Email").isVisible())
          })
          write(away)
          yield* Effect.promise(build)
          const guest = yield* openPage(pages.elsewhere)
          yield* Effect.promise(async () => {
            await signIn(guest, newEmail(), "Ada")
            await guest.getByRole("heading", { name: "Ada" }).waitFor()
            await add(guest, "From afar")
            await guest.reload()
            await guest.getByText("From afar").waitFor()
          })
        }).pipe(Effect.scoped),
      300_000
    )
  })
})
