// What three tools say about a host, in the same words.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QMap>
#include <QString>

#include <map>

namespace cockpit::bench {

// "TLS 1.0" → "yes"; "key" → "RSA 2048"; "trusted", "name" → "yes". What a tool does not look at is missing.
using Verdicts = QMap<QString, QString>;

Verdicts readOurs(const std::map<QString, QJsonObject> &observed);
Verdicts readTestssl(const QByteArray &json); // --jsonfile
Verdicts readSslscan(const QByteArray &xml);  // --xml

} // namespace cockpit::bench
