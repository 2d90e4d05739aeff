# SPDX-License-Identifier: Apache-2.0
"""The programme page in Django: settings, URL and view in one file, SQL by hand on Django's connection."""
import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path

import rows

settings.configure(
    DEBUG=False, SECRET_KEY='only for a benchmark', ROOT_URLCONF=__name__, ALLOWED_HOSTS=['*'], USE_I18N=False,
    MIDDLEWARE=['django.middleware.security.SecurityMiddleware', 'django.middleware.common.CommonMiddleware',
                'django.middleware.clickjacking.XFrameOptionsMiddleware'],
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': os.environ['TRELLIS_DB'], 'CONN_MAX_AGE': None}},
    TEMPLATES=[{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': [os.path.dirname(os.path.abspath(__file__))],
                'OPTIONS': {'loaders': [('django.template.loaders.cached.Loader', ['django.template.loaders.filesystem.Loader'])]}}])
django.setup()


def every(cursor, sql, values):
    cursor.execute(sql.replace('?', '%s'), values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def matches(request, number):
    token = request.COOKIES.get('trellis', '')
    with connection.cursor() as cursor:
        who = every(cursor, rows.PERSON, (rows.hashed('session', token), rows.now_us() - rows.KEPT))
        if not who:
            return redirect('/sign-in')
        cohort = every(cursor, rows.COHORT, (number,))
        if not cohort or not who[0]['admin']:
            raise Http404
        found = every(cursor, rows.MATCHES, (number,))
    return render(request, 'page.html', {'person': who[0], 'cohort': cohort[0], 'csrf': rows.hashed('form', token), 'matches': found})


urlpatterns = [path('cohorts/<int:number>/matches', matches)]
app = get_wsgi_application()
