/** Text of bytes, without a byte order mark. Undefined where they are no UTF-8: what cannot be read is not guessed at. */
export const decodeUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
