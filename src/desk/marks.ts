/** What the clock alone notes of a case: a term that is near or over. It changes nothing that a form of the case asks or answers. */
export const isMark = (type: string): boolean => type === 'DueWarned' || type === 'DueMissed'
