#include "models/jsonfields.h"

#include <QJsonObject>

namespace cockpit::json {

using namespace Qt::StringLiterals;

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QStringList strings(const QJsonValue &array)
{
    QStringList list;
    for (const QJsonValue value : array.toArray())
        list.append(value.toString());
    return list;
}

QJsonArray fromEvidence(const std::vector<Evidence> &evidence)
{
    QJsonArray array;
    for (const Evidence &piece : evidence)
        array.append(QJsonObject{{u"title"_s, piece.title}, {u"body"_s, piece.body}});
    return array;
}

std::vector<Evidence> toEvidence(const QJsonValue &array)
{
    std::vector<Evidence> evidence;
    for (const QJsonValue value : array.toArray())
        evidence.push_back({.title = value["title"_L1].toString(), .body = value["body"_L1].toString()});
    return evidence;
}

} // namespace cockpit::json
