// Writes a sprite with only the icons listed in icons.txt, in the order of the list.
import { readFileSync, writeFileSync } from 'node:fs'

const [source, target] = process.argv.slice(2)
const whole = readFileSync(source, 'utf8')
const names = readFileSync(new URL('icons.txt', import.meta.url), 'utf8').trim().split('\n')
const symbols = names.map((name) => {
  const found = whole.match(new RegExp(`<symbol id="it-${name}".*?</symbol>`, 's'))
  if (!found) throw new Error(`no icon ${name} in ${source}`)
  return found[0].replace(`id="it-${name}"`, `id="${name}"`)
})
writeFileSync(target, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('\n')}</svg>\n`)
