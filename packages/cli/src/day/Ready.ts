/** What has begun, waits for nothing, and is not due in more than a week. */
export const ready = "ready and not due after in 7 days"

/** What matters most, and of that what is due first. */
export const asItMatters = "priority,due,position"
