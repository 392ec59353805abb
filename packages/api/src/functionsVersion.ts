/** Of the functions of this build: one more with each change of a text (`node packages/api/scripts/functions.ts`). */
export const version = 6

/** Of their texts (a test compares). */
export const hash = "40eb301df3646e6029625859fbb3440a44544f7d45ef9f921739bf75a9a7a8d9"
