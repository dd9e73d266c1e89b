/** Of times that come without an offset: the zone of the gateway. It changed its offset on 1 March 2024. */
const zone = 'Asia/Almaty'
const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/**
 * An xs:dateTime as RFC 3339 with an offset, or null where it is no moment. Fractions beyond a nanosecond are cut; one without an offset is of
 * the country's time.
 */
export function instantText(text: string): string | null {
  const [, whole, fraction = '', offset] = shape.exec(text.trim()) ?? []
  if (whole === undefined) return null
  const plain = `${whole}${fraction.slice(0, 10)}`
  try {
    const moment = Temporal.PlainDateTime.from(plain)
    if (offset === undefined) return `${plain}${moment.toZonedDateTime(zone).offset}`
    Temporal.Instant.from(`${plain}${offset}`)
    return `${plain}${offset}`
  } catch {
    return null
  }
}
