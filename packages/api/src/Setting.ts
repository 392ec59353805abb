import { ByteSize, Config, Duration, LogLevel, Option, Redacted, Schema } from "effect"
import { isIP } from "node:net"
import { isAddressRange } from "./AddressRange.ts"
import { parsePostgresUrl } from "./PostgresUrl.ts"

/** What settings of a kind take. */
export interface Kind<A> {
  /** In words that go on after a name and a colon: `a number from 0 to 65535`. */
  readonly takes: string
  /** Reads the text of a variable; none where it is not of the kind. */
  readonly read: (text: string) => Option.Option<A>
  /** What is wrong of such a text, for people: all of it, unless the kind knows better. */
  readonly wrong: (text: string) => string
}

/** A variable of the environment. */
export interface Setting<A> extends Config.Config<A> {
  readonly variable: string
}

/** A setting that may be absent. An empty variable is. */
export const optional = <A>(variable: string, kind: Kind<A>): Setting<Option.Option<A>> =>
  named(variable, Config.option(present(variable, kind)))

/** A setting with a default. */
export const setting = <A>(variable: string, kind: Kind<A>, byDefault: NoInfer<A>): Setting<A> =>
  named(variable, Config.withDefault(present(variable, kind), byDefault))

const named = <A>(variable: string, config: Config.Config<A>): Setting<A> => Object.assign(config, { variable })

const present = <A>(variable: string, { read, takes, wrong }: Kind<A>): Config.Config<A> =>
  Config.schema(
    Schema.String.check(
      Schema.makeFilter((text: string) => Option.isSome(read(text)) || `${variable}: ${takes}, not ${wrong(text)}`)
    ),
    variable
  ).pipe(Config.map((text) => Option.getOrThrow(read(text))))

/** What is shown of a bad value: enough to know it again. */
const shownLength = 80

const quote = (text: string) => JSON.stringify(text.length > shownLength ? `${text.slice(0, shownLength)}…` : text)

const kind = <A>(takes: string, read: (text: string) => A | undefined): Kind<A> => ({
  takes,
  read: (text) => Option.fromUndefinedOr(read(text.trim())),
  wrong: quote
})

/** A kind of whose values nothing is shown but how long they are. */
const secretKind = (takes: string, read: (text: string) => string | undefined): Kind<Redacted.Redacted> => ({
  takes,
  read: (text) => Option.map(Option.fromUndefinedOr(read(text)), (value) => Redacted.make(value)),
  wrong: ({ length }) => `the ${length} character${length === 1 ? "" : "s"} that it has`
})

/** Several of a kind, separated by commas. */
const listOf = <A>(takes: string, one: Kind<A>): Kind<ReadonlyArray<A>> => {
  const parts = (text: string) => text.split(",").map((part) => part.trim())
  return {
    takes: `${takes}, separated by commas`,
    read: (text) => Option.all(parts(text).map(one.read)),
    wrong: (text) => one.wrong(parts(text).find((part) => Option.isNone(one.read(part))) ?? text)
  }
}

export const wholeNumber = (minimum: number, maximum: number): Kind<number> =>
  kind(`a number from ${minimum} to ${maximum}`, (text) => {
    const number = Number(text)
    return /^\d+$/.test(text) && number >= minimum && number <= maximum ? number : undefined
  })

export const port = wholeNumber(0, 65_535)

/** One of these words. */
export const oneOf = <const Word extends string>(...words: ReadonlyArray<Word>): Kind<Word> =>
  kind(
    [words.slice(0, -1).join(", "), words.at(-1)].join(" or "),
    (text) => words.find((word) => word === text)
  )

export const logLevel: Kind<LogLevel.LogLevel> = oneOf(...LogLevel.values)

export const onOrOff: Kind<boolean> = (({ read, takes, wrong }) => ({
  takes,
  read: (text: string) => Option.map(read(text), (word) => word === "on"),
  wrong
}))(oneOf("on", "off"))

/** Such as `5 seconds`. */
type DurationText = `${number} ${Duration.Unit}`

/** A time in the words of Effect's durations. */
export const duration = (
  { example, least, most }: { readonly least: DurationText; readonly most?: DurationText; readonly example: string }
): Kind<Duration.Duration> =>
  kind(
    `${most === undefined ? `${least} or more` : `from ${least} to ${most}`}, such as "${example}"`,
    (text) => {
      const time = Option.getOrUndefined(readDuration(text))
      return time !== undefined && Duration.isGreaterThanOrEqualTo(time, Duration.fromInputUnsafe(least))
          && (most === undefined || Duration.isLessThanOrEqualTo(time, Duration.fromInputUnsafe(most)))
        ? time
        : undefined
    }
  )

/** Whole milliseconds, at least one: what timers and PostgreSQL take. */
export const timeout = duration({ least: "1 milli", most: "1 hour", example: "5 seconds" })

const readDuration = Schema.decodeUnknownOption(Schema.DurationFromString)

/** Memory for something that clients make the service keep. */
export const memory: Kind<ByteSize.ByteSize> = kind("from 1 MiB to 64 GiB, such as \"64 MiB\"", (text) => {
  const size = Option.getOrUndefined(readByteSize(text))
  return size !== undefined && ByteSize.isGreaterThanOrEqualTo(size, ByteSize.mebibytes(1))
      && ByteSize.isLessThanOrEqualTo(size, ByteSize.gibibytes(64))
    ? size
    : undefined
})

const readByteSize = Schema.decodeUnknownOption(Schema.ByteSizeFromString)

/** A folder, which need not be there. */
export const folder: Kind<string> = kind("a folder", (text) => text === "" ? undefined : text)

/** Where a server listens. */
export const host: Kind<string> = kind(
  "an IP address or the name of a host, without a scheme, a port or brackets",
  (text) => isIP(text) !== 0 || isHostName(text) ? text : undefined
)

/** Letters, digits, hyphens and underscores between dots. A last part of digits alone is of an IPv4 address. */
const isHostName = (text: string) =>
  text.length <= 253 && /^(?:(?!-)[\w-]{1,63}(?<!-)\.)*(?!-|\d+\.?$)[\w-]{1,63}(?<!-)\.?$/.test(text)

const isWeb = ({ protocol }: URL) => protocol === "http:" || protocol === "https:"

/** What Better Auth takes for a wildcard, and CORS does not. */
const wildcard = /[*?]/

export const httpUrl: Kind<string> = kind("an http or https URL without a query", (text) => {
  const url = URL.parse(text)
  return url !== null && isWeb(url) && url.search + url.hash === "" ? text : undefined
})

/** An http or https URL that is an origin, in its normal form: pages and cookies know no path before theirs. */
export const publicUrl: Kind<string> = kind(
  "an http or https URL without a path, such as https://todo.example.com",
  (text) => {
    const url = URL.parse(text)
    return url !== null && isWeb(url) && url.href === `${url.origin}/` && !wildcard.test(text) ? url.origin : undefined
  }
)

export const origins = listOf(
  "origins such as https://app.example.com, without a path or a wildcard",
  kind("an origin", (text) => URL.parse(text)?.origin === text && !wildcard.test(text) ? text : undefined)
)

export const addressRanges = listOf(
  "IP addresses or CIDR ranges such as 10.0.0.0/8",
  kind("an address", (text) => isAddressRange(text) ? text : undefined)
)

/** The secret that everything else is made of. */
export const secret = secretKind("32 characters or more", (text) => text.length >= 32 ? text : undefined)

export const postgresUrl = secretKind(
  "a URL such as postgres://user:password@host:5432/database, with percent-encoding for what is special in a password",
  (text) => parsePostgresUrl(text)?.href
)

export const smtpUrl = secretKind(
  "a URL such as smtps://user:password@mail.example.com, with percent-encoding for what is special in a password",
  (text) => ["smtp:", "smtps:"].includes(URL.parse(text)?.protocol ?? "") ? text : undefined
)

/** The sender of a mail, perhaps with a name. */
export const mailAddress: Kind<string> = kind(
  "an address such as \"todo <todo@example.com>\"",
  (text) => /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(text) ? text : undefined
)
