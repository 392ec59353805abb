/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 3

/** Of their texts (a test compares). */
export const hash = "7e78bdfa6a947e4843e04c97b407103b251e69c911404e338929e908b8ba43ce"
