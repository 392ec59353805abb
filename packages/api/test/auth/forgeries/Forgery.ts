import { createPublicKey, type KeyObject, sign } from "node:crypto"

/**
 * What tokens are forged from: all that a forger has, and the service's own
 * signing key besides, so that a forgery is wrong in one thing only.
 */
export interface Material {
  /** A good token, and what it says. */
  readonly good: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly kid: string
  readonly privateKey: KeyObject
  /** Another user and a live session of theirs. */
  readonly victim: { readonly sub: string; readonly sid: string }
  /** A URL where somebody counts the requests. */
  readonly listener: string
}

/** A way to forge, and how. */
export type Forgery = readonly [name: string, make: (material: Material) => string]

/** A part of a token: text as it is, anything else as JSON. */
export const part = (value: unknown): string =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")

/** A token of these parts, with a signature of `key` over them. */
export const signed = (header: unknown, payload: unknown, key: KeyObject): string => {
  const input = `${part(header)}.${part(payload)}`
  return `${input}.${sign(null, Buffer.from(input), key).toString("base64url")}`
}

/** The good token, with a header that differs in this. */
export const withHeader = (change: Readonly<Record<string, unknown>>) => ({ claims, kid, privateKey }: Material) =>
  signed({ alg: "EdDSA", kid, ...change }, claims, privateKey)

/** The good token, with claims that differ in this; undefined leaves one out. */
export const withClaims = (change: Readonly<Record<string, unknown>>) => ({ claims, kid, privateKey }: Material) =>
  signed({ alg: "EdDSA", kid }, { ...claims, ...change }, privateKey)

/** The public key, which everybody has. */
export const publicKeyOf = ({ privateKey }: Material): KeyObject => createPublicKey(privateKey)
