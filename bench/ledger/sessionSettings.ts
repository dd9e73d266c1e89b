/** As our own writers do (src/ledger/append/writer.ts): the planner does not know that rows are only ever found by their keys. */
export const sessionSettings = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off'
