// YAML as the JSON that it stands for, as far as API documents need it.
#pragma once

#include "models/result.h"

#include <QByteArray>
#include <QJsonValue>

namespace cockpit {

constexpr qsizetype kLongestYaml = 8LL * 1024 * 1024;
constexpr int kDeepestYaml = 64;
// Nodes, those that an alias repeats counted each time: a file of 1 KB can stand for billions of them.
constexpr qint64 kMostYamlNodes = 500'000;
// The same for the characters of its texts: each alias of a long one stands for a copy.
constexpr qint64 kMostYamlText = 32LL * 1024 * 1024;

// The first document. Plain true, false, null and the empty text become JSON's; every other scalar is a text ("2.0" and
// 2.0 are the same version). BadInput with the line for text that is no YAML; TooLarge past one of the limits.
[[nodiscard]] Result<QJsonValue> yamlToJson(const QByteArray &yaml);

} // namespace cockpit
