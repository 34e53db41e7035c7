// Reading and writing the fields that several stored forms share.
#pragma once

#include "models/finding.h"

#include <QJsonArray>
#include <QJsonValue>

namespace cockpit::json {

// Programs tell "nothing there" by null, not by an empty string (cli.md).
QJsonValue textOrNull(const QString &text);
QStringList strings(const QJsonValue &array);
QJsonArray fromEvidence(const std::vector<Evidence> &evidence);
std::vector<Evidence> toEvidence(const QJsonValue &array);

} // namespace cockpit::json
