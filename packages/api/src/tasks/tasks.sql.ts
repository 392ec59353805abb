import { entityFunctions } from "../database/functions/entity.sql.ts"
import { trashFunctions } from "../database/functions/trash.sql.ts"
import { tasks } from "./table.ts"

/** The writes of tasks. */
export default [...entityFunctions(tasks), ...trashFunctions(tasks)]
