#include "models/store/masked.h"
#include "models/store/rows.h"

#include <QJsonDocument>

#include <set>

namespace cockpit::store {

using namespace Qt::StringLiterals;

void writeSecrets(Statements &statements, const std::vector<SecretEntry> &secrets)
{
    statements.run(u"DELETE FROM secret_entry"_s);
    for (const SecretEntry &entry : secrets) {
        const QByteArray body = QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact);
        statements.run(u"INSERT INTO secret_entry (body) VALUES (?)"_s, {QString::fromUtf8(body)});
    }
}

// The file is foreign input: what looks like a value in it is masked, so that it reaches no window and no document.
// What is no entry after that, or has the id of another, stays out of the list.
void readSecrets(Statements &statements, ProjectState &state)
{
    std::optional<Error> unreadable;
    std::set<QString> ids;
    statements.each(u"SELECT position, body FROM secret_entry ORDER BY position"_s, {}, [&](const QSqlQuery &row) {
        const QJsonDocument body = QJsonDocument::fromJson(row.value(1).toString().toUtf8());
        const auto entry = secretEntryFromJson(body.object());
        if (!body.isObject() || !entry)
            unreadable = unreadableRow(u"secret_entry"_s, row.value(0).toString());
        else if (auto checked = checkedSecret(masked(*entry));
                 checked && state.secrets.size() < kMostSecrets && ids.insert(checked->id).second)
            state.secrets.push_back(std::move(*checked));
    });
    if (unreadable)
        statements.fail(*unreadable);
}

} // namespace cockpit::store
