import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { randomUUID } from "node:crypto"
import { type FakeDevice, State } from "./FakeState.ts"

const refusal = (error: string) => ({
  type: "about:blank",
  title: error,
  status: 400,
  detail: `Refused: ${error}`,
  code: error,
  error,
  error_description: `Refused: ${error}`
})

export const DeviceHandlers = HttpApiBuilder.group(
  Api,
  "device",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      code: () => {
        const deviceCode = `device-${randomUUID()}`
        const device: FakeDevice = { userCode: "WDJBMJHT", answers: [], approvedBy: undefined }
        state.devices.set(deviceCode, device)
        return Effect.succeed({
          device_code: deviceCode,
          user_code: device.userCode,
          verification_uri: `${state.deviceHost}/device`,
          verification_uri_complete: `${state.deviceHost}/device?user_code=${device.userCode}`,
          expires_in: 600,
          interval: 1
        })
      },
      token: Effect.fnUntraced(function*({ payload: { device_code } }) {
        const device = state.devices.get(device_code)
        if (device === undefined) return yield* Effect.fail(refusal("invalid_grant"))
        const answer = device.answers.shift()
        if (answer !== undefined) return yield* Effect.fail(refusal(answer))
        if (device.approvedBy === undefined) return yield* Effect.fail(refusal("authorization_pending"))
        state.devices.delete(device_code)
        const { token } = state.signIn(device.approvedBy)
        return { access_token: token, token_type: "Bearer" as const, expires_in: 2_592_000 }
      }),
      status: () => Effect.die("The client asks nothing of a user code"),
      approve: () => Effect.die("The client approves nothing"),
      deny: () => Effect.die("The client denies nothing")
    })
  })
)
