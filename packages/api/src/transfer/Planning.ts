import type { ImportStatus, PlannedThing } from "@todo/domain/transfer/Plan"
import type { ImportQuery } from "@todo/domain/transfer/TransferApi"

/** A write of the function of an import. */
export interface Item {
  readonly op: string
  readonly [member: string]: unknown
}

/** Why a thing cannot be imported: the code of a problem, where, and in words. */
export interface Obstacle {
  readonly reason: string
  readonly detail: string
  readonly path?: ReadonlyArray<string | number>
}

const nouns = ["project", "tag", "view", "task", "comment"] as const

/** A thing of a document: the nth of its noun. */
export interface Place {
  readonly noun: PlannedThing["noun"]
  readonly index: number
  /** What the document calls it. */
  readonly id: string
}

/** What tells a place from others. */
export const keyOf = ({ index, noun }: Place) => `${noun} ${index}`

/** A plan as it is made, thing by thing. */
export class Planning {
  readonly items: Array<Item> = []
  /** For which thing each of the items is. */
  readonly places: Array<Place> = []
  private readonly planned = new Map<PlannedThing["noun"], Array<PlannedThing>>(nouns.map((noun) => [noun, []]))
  private readonly last: Array<readonly [Place, Item]> = []

  private readonly options: Pick<ImportQuery, "overwrite">
  private readonly refused: ReadonlyMap<string, Obstacle>

  /** `refused` is what the database has refused before, by the keys of places. */
  constructor(options: Pick<ImportQuery, "overwrite">, refused: ReadonlyMap<string, Obstacle>) {
    this.options = options
    this.refused = refused
  }

  /** Whether what is there and differs is changed. */
  get overwrites(): boolean {
    return this.options.overwrite === true
  }

  /** What is planned, in the order of the document. */
  get things(): ReadonlyArray<PlannedThing> {
    return [...this.planned.values()].flat()
  }

  private put({ id, index, noun }: Place, status: ImportStatus, more: Partial<PlannedThing>): void {
    this.planned.get(noun)![index] = { noun, id, status, ...more }
  }

  problem(place: Place, { detail, path, reason }: Obstacle): void {
    this.put(place, "problem", { reason, ...path !== undefined && { path }, detail })
  }

  /** Whether the database has refused the thing, which is a problem then. */
  isRefused(place: Place): boolean {
    const obstacle = this.refused.get(keyOf(place))
    if (obstacle !== undefined) this.problem(place, obstacle)
    return obstacle !== undefined
  }

  /** The thing is to be made. */
  create(place: Place, more: Partial<PlannedThing>): void {
    this.put(place, "create", more)
  }

  /** The thing is there, and differs so. Whether it is to be changed. */
  found(place: Place, differs: ReadonlyArray<string>, more: Partial<PlannedThing>): boolean {
    const changes = differs.length > 0 && this.overwrites
    if (differs.length === 0) this.put(place, "unchanged", more)
    else this.put(place, changes ? "update" : "kept", { ...more, differs })
    return changes
  }

  item(place: Place, item: Item): void {
    this.items.push(item)
    this.places.push(place)
  }

  itemAtLast(place: Place, item: Item): void {
    this.last.push([place, item])
  }

  /** Puts what is to be done at last behind all else. */
  finish(): void {
    for (const [place, item] of this.last.splice(0)) this.item(place, item)
  }
}
