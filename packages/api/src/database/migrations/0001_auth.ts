import { Effect } from "effect"
import { SqlClient } from "effect/sql"

/**
 * Better Auth's tables, as its own `getMigrations` writes them (a test compares),
 * and the indexes that sweeping what has expired needs.
 */
export default Effect.gen(function*() {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE SCHEMA auth`
  yield* sql`CREATE TABLE auth."user" (
    "id" uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY,
    "name" text NOT NULL,
    "email" text NOT NULL UNIQUE,
    "emailVerified" boolean NOT NULL,
    "image" text,
    "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL
  )`
  yield* sql`CREATE TABLE auth."session" (
    "id" uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY,
    "expiresAt" timestamptz NOT NULL,
    "token" text NOT NULL UNIQUE,
    "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamptz NOT NULL,
    "ipAddress" text,
    "userAgent" text,
    "userId" uuid NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE
  )`
  yield* sql`CREATE TABLE auth."account" (
    "id" uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY,
    "accountId" text NOT NULL,
    "providerId" text NOT NULL,
    "userId" uuid NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
    "accessToken" text,
    "refreshToken" text,
    "idToken" text,
    "accessTokenExpiresAt" timestamptz,
    "refreshTokenExpiresAt" timestamptz,
    "scope" text,
    "password" text,
    "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamptz NOT NULL
  )`
  yield* sql`CREATE TABLE auth."verification" (
    "id" uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY,
    "identifier" text NOT NULL,
    "value" text NOT NULL,
    "expiresAt" timestamptz NOT NULL,
    "createdAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL,
    "updatedAt" timestamptz DEFAULT CURRENT_TIMESTAMP NOT NULL
  )`
  yield* sql`CREATE TABLE auth."jwks" (
    "id" uuid DEFAULT pg_catalog.gen_random_uuid() NOT NULL PRIMARY KEY,
    "publicKey" text NOT NULL,
    "privateKey" text NOT NULL,
    "createdAt" timestamptz NOT NULL,
    "expiresAt" timestamptz,
    "alg" text,
    "crv" text
  )`
  yield* sql`CREATE INDEX "session_userId_idx" ON auth."session" ("userId")`
  yield* sql`CREATE INDEX "account_userId_idx" ON auth."account" ("userId")`
  yield* sql`CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier")`
  yield* sql`CREATE INDEX "session_expiresAt_idx" ON auth."session" ("expiresAt")`
  yield* sql`CREATE INDEX "verification_expiresAt_idx" ON auth."verification" ("expiresAt")`
})
