# SPDX-License-Identifier: Apache-2.0
"""The part of JSON Schema that the description of the REST API uses, and nothing else: a keyword that is
not known here is a fault, so that no rule goes unchecked."""
import datetime
import re

KNOWN = {'$ref', 'type', 'properties', 'required', 'additionalProperties', 'items', 'enum', 'anyOf', 'pattern',
         'format', 'description', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'}
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'null': type(None)}


def is_type(value, name):
    if name == 'integer':
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def has_format(value, name):
    try:
        if name == 'date':
            return datetime.date.fromisoformat(value).isoformat() == value
        if name == 'date-time':
            return datetime.datetime.strptime(value, '%Y-%m-%dT%H:%M:%SZ') is not None
    except ValueError:
        return False
    return True


def resolve(api, reference):
    at = api
    for name in reference.removeprefix('#/').split('/'):
        at = at[name]
    return at


def faults(api, schema, value, place='$'):
    """What is wrong with a value, as sentences."""
    unknown = set(schema) - KNOWN
    if unknown:
        return [f'{place}: the schema has {unknown}']
    if '$ref' in schema:
        return faults(api, resolve(api, schema['$ref']), value, place)
    if 'anyOf' in schema:
        tries = [faults(api, one, value, place) for one in schema['anyOf']]
        return [] if any(not one for one in tries) else tries[0]
    found = []
    names = schema.get('type', [])
    names = names if isinstance(names, list) else [names]
    if names and not any(is_type(value, name) for name in names):
        return [f'{place}: {value!r} is no {names}']
    if 'enum' in schema and value not in schema['enum']:
        found.append(f'{place}: {value!r} is none of {schema["enum"]}')
    if isinstance(value, str):
        if 'pattern' in schema and not re.search(schema['pattern'], value):
            found.append(f'{place}: {value!r} is not {schema["pattern"]}')
        if 'format' in schema and not has_format(value, schema['format']):
            found.append(f'{place}: {value!r} is no {schema["format"]}')
    if isinstance(value, list):
        for k, one in enumerate(value):
            found += faults(api, schema.get('items', {}), one, f'{place}[{k}]')
    if isinstance(value, dict):
        members = schema.get('properties', {})
        found += [f'{place}: {name} is missing' for name in schema.get('required', []) if name not in value]
        for name, one in value.items():
            if name in members:
                found += faults(api, members[name], one, f'{place}.{name}')
            elif schema.get('additionalProperties', True) is False:
                found.append(f'{place}: {name} is not declared')
    return found


def members(value, place=''):
    """The paths of all members that have a value: 'people[].name'."""
    if isinstance(value, dict):
        return {path for name, one in value.items() for path in members(one, f'{place}.{name}' if place else name)}
    if isinstance(value, list):
        return {path for one in value for path in members(one, f'{place}[]')}
    return set() if value is None else {place}
