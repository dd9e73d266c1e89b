import { z } from 'zod'

/** Names of the shapes that the description publishes: a shape registered here is a component of OpenAPI. */
export const schemas = z.registry<{ id: string }>()
