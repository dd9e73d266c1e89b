import { join } from 'node:path'

/** Where the files of the law lie for commands that open no installation. */
export const regulationsFolder = () => process.env.QYZMET_REGULATIONS ?? join(import.meta.dirname, '..', '..', 'regulations')
