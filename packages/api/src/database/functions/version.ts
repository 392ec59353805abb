/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 4

/** Of their texts (a test compares). */
export const hash = "d202bbeae0facd4f407f59c2b5ab29952eb52651d0ee3254686891d5e3ea836b"
