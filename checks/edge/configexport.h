// edge.config-export: the edge settings can be saved and compared, so drift shows. What is observed is the export
// itself, and the next look compares with it. observed: "export" (settingsexport.h), "changes":
// [{"part","what","before"|null,"after"|null}], "unread": [part] (kept as they were last time); without a zone:
// "answer".
#pragma once

#include "checks/edge/settingsexport.h"
#include "checks/engine/check.h"

namespace cockpit {

struct ExportFacts
{
    QJsonObject before; // the last export; empty: this is the first one
    QJsonObject now;
    QStringList unread; // parts
    QStringList why;    // a sentence each
};

Check configExportCheck();
Judged judgeExport(const ExportFacts &facts);

} // namespace cockpit
