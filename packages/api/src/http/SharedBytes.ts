/** Bytes of which there is one copy in the process, however many connections wait for them. */
const shared = new WeakSet<Uint8Array>()

/** Marks bytes as shared: an answer with them takes no memory of its own. They must not change. */
export const share = (bytes: Uint8Array): Uint8Array => {
  shared.add(bytes)
  return bytes
}

export const isShared = (chunk: unknown): boolean => chunk instanceof Uint8Array && shared.has(chunk)
