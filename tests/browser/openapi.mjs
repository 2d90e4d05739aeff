// SPDX-License-Identifier: Apache-2.0
// The description of the REST API against the schema of OpenAPI 3.1, and what that schema does not say:
// each reference leads somewhere, each name of an operation is the only one, each path parameter is
// declared, each tag and schema is used, and each schema is one that a validator can compile.
//
//   node openapi.mjs FILE      prints TAP; pages.mjs asks the same of the server that it runs
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv/dist/2020.js'
import { Validator } from '@seriousme/openapi-schema-validator'

export async function lookAtApi(api, ok) {
    const found = await new Validator().validate(structuredClone(api))
    ok(found.valid, 'the description is OpenAPI', JSON.stringify(found.errors, null, 1))
    ok(api.openapi === '3.1.0', 'version 3.1')

    const references = [...JSON.stringify(api).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((one) => one[1])
    const lost = references.filter((path) => path.split('/').reduce((at, name) => at?.[name], api) === undefined)
    ok(references.length > 50 && lost.length === 0, 'each reference leads somewhere', lost.join('\n'))

    const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })))
    const names = operations.map((one) => one.operationId)
    ok(new Set(names).size === names.length, 'each operation has a name of its own')
    for (const one of operations) {
        const wanted = [...one.path.matchAll(/\{(\w+)\}/g)].map((name) => name[1]).join()
        const named = one.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name).join()
        if (wanted !== named) ok(false, `${one.method} ${one.path}: its parameters are declared`, `${wanted} / ${named}`)
    }
    const tags = new Set(api.tags.map((one) => one.name))
    ok(operations.every((one) => one.tags.every((tag) => tags.has(tag))), 'each tag is declared')
    const unused = Object.keys(api.components.schemas).filter((name) => !references.includes(`components/schemas/${name}`))
    ok(unused.length === 0, 'each schema is used', unused.join('\n'))

    const ajv = new Ajv({ strict: true, strictTypes: false, validateFormats: false, allowUnionTypes: true })
    ajv.addKeyword('components')
    ajv.addSchema({ $id: 'api', components: api.components })
    const bodies = operations.flatMap((one) => Object.entries(one.requestBody?.content ?? {}).map(([type, body]) =>
        [`${one.method} ${one.path} ${type}`, body.schema]))
    const broken = []
    for (const [name, schema] of [...Object.keys(api.components.schemas).map((name) =>
        [name, { $ref: `#/components/schemas/${name}` }]), ...bodies]) {
        try {
            ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('#/components', 'api#/components')))
        } catch (error) {
            broken.push(`${name}: ${error.message}`)
        }
    }
    ok(broken.length === 0, 'each schema compiles', broken.join('\n'))
    ok(operations.filter((one) => one.method === 'get' && one.responses['200'].content).length > 40, 'most pages with data answer programs')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    let ran = 0
    let failed = 0
    await lookAtApi(JSON.parse(fs.readFileSync(process.argv[2], 'utf8')), (held, name, more = '') => {
        ran++
        failed += held ? 0 : 1
        console.log(`${held ? 'ok' : 'not ok'} ${ran} - ${name}`)
        if (!held && more) console.log(String(more).split('\n').slice(0, 40).map((line) => `# ${line}`).join('\n'))
    })
    console.log(`1..${ran}`)
    process.exit(failed ? 1 : 0)
}
