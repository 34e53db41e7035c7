// What workshop versions and talkative error pages show (resources/rules/debug-marks.json).
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QRegularExpression>

#include <vector>

namespace cockpit {

struct DebugMark
{
    enum class Where {
        ErrorPage, // in the answer to an address that does not exist
        Page,      // in the page that visitors get
    };

    QString id;
    Where where = Where::ErrorPage;
    QRegularExpression pattern;
    Severity severity = Severity::Medium;
    QString title; // of the finding, for a founder
};

// BadInput names the mark that is not usable.
[[nodiscard]] Result<std::vector<DebugMark>> parseDebugMarks(const QByteArray &json);
[[nodiscard]] Result<std::vector<DebugMark>> loadDebugMarks();

} // namespace cockpit
