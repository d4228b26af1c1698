#!/usr/bin/env bash
# Rebuilds src/vicinia/foundation/look/static/look/vendor from the packages pinned in package-lock.json.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci

vendor=../../src/vicinia/foundation/look/static/look/vendor
italia=node_modules/bootstrap-italia
rm -rf "$vendor"
mkdir -p "$vendor"/{bootstrap-italia,titillium,noto,leaflet/images}

npx sass --load-path="$italia/src/scss" --no-source-map --quiet bootstrap-italia.scss \
  | npx esbuild --loader=css --minify --target=chrome80,firefox80,safari14 > "$vendor/bootstrap-italia/bootstrap-italia.css"
node sprite.mjs "$italia/dist/svg/sprites.svg" "$vendor/bootstrap-italia/icons.svg"
cp "$italia/LICENSE" "$vendor/bootstrap-italia/LICENSE"

fonts="$italia/dist/fonts/Titillium_Web"
# Letters of the languages written in Latin script, digits and punctuation, without hints that screens ignore: a sixth less.
letters="U+0020-007E,U+00A0-017F,U+0218-021B,U+2010-2026,U+2030,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2264-2265"
for weight in regular:400 600:600 700:700; do
  "${PYTHON:-../../.venv/bin/python}" -m fontTools.subset "$fonts/titillium-web-v10-latin-ext_latin-${weight%:*}.woff2" \
    --unicodes="$letters" --layout-features=kern,liga,mark,ccmp,locl,tnum --no-hinting --flavor=woff2 \
    --output-file="$vendor/titillium/titillium-web-${weight#*:}.woff2"
done
cp "$fonts/OFL.txt" "$vendor/titillium/OFL.txt"

# Scripts of residents' languages that Titillium lacks, for papers: Cyrillic, and Arabic with the letters of Urdu.
for weight in 400 700; do
  cp "node_modules/@fontsource/noto-sans/files/noto-sans-cyrillic-$weight-normal.woff2" "$vendor/noto/"
  cp "node_modules/@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-$weight-normal.woff2" "$vendor/noto/"
done
cp node_modules/@fontsource/noto-sans/LICENSE "$vendor/noto/OFL.txt"
cp node_modules/@fontsource/noto-sans-arabic/LICENSE "$vendor/noto/OFL-arabic.txt"

npx esbuild node_modules/leaflet/dist/leaflet-src.esm.js --minify --format=esm --target=es2019 --legal-comments=inline \
  --outfile="$vendor/leaflet/leaflet.js" --log-level=warning
npx esbuild node_modules/leaflet/dist/leaflet.css --minify --outfile="$vendor/leaflet/leaflet.css" --log-level=warning
cp node_modules/leaflet/dist/images/*.png "$vendor/leaflet/images/"
cp node_modules/leaflet/LICENSE "$vendor/leaflet/LICENSE"

bash sizes.sh
