/** RFC 5321, 4.5.3.1.3, less the angle brackets. */
export const maxAddressLength = 254

/** What Better Auth takes for an address, so that both agree. */
const address = /^(?!\.)(?!.*\.\.)([A-Za-z0-9_'+\-.]*)[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/

/** Whether an account may have this address, apart from its length. */
export const isAddress = (text: string): boolean => address.test(text)
