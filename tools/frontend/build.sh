#!/usr/bin/env bash
# Rebuilds src/vicinia/foundation/look/static/look/vendor from the packages pinned in package-lock.json.
set -euo pipefail
cd "$(dirname "$0")"
[ -d node_modules ] || npm ci

vendor=../../src/vicinia/foundation/look/static/look/vendor
italia=node_modules/bootstrap-italia
rm -rf "$vendor"
mkdir -p "$vendor"/{bootstrap-italia,titillium,leaflet/images}

npx sass --load-path="$italia/src/scss" --no-source-map --quiet bootstrap-italia.scss \
  | npx esbuild --loader=css --minify --target=chrome80,firefox80,safari14 > "$vendor/bootstrap-italia/bootstrap-italia.css"
node sprite.mjs "$italia/dist/svg/sprites.svg" "$vendor/bootstrap-italia/icons.svg"
cp "$italia/LICENSE" "$vendor/bootstrap-italia/LICENSE"

fonts="$italia/dist/fonts/Titillium_Web"
cp "$fonts/titillium-web-v10-latin-ext_latin-regular.woff2" "$vendor/titillium/titillium-web-400.woff2"
cp "$fonts/titillium-web-v10-latin-ext_latin-600.woff2" "$vendor/titillium/titillium-web-600.woff2"
cp "$fonts/titillium-web-v10-latin-ext_latin-700.woff2" "$vendor/titillium/titillium-web-700.woff2"
cp "$fonts/OFL.txt" "$vendor/titillium/OFL.txt"

npx esbuild node_modules/leaflet/dist/leaflet-src.esm.js --minify --format=esm --target=es2019 --legal-comments=inline \
  --outfile="$vendor/leaflet/leaflet.js" --log-level=warning
npx esbuild node_modules/leaflet/dist/leaflet.css --minify --outfile="$vendor/leaflet/leaflet.css" --log-level=warning
cp node_modules/leaflet/dist/images/*.png "$vendor/leaflet/images/"
cp node_modules/leaflet/LICENSE "$vendor/leaflet/LICENSE"

find "$vendor" -name '*.woff2' -exec chmod 644 {} +
bash sizes.sh
