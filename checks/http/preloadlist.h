// Names that browsers ask by HTTPS only, whatever the site says (resources/rules/hsts-preload.json): whole top-level
// domains. The list of single names changes with every browser release and is not part of this program.
#pragma once

#include "models/result.h"

#include <QSet>
#include <QString>

namespace cockpit {

[[nodiscard]] Result<QSet<QString>> parsePreloadList(const QByteArray &json);
// The one that comes with the program.
[[nodiscard]] Result<QSet<QString>> loadPreloadList();

// host itself or a name above it stands in the list.
bool isPreloaded(const QString &host, const QSet<QString> &names);

} // namespace cockpit
