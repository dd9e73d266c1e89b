/** Who stands in an example where the regulation's text names nobody. Invented people; they are data, not words of the program. */
export const person = { surname: 'Үлгібаева', name: 'Мысал', patronymic: 'Сынаққызы' }
export const representative = { ...person, name: 'Өкіл' }
export const powerOfAttorney = { number: '1-42', date: '2018-01-15', notary: 'Н. Нотариус' }
export const official = { surname: 'Сынақ' }
