import {
  ByteSize,
  Config,
  ConfigProvider,
  Context,
  Duration,
  Effect,
  Layer,
  LogLevel,
  Option,
  Redacted,
  Schema
} from "effect"
import { join } from "node:path"
import { parseEnv } from "node:util"
import { linesWithoutEffect, readDotEnv, withValues } from "./DotEnv.ts"
import {
  addressRanges,
  duration,
  folder,
  host,
  httpUrl,
  logLevel,
  mailAddress,
  memory,
  oneOf,
  onOrOff,
  optional,
  origins,
  port,
  postgresUrl,
  publicUrl,
  secret,
  setting,
  smtpUrl,
  timeout,
  wholeNumber
} from "./Setting.ts"

/** Every variable that the service reads itself. `.env.example` explains each. */
const variables = {
  port: setting("PORT", port, 4000),
  host: setting("HOST", host, "127.0.0.1"),
  publicUrl: optional("PUBLIC_URL", publicUrl),
  databaseUrl: optional("DATABASE_URL", postgresUrl),
  databaseUrlUnpooled: optional("DATABASE_URL_UNPOOLED", postgresUrl),
  databaseConnections: setting("DATABASE_CONNECTIONS", wholeNumber(1, 500), 10),
  databasePrepared: setting("DATABASE_PREPARED", onOrOff, true),
  groupCommit: setting("GROUP_COMMIT", onOrOff, true),
  statementTimeout: setting("STATEMENT_TIMEOUT", timeout, Duration.seconds(5)),
  requestTimeout: setting("REQUEST_TIMEOUT", timeout, Duration.seconds(10)),
  maxRequests: setting("MAX_REQUESTS", wholeNumber(1, 100_000), 1200),
  maxStreams: setting("MAX_EVENT_STREAMS", wholeNumber(1, 1_000_000), 1000),
  maxConnections: setting("MAX_CONNECTIONS", wholeNumber(1, 1_000_000), 10_000),
  answerBudget: setting("ANSWER_BUDGET", memory, ByteSize.mebibytes(64)),
  bodyBudget: setting("BODY_BUDGET", memory, ByteSize.mebibytes(64)),
  drainDelay: optional("DRAIN_DELAY", duration({ least: "0 seconds", most: "5 minutes", example: "5 seconds" })),
  adminPort: optional("ADMIN_PORT", port),
  adminHost: setting("ADMIN_HOST", host, "127.0.0.1"),
  otlpEndpoint: optional("OTEL_EXPORTER_OTLP_ENDPOINT", httpUrl),
  dataDirectory: setting("TODO_DATA_DIR", folder, ".todo-data"),
  secret: optional("BETTER_AUTH_SECRET", secret),
  corsOrigins: setting("CORS_ORIGINS", origins, []),
  trustedProxies: setting("TRUSTED_PROXIES", addressRanges, []),
  smtpUrl: optional("SMTP_URL", smtpUrl),
  mailFrom: optional("MAIL_FROM", mailAddress),
  emailVerification: optional("EMAIL_VERIFICATION", oneOf("required", "optional")),
  rateLimits: setting("RATE_LIMITS", onOrOff, true),
  logLevel: setting("LOG_LEVEL", logLevel, "Info"),
  logFormat: optional("LOG_FORMAT", oneOf("pretty", "json", "logfmt")),
  keyRotation: setting("KEY_ROTATION", duration({ least: "1 day", example: "30 days" }), Duration.days(30)),
  accessTokenTtl: setting(
    "ACCESS_TOKEN_TTL",
    duration({ least: "30 seconds", most: "1 hour", example: "5 minutes" }),
    Duration.minutes(5)
  )
}

/** The names of all settings of the service. */
export const variableNames: ReadonlyArray<string> = Object.values(variables).map(({ variable }) => variable)

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
  /** How many streams of events there may be. */
  readonly maxStreams: number
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
  readonly logLevel: LogLevel.LogLevel
  readonly logFormat: "pretty" | "json" | "logfmt"
  readonly accessTokenTtl: Duration.Duration
  readonly keyRotation: Duration.Duration
}>()("todo/api/Config/AppConfig") {
  static readonly layer = Layer.effect(
    AppConfig,
    Effect.gen(function*() {
      const settings = yield* Config.all(variables)
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
        publicUrl: Option.getOrElse(settings.publicUrl, () => new URL(`http://localhost:${settings.port}`).origin),
        database: Option.match(settings.databaseUrl, {
          onNone: () => ({ kind: "embedded", dataDirectory: settings.dataDirectory }),
          onSome: (url) => ({
            kind: "server",
            url,
            directUrl: Option.getOrElse(settings.databaseUrlUnpooled, () => url),
            connections: settings.databaseConnections,
            prepared: settings.databasePrepared,
            groupCommit: settings.groupCommit,
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
        rateLimits: settings.rateLimits,
        requestTimeout: settings.requestTimeout,
        maxRequests: settings.maxRequests,
        maxStreams: settings.maxStreams,
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
        // After it the name once more.
        (error) => new InvalidConfiguration({ message: error.cause.message.split("\n", 1)[0]! })
      )
    )
  )
}

/** What is set: by the environment, and below it by the file `.env` of the working directory. */
export class Environment extends Context.Service<Environment, {
  /** The names of all variables that have a value, whoever reads them. */
  readonly names: ReadonlyArray<string>
  /** Whether `NODE_ENV` says that people depend on it. */
  readonly isProduction: boolean
  /** The numbers of the lines of `.env` that set nothing, and are no comments. */
  readonly linesWithoutEffect: ReadonlyArray<number>
}>()("todo/api/Config/Environment") {
  /** With the provider of settings. An empty value counts as absent. */
  static readonly layer = Layer.effectContext(
    Effect.gen(function*() {
      const dotEnv = yield* readDotEnv
      const environment = withValues(process.env)
      const written = withValues(parseEnv(dotEnv))
      const provider = ConfigProvider.orElse(
        ConfigProvider.fromEnv({ env: environment }),
        ConfigProvider.fromDotEnvContents(dotEnv)
      )
      return Context.make(ConfigProvider.ConfigProvider, provider).pipe(Context.add(
        Environment,
        Environment.of({
          names: Object.keys({ ...written, ...environment }),
          isProduction: (environment["NODE_ENV"] ?? written["NODE_ENV"]) === "production",
          linesWithoutEffect: linesWithoutEffect(dotEnv)
        })
      ))
    })
  )
}

/** A variable that is missing or bad; the message is one line that names it. */
export class InvalidConfiguration extends Schema.TaggedError<InvalidConfiguration>()("InvalidConfiguration", {
  message: Schema.String
}) {}
