#!/bin/sh
# Cuts the two faces that pages are drawn in from the whole Noto Sans (OFL) that papers are printed with, one file a weight: why, see src/web/assets/assets.ts.
# Needs fonttools with brotli (Debian: python3-fonttools, python3-brotli). Run it when letters are added; src/web/assets/fonts.test.ts names what is missing.
set -eu
cd "$(dirname "$0")/.."
# Latin 1, all Cyrillic letters with those of Kazakh, stress mark, dashes and quotes, №, ₸, €, arrows, signs of reckoning.
letters='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0301,U+0304,U+0308,U+0329,U+0400-045F,U+0490-04FF'
signs='U+2000-206F,U+20AC,U+20B8,U+2116,U+2122,U+2190-2193,U+2212,U+2215,U+2260,U+2264-2265,U+FEFF,U+FFFD'
for face in 400:Regular 600:SemiBold; do
  weight=${face%%:*}
  name=$weight${face##*:}
  ${PYTHON:-/usr/bin/python3} -m fontTools.subset "node_modules/@expo-google-fonts/noto-sans/$name/NotoSans_$name.ttf" \
    --unicodes="$letters,$signs" --flavor=woff2 --output-file="src/web/assets/fonts/noto-sans-$weight.woff2"
done
