import { assert } from "@effect/vitest"
import { deviceGrantType, terminalClientId } from "@todo/domain/auth/DeviceApi"
import type { Mailbox } from "../../support/Mailbox.ts"
import { claimsOf } from "../../support/tokens.ts"

/** A session, or a device that was approved and has no session yet, and the count of credentials it is based on. */
interface Grant {
  readonly epoch: number
  readonly value: string
  /** Of a device: the session that approved it. */
  readonly approvedBy?: Grant
  ended: boolean
  /** Whether it was made while all others were ended: either may have come first. */
  isUncertain: boolean
}

/** One thing that is done, on one of the replicas, by one of those who could do it. */
export interface Step {
  readonly kind: "signIn" | "approve" | "redeem" | "makeToken" | "end" | "endOthers" | "signOut"
  readonly replica: number
  readonly pick: number
}

/** What changes the credentials, at the same time as other things are done. */
export type Change = "none" | "password" | "address" | "reset"

/** Everything that was granted to the owner of one account, by what was answered, and what must have become of it. */
export class World {
  private readonly replicas: ReadonlyArray<string>
  private readonly mailbox: Mailbox
  private email = `owner-${crypto.randomUUID()}@example.com`
  private password = "the password 0"
  private readonly sessions: Array<Grant> = []
  private readonly devices: Array<Grant> = []
  private readonly tokens: Array<{ readonly secret: string; readonly resets: number }> = []
  private readonly codes: Array<{ readonly kind: "reset" | "address"; readonly code: string; readonly epoch: number }> =
    []
  private epoch = 0
  private resets = 0

  constructor(replicas: ReadonlyArray<string>, mailbox: Mailbox) {
    this.replicas = replicas
    this.mailbox = mailbox
  }

  private async send(replica: number, method: string, path: string, body?: unknown, token?: string) {
    const url = this.replicas[replica]!
    const response = await fetch(url + path, {
      method,
      headers: {
        origin: url,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await response.text()
    assert.isBelow(response.status, 500, `${method} ${path}: ${text}`)
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, string> }
  }

  async begin() {
    const body = { name: "Owner", email: this.email, password: this.password }
    const { body: answer } = await this.send(0, "POST", "/api/auth/sign-up/email", body)
    this.keep(this.sessions, answer["token"]!)
  }

  private keep(where: Array<Grant>, value: string, approvedBy?: Grant) {
    const grant: Grant = { epoch: this.epoch, value, ended: false, isUncertain: false }
    where.push(approvedBy === undefined ? grant : { ...grant, approvedBy })
    return grant
  }

  private isAlive(grant: Grant) {
    return grant.epoch === this.epoch && !grant.ended
  }

  /** One of those that should be alive; somebody signs in where there is none. */
  private async session(pick: number): Promise<Grant> {
    const alive = this.sessions.filter((grant) => this.isAlive(grant) && !grant.isUncertain)
    if (alive.length > 0) return alive[pick % alive.length]!
    const { body } = await this.signIn(0)
    return this.keep(this.sessions, body["token"]!)
  }

  private signIn(replica: number) {
    return this.send(replica, "POST", "/api/auth/sign-in/email", { email: this.email, password: this.password })
  }

  private poll(replica: number, deviceCode: string) {
    const body = { grant_type: deviceGrantType, device_code: deviceCode, client_id: terminalClientId }
    return this.send(replica, "POST", "/api/auth/device/token", body)
  }

  private jwt(replica: number, { value }: Grant) {
    return this.send(replica, "GET", "/api/auth/token", undefined, value)
  }

  /** Makes ready what is done at once with others, and answers it. */
  private async step({ kind, pick, replica }: Step): Promise<() => Promise<void>> {
    if (kind === "signIn") {
      return async () => {
        const { body, status } = await this.signIn(replica)
        if (status === 200) this.keep(this.sessions, body["token"]!)
      }
    }
    if (kind === "redeem") {
      const waiting = this.devices.filter((device) => this.isAlive(device) && !device.approvedBy!.ended)
      const device = waiting[pick % waiting.length]
      return async () => {
        if (device === undefined) return
        device.ended = true
        const { body, status } = await this.poll(replica, device.value)
        if (status === 200) this.keep(this.sessions, body["access_token"]!)
      }
    }
    const session = await this.session(pick)
    switch (kind) {
      case "approve": {
        const { body } = await this.send(replica, "POST", "/api/auth/device/code", { client_id: terminalClientId })
        return async () => {
          const approval = { userCode: body["user_code"] }
          const { status } = await this.send(replica, "POST", "/api/auth/device/approve", approval, session.value)
          if (status === 200) this.keep(this.devices, body["device_code"]!, session)
        }
      }
      case "signOut":
        return async () => {
          await this.send(replica, "POST", "/api/auth/sign-out", {}, session.value)
          session.ended = true
        }
    }
    const { body } = await this.jwt(replica, session)
    const jwt = body["token"]!
    switch (kind) {
      case "makeToken":
        return async () => {
          const token = { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }
          const resets = this.resets
          const { body, status } = await this.send(replica, "POST", "/api/v1/tokens", token, jwt)
          if (status === 201) this.tokens.push({ secret: body["secret"]!, resets })
        }
      case "end": {
        const target = await this.session(pick + 1)
        const { sid } = claimsOf((await this.jwt(replica, target)).body["token"]!)
        return async () => {
          const { status } = await this.send(replica, "DELETE", `/api/v1/sessions/${sid}`, undefined, jwt)
          if (status === 204) target.ended = true
        }
      }
      case "endOthers": {
        const before = this.sessions.length
        return async () => {
          const { status } = await this.send(replica, "DELETE", "/api/v1/sessions", undefined, jwt)
          if (status !== 200) return
          this.sessions.forEach((each, n) => {
            if (n < before && each !== session) each.ended = true
          })
          this.endingOthers = true
        }
      }
    }
  }

  private endingOthers = false

  private async change(kind: Change, replica: number): Promise<() => Promise<() => void>> {
    const password = `the password ${this.epoch + 1}`
    const nothing = () => {}
    switch (kind) {
      case "none":
        return async () => nothing
      case "password": {
        const session = await this.session(0)
        const body = { currentPassword: this.password, newPassword: password }
        return async () => {
          const answer = await this.send(replica, "POST", "/api/auth/change-password", body, session.value)
          if (answer.status !== 200) return nothing
          return () => {
            this.epoch++
            this.password = password
            this.keep(this.sessions, answer.body["token"]!)
          }
        }
      }
      case "address": {
        const session = await this.session(0)
        const newEmail = `moved-${crypto.randomUUID()}@example.com`
        const code = await this.mailbox.codeOf(
          newEmail,
          "Confirm your new address",
          () =>
            this.send(replica, "POST", "/api/auth/change-email", { newEmail, password: this.password }, session.value)
        )
        this.codes.push({ kind: "address", code, epoch: this.epoch })
        return async () => {
          const { status } = await this.send(replica, "POST", "/api/auth/verify-email", { token: code })
          assert.strictEqual(status, 200)
          return () => {
            this.epoch++
            this.email = newEmail
          }
        }
      }
      case "reset": {
        const code = await this.resetCode(replica)
        return async () => {
          const body = { token: code, newPassword: password }
          const { status } = await this.send(replica, "POST", "/api/auth/reset-password", body)
          assert.strictEqual(status, 200)
          return () => {
            this.epoch++
            this.resets++
            this.password = password
          }
        }
      }
    }
  }

  private async resetCode(replica: number) {
    const code = await this.mailbox.codeOf(
      this.email,
      "Set a new password",
      () => this.send(replica, "POST", "/api/auth/request-password-reset", { email: this.email })
    )
    this.codes.push({ kind: "reset", code, epoch: this.epoch })
    return code
  }

  /** Does all this at once. What was granted meanwhile is based on what held before. */
  async wave(kind: Change, replica: number, steps: ReadonlyArray<Step>) {
    const change = await this.change(kind, replica)
    const prepared: Array<() => Promise<void>> = []
    for (const step of steps) prepared.push(await this.step(step))
    const before = this.sessions.length
    this.endingOthers = false
    const [settle] = await Promise.all([change(), ...prepared.map((run) => run())])
    if (this.endingOthers) { for (const made of this.sessions.slice(before)) made.isUncertain = true }
    settle()
  }

  /** What was granted before the last change is dead on every replica, and what was granted after it is alive. */
  async check() {
    for (const replica of this.replicas.keys()) {
      for (const session of this.sessions) {
        if (session.isUncertain && session.epoch === this.epoch) continue
        const { status } = await this.jwt(replica, session)
        assert.strictEqual(status, this.isAlive(session) ? 200 : 401, `a session of ${session.epoch} at ${this.epoch}`)
      }
      for (const { resets, secret } of this.tokens) {
        const { status } = await this.send(replica, "GET", "/api/auth/token", undefined, secret)
        assert.strictEqual(status, resets === this.resets ? 200 : 401, `a token after ${this.resets - resets} resets`)
      }
    }
    for (const { code, epoch, kind } of this.codes.filter(({ epoch }) => epoch < this.epoch)) {
      const { status } = kind === "reset"
        ? await this.send(1, "POST", "/api/auth/reset-password", { token: code, newPassword: "a thief's password" })
        : await this.send(1, "POST", "/api/auth/verify-email", { token: code })
      assert.include([400, 401], status, `a code of ${epoch} at ${this.epoch}`)
    }
    for (const device of this.devices) {
      if (device.ended && device.epoch === this.epoch && !device.approvedBy!.ended) continue
      if (device.approvedBy!.isUncertain) continue
      const isAlive = this.isAlive(device) && !device.approvedBy!.ended
      const { status } = await this.poll(0, device.value)
      assert.strictEqual(status, isAlive ? 200 : 400, `a device of ${device.epoch} at ${this.epoch}`)
    }
    assert.strictEqual((await this.signIn(1)).status, 200)
  }
}
