/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 16

/** Of their texts (a test compares). */
export const hash = "4dacb6e0cddbc18ed2f7ca4111fe839b617e49d51c45c5ff90ec4ba6d79a7b9c"
