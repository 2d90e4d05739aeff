// SPDX-License-Identifier: Apache-2.0
// What the rivals on Node.js share: the queries of the page, prepared once; a process a core.
import cluster from 'node:cluster';
import {createHash} from 'node:crypto';
import os from 'node:os';
import Database from 'better-sqlite3';

const KEPT_US = 30n * 86400n * 1000000n;

// Node's crypto has no BLAKE2b of 32 bytes, so SHA-256 stands in; the database knows the token by both.
export const hashed = (purpose, token) => createHash('sha256').update(`${purpose}\0${token}`).digest('hex');

export function open() {
    const db = new Database(process.env.TRELLIS_DB, {readonly: true});
    db.pragma('mmap_size=2147418112');
    const person = db.prepare('SELECT p.id, p.name, p.admin FROM session s JOIN person p ON p.id = s.person WHERE s.hash = ? ' +
        'AND s.created_at > ? AND p.closed_at = 0');
    const cohort = db.prepare('SELECT id, name FROM cohort WHERE id = ?');
    const matches = db.prepare('SELECT m.id, m.state, m.mentee_yes, m.mentor_yes, m.words, m.mentee_name AS mentee, ' +
        'm.mentor_name AS mentor FROM "match" m WHERE m.cohort = ? ' +
        'ORDER BY m.mentee_key, m.id LIMIT 5000');
    return {
        person: (token) => person.get(hashed('session', token), BigInt(Date.now()) * 1000n - KEPT_US),
        cohort: (id) => cohort.get(id),
        matches: (id) => matches.all(id),
    };
}

export function tokenOf(header) {
    return /(?:^|; )trellis=([^;]*)/.exec(header ?? '')?.[1] ?? '';
}

export function onEachCore(serve) {
    if (!cluster.isPrimary)
        return serve();
    for (let k = 0; k < os.availableParallelism(); k++)
        cluster.fork();
    process.on('SIGTERM', () => process.exit(0));
}
