import type { Law } from './model.ts'
import type { Text } from './schema/text.ts'

/** The words that stand on every page and paper of a regulation that is invented itself, or rests on an invented Standard. */
export const inventedOf = ({ regulation, standard }: Pick<Law, 'regulation' | 'standard'>): Text | undefined =>
  regulation.invented ?? standard.invented
