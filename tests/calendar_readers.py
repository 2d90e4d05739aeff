# SPDX-License-Identifier: Apache-2.0
"""Two more readers of our calendars, where they are installed: libical, with its own rules of what each METHOD may and must
have, and Radicale, a calendar server that keeps each one and gives it back.

Used by letters_check.py. What libical says of our own calendars is asked in this process: they are not foreign ones.
"""
import base64
import ctypes
import ctypes.util
import io
import logging
import shutil
import sys
import tempfile

try:
    import radicale
    import radicale.config
except ImportError:
    radicale = None


class Span(ctypes.Structure):
    _fields_ = [('start', ctypes.c_long), ('end', ctypes.c_long), ('busy', ctypes.c_int)]


def open_libical():
    name = ctypes.util.find_library('ical')
    if name is None:
        return None
    lib = ctypes.CDLL(name)
    whole, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for function, result, arguments in (
            ('icalparser_parse_string', whole, [text]), ('icalcomponent_free', None, [whole]), ('icalcomponent_string_to_kind', number, [text]),
            ('icalproperty_string_to_kind', number, [text]), ('icalcomponent_count_components', number, [whole, number]),
            ('icalcomponent_get_first_component', whole, [whole, number]), ('icalcomponent_get_method', number, [whole]),
            ('icalproperty_method_to_string', text, [number]), ('icalcomponent_get_uid', text, [whole]), ('icalcomponent_get_sequence', number, [whole]),
            ('icalcomponent_get_span', Span, [whole]), ('icalcomponent_get_status', number, [whole]), ('icalproperty_status_to_string', text, [number]),
            ('icalcomponent_count_properties', number, [whole, number]), ('icalcomponent_count_errors', number, [whole]),
            ('icalrestriction_check', number, [whole])):
        getattr(lib, function).restype = result
        getattr(lib, function).argtypes = arguments
    return lib


LIBICAL = open_libical()


def read_libical(calendar):
    """What libical reads; with its complaints in place of the method when it has any."""
    whole = LIBICAL.icalparser_parse_string(calendar.encode())
    if whole is None:
        return ['nothing']
    kind = LIBICAL.icalcomponent_string_to_kind(b'VEVENT')
    event = LIBICAL.icalcomponent_get_first_component(whole, kind)
    method = LIBICAL.icalproperty_method_to_string(LIBICAL.icalcomponent_get_method(whole)).decode()
    if LIBICAL.icalcomponent_count_components(whole, kind) != 1 or LIBICAL.icalrestriction_check(whole) != 1 or LIBICAL.icalcomponent_count_errors(whole):
        method = 'refused'
    span = LIBICAL.icalcomponent_get_span(event)
    said = [method, LIBICAL.icalcomponent_get_uid(event).decode(), LIBICAL.icalcomponent_get_sequence(event), float(span.start), float(span.end),
            LIBICAL.icalproperty_status_to_string(LIBICAL.icalcomponent_get_status(event)).decode(),
            LIBICAL.icalcomponent_count_properties(event, LIBICAL.icalproperty_string_to_kind(b'ATTENDEE'))]
    LIBICAL.icalcomponent_free(whole)
    return said


class Calendars:
    """Radicale as its web server runs it, without the sockets."""

    def __init__(self):
        logging.getLogger('radicale').setLevel(logging.CRITICAL)
        self.folder = tempfile.mkdtemp(prefix='trellis-radicale-')
        settings = radicale.config.load()
        settings.update({'storage': {'filesystem_folder': self.folder, '_filesystem_fsync': 'False'}, 'auth': {'type': 'none'}, 'logging': {'level': 'critical'}},
                        'test', privileged=True)
        self.server = radicale.Application(settings)
        self.ask('MKCALENDAR', '')

    def ask(self, method, name, body=''):
        said = []
        raw = body.encode()
        environ = {'REQUEST_METHOD': method, 'SCRIPT_NAME': '', 'PATH_INFO': f'/bea/meetings/{name}', 'CONTENT_LENGTH': str(len(raw)), 'CONTENT_TYPE': 'text/calendar; charset=utf-8',
                   'HTTP_AUTHORIZATION': 'Basic ' + base64.b64encode(b'bea:x').decode(), 'wsgi.input': io.BytesIO(raw), 'wsgi.errors': sys.stderr,
                   'wsgi.url_scheme': 'http', 'REMOTE_ADDR': '127.0.0.1'}
        parts = self.server(environ, lambda status, headers, _=None: said.append(int(status.split()[0])))
        return said[0], b''.join(parts).decode()

    def close(self):
        shutil.rmtree(self.folder)


def stored(calendar):
    """As a calendar program stores what came by mail: without its METHOD (RFC 4791, 4.1)."""
    return ''.join(line for line in calendar.splitlines(keepends=True) if not line.startswith('METHOD:'))


A_CALENDAR = 200  # meetings: Radicale looks at all that a calendar holds each time it takes one more


def try_radicale(calendars, read):
    """Puts all of them in their order, in calendars of some meetings each; gives what went wrong first, and how many were kept."""
    parts, uids = [[]], set()
    for calendar in calendars:
        uid = read(calendar)[1]
        if uid not in uids and len(uids) == A_CALENDAR:
            parts.append([])
            uids = set()
        uids.add(uid)
        parts[-1].append(calendar)
    kept = 0
    for part in parts:
        wrong, count = try_one_calendar(part, read)
        if wrong:
            return wrong, 0
        kept += count
    return None, kept


def try_one_calendar(calendars, read):
    server, last = Calendars(), {}
    try:
        for calendar in calendars:
            said = read(calendar)
            name = f'{said[1]}.ics'
            status, _ = server.ask('PUT', name, stored(calendar))
            if status not in (200, 201, 204):
                return f'{said[1]} is refused: {status}', 0
            last[said[1]] = said
            status, kept = server.ask('GET', name)
            if status != 200 or read(kept.replace('BEGIN:VEVENT', f'METHOD:{said[0]}\r\nBEGIN:VEVENT'))[1:] != said[1:]:
                return f'{said[1]} comes back otherwise', 0
        _, whole = server.ask('GET', '')
        return (None, len(last)) if whole.count('BEGIN:VEVENT') == len(last) else ('some were not kept', 0)
    finally:
        server.close()
