#include "models/store/schema.h"

#include "models/projectstore.h"

namespace cockpit::store {

using namespace Qt::StringLiterals;

namespace {

const QString kIncidentNotes =
    u"CREATE TABLE incident_note (monitor_id INTEGER NOT NULL REFERENCES monitor(id) ON DELETE CASCADE,"
    " started INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (monitor_id, started)) WITHOUT ROWID"_s;

const QString kListedNames =
    u"CREATE TABLE listed_name (name TEXT PRIMARY KEY, position INTEGER NOT NULL, purpose TEXT NOT NULL,"
    " source TEXT NOT NULL) WITHOUT ROWID"_s;

// The JSON forms of models/delivery.h, each NULL until there is one.
const QString kDelivery = u"CREATE TABLE delivery (id INTEGER PRIMARY KEY CHECK (id = 1), setup TEXT, sent TEXT,"
                          " proof TEXT)"_s;

// At most one row: a baseline is accepted as a whole.
const QString kDnsBaseline = u"CREATE TABLE dns_baseline (id INTEGER PRIMARY KEY CHECK (id = 1), domain TEXT NOT NULL,"
                             " accepted_at INTEGER NOT NULL, sets TEXT NOT NULL)"_s;

// At most one row; none: as often as usual.
const QString kRecordWatch = u"CREATE TABLE record_watch (id INTEGER PRIMARY KEY CHECK (id = 1),"
                             " interval_s INTEGER NOT NULL)"_s;

// The old addresses in the order of the person; each stands once.
const QString kRedirectMap = u"CREATE TABLE redirect (position INTEGER PRIMARY KEY, old_address TEXT NOT NULL UNIQUE,"
                             " wanted_address TEXT NOT NULL)"_s;
// A new file is made with the steps that an older one takes: SQLite adds columns at the end only.
const QString kRouteGuess = u"ALTER TABLE route ADD COLUMN access_guessed INTEGER NOT NULL DEFAULT 0"_s;
const QString kRouteSeen = u"ALTER TABLE route ADD COLUMN seen TEXT NOT NULL DEFAULT ''"_s;

// What lies on this machine, in the order of the person; environment is NULL where nobody said whose it is.
const QString kLocalSources = u"CREATE TABLE local_source (position INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
                              " path TEXT NOT NULL, environment TEXT)"_s;
// The inventory of secrets (models/secretsinventory.h): names, owners and dates, never a value.
const QString kSecretEntries = u"CREATE TABLE secret_entry (position INTEGER PRIMARY KEY, body TEXT NOT NULL)"_s;

// The JSON forms of models/access/; the permission is at most one row.
const QString kPermission = u"CREATE TABLE permission (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL)"_s;
const QString kTestActors = u"CREATE TABLE test_actor (position INTEGER PRIMARY KEY, body TEXT NOT NULL)"_s;
// Up to version 8 the key that events are signed with was an API key, told by the name of its header.
const QString kSigningKeys =
    u"UPDATE test_actor SET body = json_set(body, '$.sign_in.kind', 'signing_key')"
    " WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.sign_in.kind') = 'api_key' AND"
    " (json_extract(body, '$.sign_in.header_name') LIKE '%signature' OR"
    " json_extract(body, '$.sign_in.header_name') LIKE '%signature-256' OR"
    " json_extract(body, '$.sign_in.header_name') LIKE '%hmac-sha256') ELSE 0 END"_s;
const QString kAccessRules =
    u"CREATE TABLE access_rule (position INTEGER PRIMARY KEY, method TEXT NOT NULL, path TEXT NOT NULL,"
    " host TEXT NOT NULL, role TEXT NOT NULL, allowance TEXT NOT NULL, guessed INTEGER NOT NULL)"_s;
const QString kRouteSamples = u"CREATE TABLE route_sample (position INTEGER PRIMARY KEY, body TEXT NOT NULL)"_s;
// The audit log: the newest lines only, so that ids must not be used again.
const QString kRequestLog =
    u"CREATE TABLE request_log (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER, check_id TEXT NOT NULL,"
    " method TEXT NOT NULL, host TEXT NOT NULL, route TEXT NOT NULL, actor TEXT NOT NULL, status INTEGER NOT NULL,"
    " duration_ms INTEGER NOT NULL, note TEXT NOT NULL)"_s;
// What runs may have left in the product (models/access/undojournal.h).
const QString kUndoJournal =
    u"CREATE TABLE undo_journal (id TEXT PRIMARY KEY, run TEXT NOT NULL, at INTEGER, ended INTEGER NOT NULL,"
    " body TEXT NOT NULL) WITHOUT ROWID"_s;

} // namespace

// Times are milliseconds since 1970 in UTC; NULL means "not set". Bodies are the JSON forms of models/, so that a field
// added there needs no migration here.
const Schema &currentSchema()
{
    static const Schema schema{
        .version = ProjectStore::kSchemaVersion,
        .create =
            {
                u"CREATE TABLE project (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, domain TEXT NOT "
                u"NULL,"
                " roadmap TEXT NOT NULL, dkim_selectors TEXT NOT NULL)"_s,
                u"CREATE TABLE host (position INTEGER PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL,"
                " https_port INTEGER NOT NULL)"_s,
                u"CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, started INTEGER, finished INTEGER,"
                " stopped INTEGER NOT NULL, roadmap TEXT NOT NULL)"_s,
                u"CREATE TABLE result (key TEXT PRIMARY KEY, run_id INTEGER NOT NULL REFERENCES run(id),"
                " body TEXT NOT NULL)"_s,
                u"CREATE TABLE finding (id TEXT PRIMARY KEY, first_seen INTEGER, last_seen INTEGER, closed_at INTEGER,"
                " body TEXT NOT NULL)"_s,
                u"CREATE TABLE history (id INTEGER PRIMARY KEY AUTOINCREMENT, finding_id TEXT NOT NULL, at INTEGER,"
                " event TEXT NOT NULL, note TEXT NOT NULL)"_s,
                u"CREATE TABLE decision (finding_id TEXT PRIMARY KEY, kind TEXT NOT NULL, until TEXT,"
                " reason TEXT NOT NULL, by_whom TEXT NOT NULL, decided_at INTEGER)"_s,
                u"CREATE TABLE answer (subject TEXT PRIMARY KEY, value TEXT NOT NULL, text TEXT NOT NULL,"
                " by_whom TEXT NOT NULL, answered_at INTEGER)"_s,
                u"CREATE TABLE attachment (subject TEXT NOT NULL REFERENCES answer(subject) ON DELETE CASCADE,"
                " position INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, sha256 TEXT NOT NULL,"
                " PRIMARY KEY (subject, position)) WITHOUT ROWID"_s,
                u"CREATE TABLE route (position INTEGER PRIMARY KEY, method TEXT NOT NULL, path TEXT NOT NULL,"
                " access TEXT NOT NULL, host TEXT NOT NULL, safe_to_write INTEGER NOT NULL, source TEXT NOT NULL)"_s,
                u"CREATE TABLE credential (position INTEGER PRIMARY KEY, name TEXT NOT NULL, purpose TEXT NOT NULL,"
                " keychain_entry TEXT NOT NULL, created_at INTEGER, last_used_at INTEGER)"_s,
                u"CREATE TABLE ownership (position INTEGER PRIMARY KEY, system TEXT NOT NULL, provider TEXT NOT NULL,"
                " owner TEXT NOT NULL, backup TEXT NOT NULL, notes TEXT NOT NULL)"_s,
                u"CREATE TABLE monitor (id INTEGER PRIMARY KEY AUTOINCREMENT, position INTEGER NOT NULL,"
                " kind TEXT NOT NULL, name TEXT NOT NULL, url TEXT NOT NULL, interval_s INTEGER NOT NULL,"
                " enabled INTEGER NOT NULL)"_s,
                u"CREATE TABLE sample (id INTEGER PRIMARY KEY, monitor_id INTEGER NOT NULL REFERENCES monitor(id)"
                " ON DELETE CASCADE, at INTEGER NOT NULL, state TEXT NOT NULL, http_status INTEGER NOT NULL,"
                " total_ms INTEGER NOT NULL, dns_ms INTEGER NOT NULL, connect_ms INTEGER NOT NULL,"
                " tls_ms INTEGER NOT NULL, first_byte_ms INTEGER NOT NULL, certificate_days INTEGER,"
                " message TEXT NOT NULL)"_s,
                u"CREATE INDEX sample_by_time ON sample (monitor_id, at)"_s,
                kIncidentNotes,
                kListedNames,
                kDelivery,
                kDnsBaseline,
                kRecordWatch,
                kRedirectMap,
                kRouteGuess,
                kRouteSeen,
                kLocalSources,
                kSecretEntries,
                kPermission,
                kTestActors,
                kAccessRules,
                kRouteSamples,
                kRequestLog,
                kUndoJournal,
            },
        .migrations = {{.from = 1, .statements = {kIncidentNotes}},
                       {.from = 2, .statements = {kListedNames, kDelivery, kDnsBaseline}},
                       {.from = 3, .statements = {kRecordWatch}},
                       {.from = 4, .statements = {kRedirectMap}},
                       {.from = 5, .statements = {kRouteGuess, kRouteSeen}},
                       {.from = 6, .statements = {kLocalSources, kSecretEntries}},
                       {.from = 7, .statements = {kPermission, kTestActors, kAccessRules, kRouteSamples, kRequestLog}},
                       {.from = 8, .statements = {kSigningKeys}},
                       {.from = 9, .statements = {kUndoJournal}}},
    };
    return schema;
}

} // namespace cockpit::store
