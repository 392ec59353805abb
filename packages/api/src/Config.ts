import {
  ByteSize,
  Config,
  ConfigProvider,
  Context,
  Duration,
  Effect,
  FileSystem,
  Layer,
  Option,
  Redacted,
  Schema
} from "effect"
import { join } from "node:path"
import { isAddressRange } from "./http/ClientAddress.ts"

/** What Better Auth takes for a wildcard, and CORS does not. */
const wildcard = /[*?]/

const Origin = Schema.String.check(
  Schema.makeFilter((origin: string) =>
    (URL.parse(origin)?.origin === origin && !wildcard.test(origin))
    || "Expected an origin such as https://app.example.com, without a path or a wildcard"
  )
)

const HttpUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    return (url !== null && (url.protocol === "http:" || url.protocol === "https:") && url.search + url.hash === "")
      || "Expected an http or https URL"
  })
)

/** An http or https URL that is an origin: pages and cookies know no path before theirs. */
const PublicUrl = Schema.String.check(
  Schema.makeFilter((text: string) => {
    const url = URL.parse(text)
    return (url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/` && !wildcard.test(text))
      || "Expected an http or https URL without a path, such as https://todo.example.com"
  })
)

const PostgresUrl = Schema.String.check(
  Schema.makeFilter((text: string) =>
    ["postgres:", "postgresql:"].includes(URL.parse(text)?.protocol ?? "")
    || "Expected a URL such as postgres://user:password@host:5432/database"
  )
)

const SmtpUrl = Schema.String.check(
  Schema.makeFilter((text: string) =>
    ["smtp:", "smtps:"].includes(URL.parse(text)?.protocol ?? "")
    || "Expected a URL such as smtps://user:password@mail.example.com"
  )
)

const AddressRange = Schema.String.check(
  Schema.makeFilter((range: string) =>
    isAddressRange(range) || "Expected IP addresses or CIDR ranges such as 10.0.0.0/8, separated by commas"
  )
)

const Secret = Schema.String.check(Schema.isMinLength(32, { message: "Expected at least 32 characters" }))

const AccessTokenTtl = Schema.DurationFromString.check(
  Schema.makeFilter((ttl: Duration.Duration) =>
    (Duration.isGreaterThanOrEqualTo(ttl, Duration.seconds(30))
      && Duration.isLessThanOrEqualTo(ttl, Duration.hours(1)))
    || "Expected between 30 seconds and 1 hour"
  )
)

/** Whole milliseconds, at least one: what timers and PostgreSQL take. */
const Timeout = Schema.DurationFromString.check(
  Schema.makeFilter((timeout: Duration.Duration) =>
    (Duration.isGreaterThanOrEqualTo(timeout, Duration.millis(1))
      && Duration.isLessThanOrEqualTo(timeout, Duration.hours(1)))
    || "Expected between 1 milli and 1 hour"
  )
)

/** Memory for something that clients make the service keep. */
const Budget = Schema.ByteSizeFromString.check(
  Schema.makeFilter((size: ByteSize.ByteSize) =>
    (ByteSize.isGreaterThanOrEqualTo(size, ByteSize.mebibytes(1))
      && ByteSize.isLessThanOrEqualTo(size, ByteSize.gibibytes(64)))
    || "Expected between 1 MiB and 64 GiB"
  )
)

const DrainDelay = Schema.DurationFromString.check(
  Schema.makeFilter((delay: Duration.Duration) =>
    Duration.isLessThanOrEqualTo(delay, Duration.minutes(5)) || "Expected 5 minutes at the most"
  )
)

const Port = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 }))

const KeyRotationInterval = Schema.DurationFromString.check(
  Schema.makeFilter((interval: Duration.Duration) =>
    Duration.isGreaterThanOrEqualTo(interval, Duration.days(1)) || "Expected a day or more"
  )
)

const variables = Config.all({
  port: Config.schema(Port, "PORT").pipe(Config.withDefault(4000)),
  host: Config.NonEmptyString("HOST").pipe(Config.withDefault("127.0.0.1")),
  publicUrl: Config.option(Config.schema(PublicUrl, "PUBLIC_URL")),
  databaseUrl: Config.option(Config.schema(Schema.Redacted(PostgresUrl), "DATABASE_URL")),
  databaseUrlUnpooled: Config.option(Config.schema(Schema.Redacted(PostgresUrl), "DATABASE_URL_UNPOOLED")),
  databaseConnections: Config.schema(
    Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 500 })),
    "DATABASE_CONNECTIONS"
  ).pipe(Config.withDefault(10)),
  databasePrepared: Config.Literals(["on", "off"], "DATABASE_PREPARED").pipe(Config.withDefault("on" as const)),
  groupCommit: Config.Literals(["on", "off"], "GROUP_COMMIT").pipe(Config.withDefault("on" as const)),
  statementTimeout: Config.schema(Timeout, "STATEMENT_TIMEOUT").pipe(Config.withDefault(Duration.seconds(5))),
  requestTimeout: Config.schema(Timeout, "REQUEST_TIMEOUT").pipe(Config.withDefault(Duration.seconds(10))),
  maxRequests: Config.schema(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100_000 })), "MAX_REQUESTS").pipe(
    Config.withDefault(1200)
  ),
  maxConnections: Config.schema(
    Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })),
    "MAX_CONNECTIONS"
  ).pipe(Config.withDefault(10_000)),
  answerBudget: Config.schema(Budget, "ANSWER_BUDGET").pipe(Config.withDefault(ByteSize.mebibytes(64))),
  bodyBudget: Config.schema(Budget, "BODY_BUDGET").pipe(Config.withDefault(ByteSize.mebibytes(64))),
  drainDelay: Config.option(Config.schema(DrainDelay, "DRAIN_DELAY")),
  adminPort: Config.option(Config.schema(Port, "ADMIN_PORT")),
  adminHost: Config.NonEmptyString("ADMIN_HOST").pipe(Config.withDefault("127.0.0.1")),
  otlpEndpoint: Config.option(Config.schema(HttpUrl, "OTEL_EXPORTER_OTLP_ENDPOINT")),
  dataDirectory: Config.NonEmptyString("TODO_DATA_DIR").pipe(Config.withDefault(".todo-data")),
  secret: Config.option(Config.schema(Schema.Redacted(Secret), "BETTER_AUTH_SECRET")),
  corsOrigins: Config.Array(Origin, "CORS_ORIGINS").pipe(Config.withDefault([])),
  trustedProxies: Config.Array(AddressRange, "TRUSTED_PROXIES").pipe(Config.withDefault([])),
  smtpUrl: Config.option(Config.schema(Schema.Redacted(SmtpUrl), "SMTP_URL")),
  mailFrom: Config.option(Config.NonEmptyString("MAIL_FROM")),
  emailVerification: Config.option(Config.Literals(["required", "optional"], "EMAIL_VERIFICATION")),
  rateLimits: Config.Literals(["on", "off"], "RATE_LIMITS").pipe(Config.withDefault("on" as const)),
  logLevel: Config.LogLevel("LOG_LEVEL").pipe(Config.withDefault("Info" as const)),
  logFormat: Config.Literals(["pretty", "json", "logfmt"], "LOG_FORMAT").pipe(Config.option),
  keyRotation: Config.schema(KeyRotationInterval, "KEY_ROTATION").pipe(Config.withDefault(Duration.days(30))),
  accessTokenTtl: Config.schema(AccessTokenTtl, "ACCESS_TOKEN_TTL").pipe(Config.withDefault(Duration.minutes(5)))
})

/** Where the tasks are kept: a PostgreSQL server, or the embedded database. */
export type DatabaseSettings =
  | {
    readonly kind: "server"
    readonly url: Redacted.Redacted
    /** For migrations: a connection that no pooler stands in front of. */
    readonly directUrl: Redacted.Redacted
    readonly connections: number
    /** Whether statements are prepared by name, which some poolers cannot keep apart. */
    readonly prepared: boolean
    /** Whether writes may wait for PostgreSQL's disk together. */
    readonly groupCommit: boolean
    /** How long the server works on one statement of a request. */
    readonly statementTimeout: Duration.Duration
  }
  | { readonly kind: "embedded"; readonly dataDirectory: string }

/** Where mail goes: to a mail server, or to files that whoever runs the service can read. */
export type MailSettings =
  | { readonly kind: "smtp"; readonly url: Redacted.Redacted; readonly from: string }
  | { readonly kind: "files"; readonly directory: string }

/** Every setting of the service, decoded once at start. `.env.example` explains each variable. */
export class AppConfig extends Context.Service<AppConfig, {
  readonly port: number
  readonly host: string
  /** The origin at which clients reach the service. The issuer of its JWTs. */
  readonly publicUrl: string
  readonly database: DatabaseSettings
  readonly dataDirectory: string
  /** Absent only with the embedded database, which keeps one of its own. */
  readonly secret: Option.Option<Redacted.Redacted>
  readonly corsOrigins: ReadonlyArray<string>
  /** IP addresses and CIDR ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: ReadonlyArray<string>
  readonly mail: MailSettings
  /** Whether an address must be confirmed before its account can be signed in to. */
  readonly verifiesEmail: boolean
  readonly rateLimits: boolean
  /** How long a request may take once its body is there. */
  readonly requestTimeout: Duration.Duration
  /** The most requests at work at a time. */
  readonly maxRequests: number
  /** The most connections at a time. */
  readonly maxConnections: number
  /** The most bytes of answers that clients have not taken yet. */
  readonly answerBudget: ByteSize.ByteSize
  /** The most bytes of request bodies of which a part is there. */
  readonly bodyBudget: ByteSize.ByteSize
  /** How long it goes on listening after SIGTERM, so that balancers see that it is not ready any more. */
  readonly drainDelay: Duration.Duration
  /** Where metrics and health are served to operators; absent: nowhere. */
  readonly admin: { readonly port: number; readonly host: string } | undefined
  /** The base URL of the collector that traces are sent to; absent: none are made. */
  readonly otlpEndpoint: string | undefined
  readonly logLevel: Config.Success<typeof variables>["logLevel"]
  readonly logFormat: "pretty" | "json" | "logfmt"
  readonly accessTokenTtl: Duration.Duration
  readonly keyRotation: Duration.Duration
}>()("todo/api/Config/AppConfig") {
  static readonly layer = Layer.effect(
    AppConfig,
    Effect.gen(function*() {
      const settings = yield* variables
      if (Option.isSome(settings.databaseUrl) && Option.isNone(settings.secret)) {
        return yield* new InvalidConfiguration({
          message: "BETTER_AUTH_SECRET is required with DATABASE_URL: openssl rand -base64 32 makes one"
        })
      }
      if (Option.isSome(settings.smtpUrl) && Option.isNone(settings.mailFrom)) {
        return yield* new InvalidConfiguration({
          message: "MAIL_FROM is required with SMTP_URL, as in MAIL_FROM=\"todo <todo@example.com>\""
        })
      }
      return AppConfig.of({
        port: settings.port,
        host: settings.host,
        publicUrl: new URL(Option.getOrElse(settings.publicUrl, () => `http://localhost:${settings.port}`)).origin,
        database: Option.match(settings.databaseUrl, {
          onNone: () => ({ kind: "embedded", dataDirectory: settings.dataDirectory }),
          onSome: (url) => ({
            kind: "server",
            url,
            directUrl: Option.getOrElse(settings.databaseUrlUnpooled, () => url),
            connections: settings.databaseConnections,
            prepared: settings.databasePrepared === "on",
            groupCommit: settings.groupCommit === "on",
            statementTimeout: settings.statementTimeout
          })
        }),
        dataDirectory: settings.dataDirectory,
        secret: settings.secret,
        corsOrigins: settings.corsOrigins,
        trustedProxies: settings.trustedProxies,
        mail: Option.match(Option.all([settings.smtpUrl, settings.mailFrom]), {
          onNone: () => ({ kind: "files", directory: join(settings.dataDirectory, "mail") }),
          onSome: ([url, from]) => ({ kind: "smtp", url, from })
        }),
        verifiesEmail: Option.match(settings.emailVerification, {
          onNone: () => Option.isSome(settings.smtpUrl),
          onSome: (verification) => verification === "required"
        }),
        rateLimits: settings.rateLimits === "on",
        requestTimeout: settings.requestTimeout,
        maxRequests: settings.maxRequests,
        maxConnections: settings.maxConnections,
        answerBudget: settings.answerBudget,
        bodyBudget: settings.bodyBudget,
        // A developer's Ctrl-C should not have to wait; nobody balances over an embedded database.
        drainDelay: Option.getOrElse(
          settings.drainDelay,
          () => Option.isSome(settings.databaseUrl) ? Duration.seconds(5) : Duration.zero
        ),
        admin: Option.getOrUndefined(Option.map(settings.adminPort, (port) => ({ port, host: settings.adminHost }))),
        otlpEndpoint: Option.getOrUndefined(settings.otlpEndpoint)?.replace(/\/+$/, ""),
        logLevel: settings.logLevel,
        logFormat: Option.getOrElse(settings.logFormat, () => process.stderr.isTTY ? "pretty" : "json"),
        accessTokenTtl: settings.accessTokenTtl,
        keyRotation: settings.keyRotation
      })
    }).pipe(
      Effect.catchTag(
        "ConfigError",
        (error) => new InvalidConfiguration({ message: error.cause.message.replace(/\s*\n\s*/g, " ") })
      )
    )
  )

  /** The environment, and below it the file `.env` of the working directory. An empty value counts as absent. */
  static readonly layerProvider = ConfigProvider.layer(
    Effect.gen(function*() {
      const files = yield* FileSystem.FileSystem
      const dotEnv = yield* files.readFileString(".env").pipe(Effect.orElseSucceed(() => ""))
      const environment = Object.entries(process.env).filter((entry) => entry[1] !== "")
      return ConfigProvider.orElse(
        ConfigProvider.fromEnv({ env: Object.fromEntries(environment) as Record<string, string> }),
        ConfigProvider.fromDotEnvContents(dotEnv)
      )
    })
  )
}

/** A variable that is missing or bad; the message is one line that names it. */
export class InvalidConfiguration extends Schema.TaggedError<InvalidConfiguration>()("InvalidConfiguration", {
  message: Schema.String
}) {}
