#!/bin/sh
# Builds the web application for the server's jar; does nothing when nothing has changed since the last build.
set -eu
cd "$(dirname "$0")"

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi

stamp=dist/.built
if [ -f "$stamp" ] && [ -z "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -path ./dist-passwords -prune \
  -o -path ./target -prune -o -type f -newer "$stamp" -print | head -n 1)" ]; then
  echo "web: up to date"
  exit 0
fi
npm run build
touch "$stamp"
