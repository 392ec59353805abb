/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 4

/** Of their texts (a test compares). */
export const hash = "b48bbb07cbdb85ba01b049f61267c84dc536c471538aac06885ff51fc210915e"
