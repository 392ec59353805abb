/** The BETTER_AUTH_SECRET of the tests' services. */
export const secret = "a secret of the tests, of no use to anybody"
