/**
 * The tables that move, in the order in which they are written. Views are derived and built anew; graphile-worker's jobs move as effects.
 * `key` is the primary key, by which the rows are read in pages. Columns of type bytea travel in base64.
 */
export interface MovedTable {
  name: string
  key: readonly string[]
  bytes: readonly string[]
}

export const movedTables: readonly MovedTable[] = [
  { name: 'setting', key: ['name'], bytes: [] },
  { name: 'law_file', key: ['sha256'], bytes: ['sha256'] },
  { name: 'law_version', key: ['path', 'ordinal'], bytes: ['sha256'] },
  { name: 'case_key', key: ['home', 'case_number'], bytes: ['wrapped'] },
  { name: 'case_head', key: ['home', 'number'], bytes: ['head'] },
  { name: 'event', key: ['home', 'case_number', 'seq'], bytes: ['hash'] },
  { name: 'personal', key: ['home', 'case_number', 'seq'], bytes: ['sealed'] },
  { name: 'command', key: ['home', 'key'], bytes: [] },
  { name: 'file', key: ['home', 'case_number', 'sha256'], bytes: ['sha256'] },
  { name: 'file_chunk', key: ['home', 'case_number', 'sha256', 'position'], bytes: ['sha256', 'sealed'] },
  { name: 'read_journal', key: ['home', 'id'], bytes: [] },
  { name: 'seal_leaf', key: ['home', 'case_number', 'version'], bytes: ['head'] },
  { name: 'seal_node', key: ['level', 'position'], bytes: ['hash'] },
  { name: 'seal', key: ['number'], bytes: ['hash'] },
  { name: 'evidence_stamp', key: ['number'], bytes: ['root', 'token', 'evidence', 'renewed_tree'] },
  { name: 'evidence_leaf', key: ['home', 'case_number', 'sha256', 'chain'], bytes: ['sha256', 'tree'] },
]
