/** Production and demonstration never share a database: seeds and one-click sign-in among real cases would be an accident without end. */
export class WrongDatabase extends Error {
  override name = 'WrongDatabase'
}
