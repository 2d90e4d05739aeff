// SPDX-License-Identifier: Apache-2.0
// The programme page in Express with EJS.
import express from 'express';
import {hashed, onEachCore, open, tokenOf} from './rows.mjs';

onEachCore(() => {
    const app = express();
    const rows = open();
    app.set('views', import.meta.dirname);
    app.set('view engine', 'ejs');
    app.enable('view cache');
    app.get('/cohorts/:cohort/matches', (request, answer) => {
        const token = tokenOf(request.headers.cookie);
        const person = rows.person(token);
        if (!person)
            return answer.redirect('/sign-in');
        const cohort = rows.cohort(Number(request.params.cohort));
        if (!cohort || !person.admin)
            return answer.sendStatus(404);
        answer.render('page', {person, cohort, csrf: hashed('form', token), matches: rows.matches(cohort.id)});
    });
    app.listen(Number(process.env.PORT), '127.0.0.1');
});
