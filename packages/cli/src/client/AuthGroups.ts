// The groups of the contract under `/api/auth`, which are loaded together.
export { AccountApi } from "@todo/domain/auth/AccountApi"
export { AuthApi } from "@todo/domain/auth/AuthApi"
export { DeviceApi } from "@todo/domain/auth/DeviceApi"
