/**
 * What the user `user` has set of where they are, as `SetPlace` has it; null where nothing was. Once for a statement, and only
 * where some row needs it: what stands in a function is not made ready for rows that do not.
 */
export const setPlace = (user: string) => `(SELECT todo.set_place(${user}))`
