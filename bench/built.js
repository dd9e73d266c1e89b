// For `node --import ./bench/built.js`: what a measurement imports from src/ is taken from dist/, as the server runs it, built if it is old.
import { registerHooks } from 'node:module'
import { buildIfStale } from '../scripts/build.js'

buildIfStale()

registerHooks({
  resolve: (specifier, context, next) => {
    const isOurs =
      /\/(bench|test|survive)\//.test(context.parentURL ?? '') && specifier.includes('/src/') && !specifier.includes('.testing.')
    return next(isOurs ? specifier.replace('/src/', '/dist/').replace(/\.tsx?$/, '.js') : specifier, context)
  },
})
