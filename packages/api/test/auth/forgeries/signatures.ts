import { createCipheriv, randomBytes, sign } from "node:crypto"
import { type Forgery, type Material, part } from "./Forgery.ts"

/** The good token with another signature. */
const resigned = (change: (signature: Buffer) => Buffer) => ({ good }: Material) => {
  const [header, payload, signature] = good.split(".")
  return `${header}.${payload}.${change(Buffer.from(signature!, "base64url")).toString("base64url")}`
}

/** The good token with its parts written in another way. */
const respelled = (change: (header: string, payload: string, signature: string) => string) => ({ good }: Material) => {
  const [header, payload, signature] = good.split(".") as [string, string, string]
  return change(header, payload, signature)
}

/** Adds the order of the group to S: the same point, another signature (RFC 8032, 8.4). */
const malleated = (signature: Buffer): Buffer => {
  const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n
  const s = BigInt(`0x${Buffer.from(signature.subarray(32).toReversed()).toString("hex")}`) + order
  const changed = Buffer.from(s.toString(16).padStart(64, "0"), "hex").toReversed()
  return Buffer.concat([signature.subarray(0, 32), changed])
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

/** Changes bits of the last character that decoding drops. */
const trailingBits = (text: string) => text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)!) ^ 1]!

/** A token, signed anew until its signature has a character that standard base64 writes otherwise. */
const inStandardAlphabet = ({ claims, kid, privateKey }: Material) => {
  for (let jti = 0;; jti++) {
    const input = `${part({ alg: "EdDSA", kid })}.${part({ ...claims, jti })}`
    const signature = sign(null, Buffer.from(input), privateKey).toString("base64").replace(/=+$/, "")
    if (/[+/]/.test(signature)) return `${input}.${signature}`
  }
}

/** A JWE in compact form: five parts, encrypted to a key that everybody has. */
const encrypted = ({ good, kid, privateKey }: Material) => {
  const { x } = privateKey.export({ format: "jwk" })
  const header = part({ alg: "dir", enc: "A256GCM", cty: "JWT", kid })
  const iv = randomBytes(12)
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(x!, "base64url"), iv).setAAD(Buffer.from(header))
  const text = Buffer.concat([cipher.update(good), cipher.final()])
  return [header, "", ...[iv, text, cipher.getAuthTag()].map((bytes) => bytes.toString("base64url"))].join(".")
}

/** Signatures that are gone, broken, or of something else. */
export const signatureForgeries: ReadonlyArray<Forgery> = [
  ["signature: empty", respelled((header, payload) => `${header}.${payload}.`)],
  ["signature: gone", respelled((header, payload) => `${header}.${payload}`)],
  ["signature: one bit", resigned((bytes) => Buffer.concat([Buffer.from([bytes[0]! ^ 1]), bytes.subarray(1)]))],
  ["signature: zeros", resigned(() => Buffer.alloc(64))],
  ["signature: ones", resigned(() => Buffer.alloc(64, 255))],
  ["signature: a byte short", resigned((bytes) => bytes.subarray(0, 63))],
  ["signature: a byte long", resigned((bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))],
  ["signature: S plus the order", resigned(malleated)],
  ["signature: twice", respelled((header, payload, signature) => `${header}.${payload}.${signature}${signature}`)],
  ["signature: of other claims", (material) => {
    const [header, , signature] = material.good.split(".")
    return `${header}.${part({ ...material.claims, scope: "account" })}.${signature}`
  }],
  ["encrypted", encrypted]
]

/** The good token in another spelling: there is one only. */
export const spellingForgeries: ReadonlyArray<Forgery> = [
  ["padded: =", respelled((header, payload, signature) => `${header}.${payload}.${signature}=`)],
  ["padded: ==", respelled((header, payload, signature) => `${header}.${payload}.${signature}==`)],
  ["padded: the header", respelled((header, payload, signature) => `${header}=.${payload}.${signature}`)],
  ...[" ", "\t", "%0A", "\\n", "+", "\u00a0"].flatMap((space): ReadonlyArray<Forgery> => [
    [
      `${JSON.stringify(space)} in the signature`,
      respelled((header, payload, signature) =>
        `${header}.${payload}.${signature.slice(0, 9)}${space}${signature.slice(9)}`
      )
    ],
    [
      `${JSON.stringify(space)} in the claims`,
      respelled((header, payload, signature) =>
        `${header}.${payload.slice(0, 9)}${space}${payload.slice(9)}.${signature}`
      )
    ]
  ]),
  ["standard base64", inStandardAlphabet],
  ["other trailing bits", respelled((header, payload, signature) => `${header}.${payload}.${trailingBits(signature)}`)],
  ["a fourth part", respelled((header, payload, signature) => `${header}.${payload}.${signature}.${signature}`)],
  ["an empty fourth part", ({ good }) => `${good}.`],
  ["an empty first part", ({ good }) => `.${good}`],
  ["a comma and the token again", ({ good }) => `${good},${good}`],
  ["the scheme twice", ({ good }) => `Bearer ${good}`],
  ["a quotation", ({ good }) => `"${good}"`],
  ["JSON", ({ good }) => JSON.stringify({ payload: good })],
  ["garbage", () => "garbage"],
  ["a.b.c", () => "a.b.c"],
  ["..", () => ".."],
  ["5,000 characters", () => "x".repeat(5000)],
  ["15,000 characters", () => "x".repeat(15_000)],
  ["15,000 dots", () => ".".repeat(15_000)],
  ["claims of 7,000 characters", respelled((header, _, signature) => `${header}.${"x".repeat(7000)}.${signature}`)]
]
