/**
 * What does not hold. `sequence` an event is missing or comes twice; `hash` the chain breaks here; `body` an event is not the canonical text of
 * what its row says; `head` the case row is not at the chain's end; `personal` a value is not the one the chain holds a digest of, or is absent;
 * `law` the text of the law of an event is not kept; `view` a view row is not what a replay gives; `replay` the events cannot be replayed;
 * `orphan` rows of a case that is not there; `command` an idempotency key of no event, or an event that no command led to; `file` a piece is absent or does not open.
 * Against what was sealed, or a backup: `missing` a case or row is not here; `rolledBack` the case has fewer events than it had; `changed` it has others, though
 * they may be a chain. `seal` the seals themselves or the tree under them do not hold (home 0, no case). `destroyed` values are gone and no event says by whose
 * order, or are there though an event says that they were destroyed. `evidence` the record over a signature does not hold together, or is over nothing. `otherNode` what one of two nodes holds of the other is not what the other has.
 */
export interface Problem {
  kind:
    | 'sequence'
    | 'hash'
    | 'body'
    | 'head'
    | 'personal'
    | 'law'
    | 'view'
    | 'replay'
    | 'orphan'
    | 'command'
    | 'file'
    | 'missing'
    | 'rolledBack'
    | 'changed'
    | 'seal'
    | 'destroyed'
    | 'otherNode'
    | 'evidence'
  home: number
  case: string
  /** The event, where the problem has one. */
  seq: number | null
  /** For the engineer: what was found. */
  text: string
}
