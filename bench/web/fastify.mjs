// SPDX-License-Identifier: Apache-2.0
// The programme page in Fastify with EJS.
import view from '@fastify/view';
import ejs from 'ejs';
import fastify from 'fastify';
import {hashed, onEachCore, open, tokenOf} from './rows.mjs';

onEachCore(async () => {
    const app = fastify();
    const rows = open();
    app.register(view, {engine: {ejs}, root: import.meta.dirname, production: true});
    app.get('/cohorts/:cohort/matches', (request, answer) => {
        const token = tokenOf(request.headers.cookie);
        const person = rows.person(token);
        if (!person)
            return answer.redirect('/sign-in');
        const cohort = rows.cohort(Number(request.params.cohort));
        if (!cohort || !person.admin)
            return answer.code(404).send();
        return answer.view('page.ejs', {person, cohort, csrf: hashed('form', token), matches: rows.matches(cohort.id)});
    });
    await app.listen({port: Number(process.env.PORT), host: '127.0.0.1'});
});
