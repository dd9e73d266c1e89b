/** Invented people: numbers with right check digits, of nobody. */
export const iin = '850412499913'

export const application = {
  iin,
  surname: 'Үлгібаева',
  name: 'Айгүл',
  patronymic: 'Серікқызы',
  asks: 'expert',
  position: 'математика мұғалімі',
}

/** Everything that clause 9 of the Standard asks of everyone. */
export const documents = ['application', 'identityDocument', 'diploma', 'courses', 'workRecord'].map((id) => ({
  id,
  presented: id === 'application' || id === 'identityDocument' ? 'original' : 'copyWithOriginal',
  originalSeen: true,
}))

export const findings = documents.map(({ id }) => ({ document: id, ok: true }))

export const acceptance = { application, documents, applicant: { phone: '+7 700 000 00 00' } }
