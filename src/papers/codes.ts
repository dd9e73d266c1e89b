import bwipjs from 'bwip-js'

/** QR code as SVG. Its error correction (M, the default) bears a fold or a stamp across it; the quiet zone is left to the page. */
export function qrSvg(text: string): string {
  return bwipjs.toSVG({ bcid: 'qrcode', text, scale: 1 })
}

/** Code 128 as SVG, bars only: the number stands under it in the page's own type. */
export function code128Svg(text: string): string {
  return bwipjs.toSVG({ bcid: 'code128', text, scale: 1, height: 10, includetext: false })
}
