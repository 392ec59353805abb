/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 14

/** Of their texts (a test compares). */
export const hash = "8e3bc8584cf1e63b3b02583539b407c279f2653e1c0f608f37442c33db9df9e0"
