/**
 * A whole name typed into the field of the surname, as it stands on the card: "Сынақова Айсұлу Мысалқызы". Spread over the three fields where the
 * other two are empty; a name of one word stays as it is. Returns the same parameters, changed.
 */
export function splitName(typed: URLSearchParams, of: string): URLSearchParams {
  const words = (typed.get(`${of}.surname`) ?? '').trim().split(/\s+/)
  const [surname, name, ...rest] = words
  const isFree = ['name', 'patronymic'].every((field) => (typed.get(`${of}.${field}`) ?? '').trim() === '')
  if (!isFree || surname === undefined || name === undefined) return typed
  typed.set(`${of}.surname`, surname)
  typed.set(`${of}.name`, name)
  typed.set(`${of}.patronymic`, rest.join(' '))
  return typed
}
