#!/usr/bin/env bash
# Prints what each static file of the look weighs, as it is and as it travels (gzip -9).
cd "$(dirname "$0")/../../src/vicinia/foundation/look/static/look"
printf '%9s %9s  %s\n' bytes gzip file
find . -type f \( -name '*.css' -o -name '*.js' -o -name '*.svg' -o -name '*.woff2' \) | sort | while read -r file; do
  printf '%9s %9s  %s\n' "$(wc -c < "$file")" "$(gzip -9c "$file" | wc -c)" "$file"
done
