import { Option } from "@commander-js/extra-typings"
import { priorities } from "@todo/domain/tasks/Priority"

/** How much a task matters. */
export const priorityOption = new Option("-p, --priority <priority>", "how much it matters, p1 the most")
  .choices(priorities)
