import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { operation } from "../http/openapi/Operation.ts"
import { Text } from "../http/Text.ts"
import { DeviceContract } from "./AuthContract.ts"
import { deviceRefused, originRefused, refused } from "./AuthProblem.ts"
import { SessionAuthorization } from "./SessionAuthorization.ts"

/** What the terminal program calls itself in the device flow; the service knows no other client. */
export const terminalClientId = "todo-cli"

/** The grant type of RFC 8628, 3.4. */
export const deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"

const parameter = Text.check(Schema.isMaxLength(255, { message: "Expected at most 255 characters" }))

const ClientId = parameter.annotate({
  description: "Who asks: `todo-cli`; the service knows no other.",
  examples: [terminalClientId]
})

/** A request of OAuth: a form (RFC 6749, 4), or the same in JSON. What the service does not know is ignored (3.1). */
const oauthPayload = <const Fields extends Schema.Struct.Fields>(
  identifier: string,
  description: string,
  fields: Fields,
  example: Schema.Struct<Fields>["Type"]
) => {
  const schema = Schema.Struct(fields).annotate({ identifier, description, examples: [example] })
  return [schema, schema.pipe(HttpApiSchema.asFormUrlEncoded())] as const
}

const ignoringTheUnknown = { onExcessProperty: "ignore", errors: "all" } as const

const UserCode = parameter.annotate({
  description: "The code that the device shows, with or without dashes, in any case.",
  examples: ["WDJB-MJHT"]
})

const Decided = Schema.Struct({ success: Schema.Boolean.annotate({ description: "Always true.", examples: [true] }) })
  .annotate({
    identifier: "DeviceDecided",
    description: "That the device is told."
  })

const decision = {
  payload: Schema.Struct({ userCode: UserCode }).annotate({
    identifier: "DeviceDecision",
    description: "Which device it is about.",
    examples: [{ userCode: "WDJB-MJHT" }]
  }),
  success: Decided,
  error: [deviceRefused(401), refused(403)]
} as const

const decisionResponses = {
  200: "The device is told when it asks next.",
  400: "Nobody waits with this code any more: see `error`.",
  401: "There is no live session.",
  403: originRefused
}

const seconds = (description: string, example: number) => Schema.Int.annotate({ description, examples: [example] })

/**
 * Signing in a program that has no browser of its own: the OAuth 2.0 device
 * authorization grant (RFC 8628), answered by Better Auth. A person approves on
 * the page `/device` of this service.
 */
export class DeviceApi extends HttpApiGroup.make("device")
  .add(
    HttpApiEndpoint.post("code", "/device/code", {
      payload: oauthPayload("DeviceCodeRequest", "Which program wants to be signed in (RFC 8628, 3.1).", {
        client_id: ClientId,
        scope: Schema.optionalKey(parameter.annotate({ description: "A device gets every scope: name none." }))
      }, { client_id: terminalClientId }),
      success: Schema.Struct({
        device_code: Schema.String.annotate({ description: "What the program asks with. Keep it secret." }),
        user_code: Schema.String.annotate({
          description: "What the person compares. People may write it with a dash in the middle, and in any case.",
          examples: ["WDJBMJHT"]
        }),
        verification_uri: Schema.String.annotate({
          description: "The page to approve on.",
          examples: ["https://todo.example.com/device"]
        }),
        verification_uri_complete: Schema.String.annotate({
          description: "The same with the code filled in.",
          examples: ["https://todo.example.com/device?user_code=WDJBMJHT"]
        }),
        expires_in: seconds("How long the codes are good, in seconds.", 600),
        interval: seconds("How long to wait between two questions, in seconds.", 5)
      }).annotate({ identifier: "DeviceCodes", description: "The codes of a sign-in that has begun (RFC 8628, 3.2)." }),
      error: [refused(403)]
    }).annotate(HttpApi.PayloadParseOptions, ignoringTheUnknown).annotateMerge(operation({
      id: "startDeviceSignIn",
      limit: "device",
      summary: "Begin to sign in a device",
      description: "Answers a code for the program and one for the person (RFC 8628, 3.1).",
      responses: {
        200: "The codes.",
        400: "The client is not known, or more is asked for than to sign in: see `error`.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("token", "/device/token", {
      payload: oauthPayload("DeviceTokenRequest", "Which sign-in is asked for (RFC 8628, 3.4).", {
        grant_type: parameter.annotate({ description: "The grant type of RFC 8628.", examples: [deviceGrantType] }),
        device_code: parameter.annotate({ description: "The program's code." }),
        client_id: ClientId
      }, { grant_type: deviceGrantType, device_code: "GmRhmhcxhwAzkoEqiMEg", client_id: terminalClientId }),
      success: Schema.Struct({
        access_token: Schema.String.annotate({
          description: "The session token, as sign-in answers it. Keep it secret.",
          examples: ["rUbYpZK2b0…"]
        }),
        token_type: Schema.Literal("Bearer").annotate({ description: "How to send it." }),
        expires_in: seconds("How long the session lives if it is not used, in seconds.", 2_592_000),
        scope: Schema.optionalKey(Schema.String.annotate({ description: "Empty: a device gets every scope." }))
      }).annotate({ identifier: "DeviceSession", description: "The device's session (RFC 8628, 3.5)." }),
      error: [refused(403)]
    }).annotate(HttpApi.PayloadParseOptions, ignoringTheUnknown).annotateMerge(operation({
      id: "finishDeviceSignIn",
      limit: "anything",
      summary: "Ask whether the device is signed in",
      description:
        "Answers a session once a person has approved (RFC 8628, 3.4), and until then 400 with `authorization_pending`; `slow_down` when asked too often, `access_denied`, `expired_token`.",
      responses: {
        200: "The session.",
        400: "There is no session, or not yet: see `error`.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.get("status", "/device", {
      query: { user_code: UserCode },
      success: Schema.Struct({
        user_code: Schema.String.annotate({ description: "The code.", examples: ["WDJBMJHT"] }),
        status: Schema.Literals(["pending", "approved", "denied"]).annotate({ description: "What was decided." })
      }).annotate({ identifier: "DeviceStatus", description: "The state of a device's sign-in." }),
      error: [refused(403)]
    }).annotateMerge(operation({
      id: "getDeviceStatus",
      limit: "userCode",
      summary: "Ask what became of a user code",
      description: "Whether somebody waits with the code, for a page that lets people approve.",
      responses: {
        200: "The state.",
        400: "Nobody waits with this code any more: see `error`.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("approve", "/device/approve", decision).middleware(SessionAuthorization).annotateMerge(
      operation({
        id: "approveDevice",
        limit: "userCode",
        summary: "Let a device in",
        description:
          "Signs the device in as the user of the session, whose token comes as bearer token: a cookie does not count here. Whoever ends that session before the device has asked ends this, too.",
        responses: decisionResponses
      })
    ),
    HttpApiEndpoint.post("deny", "/device/deny", decision).middleware(SessionAuthorization).annotateMerge(operation({
      id: "denyDevice",
      limit: "userCode",
      summary: "Keep a device out",
      description: "Tells the device that it is not let in.",
      responses: decisionResponses
    }))
  )
  .middleware(DeviceContract)
  .prefix("/api/auth")
  .annotateMerge(
    OpenApi.annotations({ title: "Device", description: "Signing in a program without a browser (RFC 8628)." })
  )
{}
