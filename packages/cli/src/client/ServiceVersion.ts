import { versionHeader } from "@todo/domain/http/ServiceVersion"
import { Context, Effect } from "effect"
import { HttpClient } from "effect/http"
import { version } from "./Version.ts"

/** The release of the service, as its latest answer names it; undefined where none has. */
const ServiceVersion = Context.Reference<{ latest: string | undefined }>("todo/cli/ServiceVersion", {
  defaultValue: () => ({ latest: undefined })
})

/** Takes down which release answers. */
export const notingVersion = HttpClient.tap(({ headers }) =>
  Effect.map(ServiceVersion, (service) => {
    service.latest = headers[versionHeader]
  })
)

/** The numbers of a release in order; undefined for what is none. */
const numbersOf = (release: string): ReadonlyArray<number> | undefined =>
  /^(\d+)\.(\d+)\.(\d+)/.exec(release)?.slice(1).map(Number)

/** Which side to update; undefined where they are of one release, or nobody knows. */
export const updateHint = (service: string | undefined, client = version): string | undefined => {
  const [theirs, ours] = [numbersOf(service ?? ""), numbersOf(client)]
  if (theirs === undefined || ours === undefined) return undefined
  const different = ours.findIndex((number, index) => number !== theirs[index])
  if (different < 0) return undefined
  const older = (ours[different] ?? 0) < (theirs[different] ?? 0) ? "the client" : "the service"
  return `The service is todo ${theirs.join(".")} and this client ${ours.join(".")}: update ${older}.`
}

/** The same for the service that has answered last. */
export const currentUpdateHint: Effect.Effect<string | undefined> = Effect.map(
  ServiceVersion,
  ({ latest }) => updateHint(latest)
)
