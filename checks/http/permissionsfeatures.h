// What a Permissions-Policy header says about each feature.
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <map>
#include <optional>

namespace cockpit {

enum class FeatureUsers { Nobody, Own, Listed, Everybody };
QString toWord(FeatureUsers value);

using Features = std::map<QByteArray, FeatureUsers>;
// A structured dictionary (RFC 9651) of allow-lists. Empty when it is none: browsers then ignore the whole header.
std::optional<Features> parsePermissionsPolicy(const QByteArrayList &lines);

} // namespace cockpit
