import { type Forgery, type Material, signed, withClaims } from "./Forgery.ts"

const now = () => Math.floor(Date.now() / 1000)

/** The good token, its claims written in another way. */
const written = (write: (claims: string) => string) => ({ claims, kid, privateKey }: Material) =>
  signed({ alg: "EdDSA", kid }, write(JSON.stringify(claims)), privateKey)

const wrong: ReadonlyArray<readonly [claim: string, values: ReadonlyArray<unknown>]> = [
  ["exp", [undefined, null, "9999999999", "soon", true, [9_999_999_999], {}, -1, 0, 1e300, 9_999_999_999.5]],
  ["iat", [undefined, null, "1", -0.5, {}]],
  ["nbf", ["now", null, {}]],
  ["iss", [undefined, null, "", "http://evil.test", "http://todo.test/", "HTTP://TODO.TEST", ["http://evil.test"], 1]],
  ["aud", [undefined, null, "", "http://todo.test", "http://todo.test/api/v1/", [], ["http://evil.test"], {}, 1]],
  ["sub", [undefined, null, "", 1, [], {}, "01980000-0000-7000-8000-000000000000", "' OR true --", "*", "__proto__"]],
  ["sid", [undefined, null, "", 1, [], {}, "01980000-0000-7000-8000-000000000000", "x"]],
  ["scope", [undefined, null, 1, ["tasks:read"], {}]]
]

/** Claims that are wrong, missing, or of another type, under a good signature (RFC 8725, 3.8 to 3.10). */
export const claimForgeries: ReadonlyArray<Forgery> = [
  ...wrong.flatMap(([claim, values]) =>
    values.map((
      value
    ): Forgery => [
      `${claim}: ${value === undefined ? "absent" : JSON.stringify(value)}`,
      withClaims({ [claim]: value })
    ])
  ),
  ["exp: a second ago", (material) => withClaims({ exp: now() - 1 })(material)],
  ["nbf: in a minute", (material) => withClaims({ nbf: now() + 60 })(material)],
  ["iat: in an hour", (material) => withClaims({ iat: now() + 3600, exp: now() + 3900 })(material)],
  ["exp: 1e400", written((claims) => claims.replace(/"exp":\d+/, "\"exp\":1e400"))],
  ["exp: a minus in front", written((claims) => claims.replace(/"exp":/, "\"exp\":-"))],
  ["sub: another user's", (material) => withClaims({ sub: material.victim.sub })(material)],
  ["sid: another user's", (material) => withClaims({ sid: material.victim.sid })(material)],
  // The last one counts, as RFC 7519, 4 allows: then the session is not this user's.
  [
    "sub twice, another user's last",
    (material) => written((claims) => claims.replace(/}$/, `,"sub":"${material.victim.sub}"}`))(material)
  ],
  ["exp twice, a past one last", written((claims) => claims.replace(/}$/, ",\"exp\":1}"))],
  ["claims: none", ({ kid, privateKey }) => signed({ alg: "EdDSA", kid }, {}, privateKey)],
  ["claims: an array of them", written((claims) => `[${claims}]`)],
  ["claims: null", written(() => "null")],
  ["claims: no JSON", written((claims) => claims.slice(1))],
  ["claims: another token", ({ good, kid, privateKey }) => signed({ alg: "EdDSA", kid, cty: "JWT" }, good, privateKey)]
]
