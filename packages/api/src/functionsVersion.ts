/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 6

/** Of their texts (a test compares). */
export const hash = "57613e95091a7a5a0370f0eaa865d29348ffa02771156e14b7326c65da741f72"
