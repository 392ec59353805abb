/** Both sides take the same tokens, so both name the same issuer, whatever port they listen on. */
export const publicUrl = "http://todo.bench"

export const secret = "the benchmark keeps no secret from anybody"

/** The most connections each side opens to PostgreSQL; the service's own default. */
export const databaseConnections = 10
