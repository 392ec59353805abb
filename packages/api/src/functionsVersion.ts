/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 11

/** Of their texts (a test compares). */
export const hash = "2d61e1797a510c10590971a913c648bae23466b1eaa1641f70966afc08f0ee87"
