import { Logger } from 'graphile-worker'

/** graphile-worker tells of every job; we tell of what fails, and by our own log. */
export const silent = new Logger(() => () => {})
