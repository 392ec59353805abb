import { Layer } from "effect"
import { createHash } from "node:crypto"
import { accounts } from "./accounts/feature.ts"
import { batch } from "./batch/feature.ts"
import { changes } from "./changes/feature.ts"
import { comments } from "./comments/feature.ts"
import { completions } from "./completions/feature.ts"
import door from "./database/functions/door.sql.ts"
import folded from "./database/functions/folded.sql.ts"
import idempotency from "./database/functions/idempotency.sql.ts"
import { SqlFunctions } from "./database/functions/SqlFunctions.ts"
import { type Expiry, type Feature, Features, type Limited } from "./Feature.ts"
import * as present from "./functionsVersion.ts"
import { limits } from "./limits/feature.ts"
import { operations } from "./operations/feature.ts"
import { projects } from "./projects/feature.ts"
import { quick } from "./quick/feature.ts"
import { sessions } from "./sessions/feature.ts"
import { settings } from "./settings/feature.ts"
import { stats } from "./stats/feature.ts"
import { system } from "./system/feature.ts"
import { tags } from "./tags/feature.ts"
import { tasks } from "./tasks/feature.ts"
import { tokens } from "./tokens/feature.ts"
import { transfer } from "./transfer/feature.ts"
import { trash } from "./trash/feature.ts"
import { usage } from "./usage/feature.ts"
import { users } from "./users/feature.ts"
import { views } from "./views/feature.ts"

/** What every feature stands on: the door of the database, and the keys of writes. */
const foundation = {
  functions: () => [...door, ...folded, ...idempotency],
  expires: [{ table: "todo.idempotency_keys" }]
} satisfies Feature

/** The features of the service, all that is made of them below. A group of the contract that none serves does not compile. */
const features = [
  foundation,
  // Nouns.
  tasks,
  quick,
  projects,
  completions,
  settings,
  tags,
  comments,
  views,
  // People.
  tokens,
  sessions,
  users,
  accounts,
  limits,
  // What there is of every noun.
  trash,
  batch,
  transfer,
  operations,
  changes,
  stats,
  usage,
  system
] as const

const all: ReadonlyArray<Feature> = features

/** The nouns whose writes are on record. */
export const nouns = all.flatMap(({ noun }) => noun ?? [])

/** Of what a user may have so many. */
export const limited: ReadonlyArray<Limited> = [
  ...nouns.flatMap(({ most, name }) =>
    most === undefined
      ? []
      : [{ limit: name, max: most, count: `SELECT c.${name} FROM todo.counters c WHERE c.user_id = me.uid` }]
  ),
  ...all.flatMap(({ limits }) => limits ?? [])
]

/** What expires. */
export const expires: ReadonlyArray<Expiry> = all.flatMap(({ expires }) => expires ?? [])

const texts = all.flatMap(({ functions }) => functions?.(nouns, tasks.noun) ?? [])
const isTrigger = (text: string) => text.startsWith("CREATE OR REPLACE TRIGGER")

/**
 * The present text of every function and trigger of the database, in an order in which they can be made. Triggers are the
 * last: from when one is new until all is done, whoever writes to its table at a release before waits.
 */
export const functions: ReadonlyArray<string> = [
  ...texts.filter((text) => !isTrigger(text)),
  ...texts.filter(isTrigger)
]

/** What tells these texts from others. */
export const functionsHash = createHash("sha256").update(functions.join("\n")).digest("hex")

/** They, for the database to have. */
export const FunctionsLive = Layer.succeed(SqlFunctions, { texts: functions, ...present })

/** What the features know of each other. */
export const FeaturesLive = Layer.succeed(Features, { nouns, limits: limited })

/** What serves the contract. */
export const Handlers = Layer.mergeAll(
  Layer.empty,
  ...features.flatMap((feature) => "handlers" in feature ? [feature.handlers] : [])
).pipe(Layer.provide(FeaturesLive))
