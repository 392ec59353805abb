import { createHmac, generateKeyPairSync, type KeyObject } from "node:crypto"
import { type Forgery, type Material, part, publicKeyOf, signed, withHeader } from "./Forgery.ts"

/** Every way to write "none" in small and capital letters. */
const nones = Array.from(
  { length: 16 },
  (_, bits) => [..."none"].map((letter, index) => bits >> index & 1 ? letter.toUpperCase() : letter).join("")
)

/** What an implementation may hand to HMAC as secret when it holds a public key. */
const confusions: ReadonlyArray<readonly [name: string, secret: (key: KeyObject) => string | Buffer]> = [
  ["PEM", (key) => key.export({ type: "spki", format: "pem" })],
  ["PEM without the line feed at its end", (key) => key.export({ type: "spki", format: "pem" }).toString().trimEnd()],
  ["DER", (key) => key.export({ type: "spki", format: "der" })],
  ["JWK", (key) => JSON.stringify(key.export({ format: "jwk" }))],
  ["x as text", (key) => key.export({ format: "jwk" }).x!],
  ["x as bytes", (key) => Buffer.from(key.export({ format: "jwk" }).x!, "base64url")],
  ["nothing", () => ""]
]

const hmac = (bits: number, header: object, secret: string | Buffer, { claims }: Material) => {
  const input = `${part({ alg: `HS${bits}`, ...header })}.${part(claims)}`
  return `${input}.${createHmac(`sha${bits}`, secret).update(input).digest("base64url")}`
}

const kids: ReadonlyArray<unknown> = [
  undefined,
  null,
  "",
  " ",
  0,
  true,
  [],
  {},
  "01980000-0000-7000-8000-000000000000",
  "../../../../../../dev/null",
  "/proc/sys/kernel/randomize_va_space",
  "file:///dev/null",
  "' OR '1'='1",
  "x' UNION SELECT 'secret' --",
  "x'; SELECT pg_sleep(5) --",
  "$(sleep 5)",
  "| sleep 5",
  "%00",
  "\u0000",
  "__proto__",
  "constructor",
  "toString",
  "x".repeat(2500)
]

/** The forger's own key, in each way that a token can bring one along or say where it is (RFC 8725, 2.10 and 3.10). */
const ownKeys = (): ReadonlyArray<Forgery> => {
  const own = generateKeyPairSync("ed25519")
  const jwk = { ...own.publicKey.export({ format: "jwk" }), alg: "EdDSA", use: "sig" }
  const certificate = own.publicKey.export({ type: "spki", format: "der" }).toString("base64")
  const brought: ReadonlyArray<readonly [name: string, header: (url: string) => object]> = [
    ["nothing", () => ({})],
    ["jwk", () => ({ jwk })],
    ["jku", (url) => ({ jku: `${url}/jwks.json` })],
    ["x5u", (url) => ({ x5u: `${url}/key.pem` })],
    ["x5c", () => ({ x5c: [certificate] })],
    ["a URL as kid", (url) => ({ kid: `${url}/key` })]
  ]
  return brought.flatMap(([name, header]): ReadonlyArray<Forgery> => [
    [
      `own key, ${name}, the service's kid`,
      ({ claims, kid, listener }) => signed({ alg: "EdDSA", kid, ...header(listener) }, claims, own.privateKey)
    ],
    [
      `own key, ${name}, a kid of its own`,
      ({ claims, listener }) =>
        signed({ alg: "EdDSA", kid: "mine", ...header(listener), jwk: { ...jwk, kid: "mine" } }, claims, own.privateKey)
    ]
  ])
}

/** Headers that ask for another algorithm, key, type or meaning (RFC 8725, 3.1, 3.2 and 3.11). */
export const headerForgeries: ReadonlyArray<Forgery> = [
  ...nones.flatMap((alg): ReadonlyArray<Forgery> => [
    [`alg: ${alg}, no signature`, ({ claims, kid }) => `${part({ alg, kid })}.${part(claims)}.`],
    [`alg: ${alg}, a signature`, withHeader({ alg })]
  ]),
  ...confusions.flatMap(([name, secret]) =>
    [256, 384, 512].map((bits): Forgery => [
      `alg: HS${bits} with the public key, ${name}`,
      (material) => hmac(bits, { kid: material.kid }, secret(publicKeyOf(material)), material)
    ])
  ),
  [
    "alg: HS256 with the empty key of /dev/null",
    (material) => hmac(256, { kid: "../../../../dev/null" }, "", material)
  ],
  ...[undefined, null, "", 0, "eddsa", "EDDSA", "Ed25519", "Ed448", "ES256", "RS256", "PS256", ["EdDSA"], {}].map((
    alg
  ): Forgery => [`alg: ${JSON.stringify(alg)}`, withHeader({ alg })]),
  ...kids.map((kid): Forgery => [`kid: ${JSON.stringify(kid)?.slice(0, 40)}`, withHeader({ kid })]),
  ...ownKeys(),
  ...["at+jwt", "dpop+jwt", "secevent+jwt", "JWE", "", 5, null, ["JWT"]].map((typ): Forgery => [
    `typ: ${JSON.stringify(typ)}`,
    withHeader({ typ })
  ]),
  ["crit: exp", withHeader({ crit: ["exp"], exp: 1 })],
  ["crit: nothing", withHeader({ crit: [] })],
  ["crit: what nobody knows", withHeader({ crit: ["http://evil.test/x"], "http://evil.test/x": true })],
  ["crit: b64", withHeader({ crit: ["b64"], b64: false })],
  [
    "b64: false, and the claims in clear under the signature",
    ({ claims, kid, privateKey }) => {
      const header = part({ alg: "EdDSA", kid, b64: false })
      const [, , signature] = signed(header, claims, privateKey).split(".")
      return `${header}.${part(claims)}.${signature}`
    }
  ],
  [
    "alg twice, none last",
    ({ claims, kid, privateKey }) => signed(`{"alg":"EdDSA","kid":"${kid}","alg":"none"}`, claims, privateKey)
  ],
  ["a header that is an array", ({ claims, kid, privateKey }) => signed([{ alg: "EdDSA", kid }], claims, privateKey)],
  ["a header that is null", ({ claims, privateKey }) => signed(null, claims, privateKey)],
  ["a header that is no JSON", ({ claims, privateKey }) => signed("alg=EdDSA", claims, privateKey)],
  ["a header nested deep", ({ claims, privateKey }) => signed("{\"a\":".repeat(400), claims, privateKey)]
]
