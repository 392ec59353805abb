import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { operation } from "../http/openapi/Operation.ts"
import { deviceRefused, originRefused, refused } from "./AuthProblem.ts"

/** What the terminal program calls itself in the device flow; the service knows no other client. */
export const terminalClientId = "todo-cli"

/** The grant type of RFC 8628, 3.4. */
export const deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"

const ClientId = Schema.Literal(terminalClientId).annotate({ description: "Who asks." })

const seconds = (description: string, example: number) => Schema.Int.annotate({ description, examples: [example] })

/**
 * Signing in a program that has no browser of its own: the OAuth 2.0 device
 * authorization grant (RFC 8628), answered by Better Auth. A person approves on
 * the page `/device` of this service.
 */
export class DeviceApi extends HttpApiGroup.make("device")
  .add(
    HttpApiEndpoint.post("code", "/device/code", {
      payload: Schema.Struct({ client_id: ClientId }).annotate({
        identifier: "DeviceCodeRequest",
        examples: [{ client_id: terminalClientId }]
      }),
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
      error: [deviceRefused(400), refused(403)]
    }).annotateMerge(operation({
      id: "startDeviceSignIn",
      summary: "Begin to sign in a device",
      description: "Answers a code for the program and one for the person (RFC 8628, 3.1).",
      responses: {
        200: "The codes.",
        400: "The client is not known, or more is asked for than to sign in: see `error`.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("token", "/device/token", {
      payload: Schema.Struct({
        grant_type: Schema.Literal(deviceGrantType).annotate({ description: "The grant type of RFC 8628." }),
        device_code: Schema.String.annotate({ description: "The program's code." }),
        client_id: ClientId
      }).annotate({
        identifier: "DeviceTokenRequest",
        examples: [{ grant_type: deviceGrantType, device_code: "GmRhmhcxhwAzkoEqiMEg…", client_id: terminalClientId }]
      }),
      success: Schema.Struct({
        access_token: Schema.String.annotate({
          description: "The session token, as sign-in answers it. Keep it secret.",
          examples: ["rUbYpZK2b0…"]
        }),
        token_type: Schema.Literal("Bearer").annotate({ description: "How to send it." }),
        expires_in: seconds("How long the session lives if it is not used, in seconds.", 2_592_000)
      }).annotate({ identifier: "DeviceSession", description: "The device's session (RFC 8628, 3.5)." }),
      error: [deviceRefused(400), refused(403)]
    }).annotateMerge(operation({
      id: "finishDeviceSignIn",
      summary: "Ask whether the device is signed in",
      description:
        "Answers a session once a person has approved (RFC 8628, 3.4), and until then 400 with `authorization_pending`; `slow_down` when asked too often, `access_denied`, `expired_token`.",
      responses: {
        200: "The session.",
        400: "There is no session, or not yet: see `error`.",
        403: originRefused
      }
    }))
  )
  .prefix("/api/auth")
  .annotateMerge(
    OpenApi.annotations({ title: "Device", description: "Signing in a program without a browser (RFC 8628)." })
  )
{}
