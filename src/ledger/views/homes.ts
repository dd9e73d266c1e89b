/** Rows of each home apart: a statement that names one home goes to one shard of a cluster, and an installation of one region asks once. */
export async function homeByHome<Of extends { readonly home: number }, Row>(
  those: readonly Of[],
  ask: (home: number, its: readonly Of[]) => Promise<Row[]>,
): Promise<Row[]> {
  const homes = [...Map.groupBy(those, ({ home }) => home)]
  return (await Promise.all(homes.map(([home, its]) => ask(home, its)))).flat()
}
