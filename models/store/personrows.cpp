// What people decided, answered and listed.
#include "models/store/rows.h"

namespace cockpit::store {

using namespace Qt::StringLiterals;

void writeDecision(Statements &statements, const Decision &decision)
{
    const QVariant until = decision.until.isNull() ? QVariant(QMetaType::fromType<QString>())
                                                   : QVariant(decision.until.toString(Qt::ISODate));
    statements.run(u"INSERT OR REPLACE INTO decision (finding_id, kind, until, reason, by_whom, decided_at)"
                   " VALUES (?, ?, ?, ?, ?, ?)"_s,
                   {decision.findingId, toWord(decision.kind), until, fromText(decision.reason), fromText(decision.by),
                    fromTime(decision.decidedAt)});
}

void readDecisions(Statements &statements, ProjectState &state)
{
    const QString sql = u"SELECT finding_id, kind, until, reason, by_whom, decided_at FROM decision"_s;
    statements.each(sql, {}, [&](const QSqlQuery &row) {
        Decision decision;
        decision.findingId = row.value(0).toString();
        const QString kind = row.value(1).toString();
        decision.kind = meaningOf(statements, decisionKindFromWord(kind), u"decision"_s, kind);
        decision.until = QDate::fromString(row.value(2).toString(), Qt::ISODate);
        decision.reason = row.value(3).toString();
        decision.by = row.value(4).toString();
        decision.decidedAt = toTime(row.value(5));
        state.decisions.insert_or_assign(decision.findingId, decision);
    });
}

void writeAnswer(Statements &statements, const Answer &answer)
{
    // Not REPLACE alone: its implicit delete takes the old attachments along only with recursive triggers off, so the
    // old row goes first and the foreign key cleans up.
    statements.run(u"DELETE FROM answer WHERE subject = ?"_s, {answer.subject});
    statements.run(u"INSERT INTO answer (subject, value, text, by_whom, answered_at) VALUES (?, ?, ?, ?, ?)"_s,
                   {answer.subject, toWord(answer.value), fromText(answer.text), fromText(answer.by),
                    fromTime(answer.answeredAt)});
    int position = 0;
    for (const Attachment &attachment : answer.attachments)
        statements.run(u"INSERT INTO attachment (subject, position, kind, text, sha256) VALUES (?, ?, ?, ?, ?)"_s,
                       {answer.subject, position++, toWord(attachment.kind), fromText(attachment.text),
                        fromText(attachment.sha256)});
}

void readAnswers(Statements &statements, ProjectState &state)
{
    statements.each(u"SELECT subject, value, text, by_whom, answered_at FROM answer"_s, {}, [&](const QSqlQuery &row) {
        Answer answer;
        answer.subject = row.value(0).toString();
        const QString value = row.value(1).toString();
        answer.value = meaningOf(statements, answerValueFromWord(value), u"answer"_s, value);
        answer.text = row.value(2).toString();
        answer.by = row.value(3).toString();
        answer.answeredAt = toTime(row.value(4));
        state.answers.insert_or_assign(answer.subject, answer);
    });
    const QString sql = u"SELECT subject, kind, text, sha256 FROM attachment ORDER BY subject, position"_s;
    statements.each(sql, {}, [&](const QSqlQuery &row) {
        const QString kind = row.value(1).toString();
        state.answers[row.value(0).toString()].attachments.push_back(
            {meaningOf(statements, attachmentKindFromWord(kind), u"attachment"_s, kind), row.value(2).toString(),
             row.value(3).toString()});
    });
}

void writeRoutes(Statements &statements, const std::vector<Route> &routes)
{
    statements.run(u"DELETE FROM route"_s);
    for (const Route &route : routes)
        statements.run(u"INSERT INTO route (method, path, access, host, safe_to_write, source, access_guessed, seen)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                       {fromText(route.method), fromText(route.path), toWord(route.access), fromText(route.host),
                        route.safeToWrite, fromText(route.source), route.isGuessed, fromText(route.seen)});
}

void writeCredentials(Statements &statements, const std::vector<Credential> &credentials)
{
    statements.run(u"DELETE FROM credential"_s);
    for (const Credential &credential : credentials)
        statements.run(u"INSERT INTO credential (name, purpose, keychain_entry, created_at, last_used_at)"
                       " VALUES (?, ?, ?, ?, ?)"_s,
                       {fromText(credential.name), fromText(credential.purpose), fromText(credential.keychainEntry),
                        fromTime(credential.createdAt), fromTime(credential.lastUsedAt)});
}

void noteCredentialUse(Statements &statements, const QStringList &entries, const QDateTime &at)
{
    for (const QString &entry : entries)
        statements.run(u"UPDATE credential SET last_used_at = ? WHERE keychain_entry = ?"_s,
                       {fromTime(at), fromText(entry)});
}

void writeOwnership(Statements &statements, const std::vector<Ownership> &ownership)
{
    statements.run(u"DELETE FROM ownership"_s);
    for (const Ownership &row : ownership)
        statements.run(u"INSERT INTO ownership (system, provider, owner, backup, notes) VALUES (?, ?, ?, ?, ?)"_s,
                       {fromText(row.system), fromText(row.provider), fromText(row.owner), fromText(row.backup),
                        fromText(row.notes)});
}

void writeNames(Statements &statements, const std::vector<ListedName> &names)
{
    statements.run(u"DELETE FROM listed_name"_s);
    int position = 0;
    for (const ListedName &name : names)
        statements.run(u"INSERT INTO listed_name (name, position, purpose, source) VALUES (?, ?, ?, ?)"_s,
                       {fromText(name.name), position++, fromText(name.purpose), fromText(name.source)});
}

void readLists(Statements &statements, ProjectState &state)
{
    const QString routes = u"SELECT method, path, access, host, safe_to_write, source, access_guessed, seen FROM route"
                           " ORDER BY position"_s;
    statements.each(routes, {}, [&](const QSqlQuery &row) {
        const QString access = row.value(2).toString();
        state.routes.push_back({row.value(0).toString(), row.value(1).toString(),
                                meaningOf(statements, fromWord<AccessClass>(access), u"route"_s, access),
                                row.value(3).toString(), row.value(4).toBool(), row.value(5).toString(),
                                row.value(6).toBool(), row.value(7).toString()});
    });
    const QString credentials =
        u"SELECT name, purpose, keychain_entry, created_at, last_used_at FROM credential ORDER BY position"_s;
    statements.each(credentials, {}, [&](const QSqlQuery &row) {
        state.credentials.push_back({row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
                                     toTime(row.value(3)), toTime(row.value(4))});
    });
    const QString ownership = u"SELECT system, provider, owner, backup, notes FROM ownership ORDER BY position"_s;
    statements.each(ownership, {}, [&](const QSqlQuery &row) {
        state.ownership.push_back({row.value(0).toString(), row.value(1).toString(), row.value(2).toString(),
                                   row.value(3).toString(), row.value(4).toString()});
    });
    const QString names = u"SELECT name, purpose, source FROM listed_name ORDER BY position"_s;
    statements.each(names, {}, [&](const QSqlQuery &row) {
        state.names.push_back({row.value(0).toString(), row.value(1).toString(), row.value(2).toString()});
    });
}

} // namespace cockpit::store
