/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 16

/** Of their texts (a test compares). */
export const hash = "fd6a883ea138815654f077cb7b077ecf8b5982babbdc5deb7ae2c540706bec66"
