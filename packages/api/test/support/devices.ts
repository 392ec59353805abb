import { deviceGrantType, terminalClientId } from "@todo/domain/auth/DeviceApi"
import { Effect } from "effect"
import { sendJson } from "./requests.ts"

/** A device that asks to be signed in. */
export interface Device {
  readonly deviceCode: string
  readonly userCode: string
}

/** Begins to sign in a device. */
export const newDevice = (headers: Record<string, string> = {}) =>
  Effect.map(
    sendJson("POST", "/api/auth/device/code", { client_id: terminalClientId }, headers),
    ({ body }): Device => ({ deviceCode: body.device_code, userCode: body.user_code })
  )

/** Asks whether the device is signed in. */
export const poll = ({ deviceCode }: Device) =>
  sendJson("POST", "/api/auth/device/token", {
    grant_type: deviceGrantType,
    device_code: deviceCode,
    client_id: terminalClientId
  })
