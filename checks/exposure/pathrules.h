// Which paths are asked for, and what their content must be to count (resources/rules/exposed-paths.json). A status
// alone proves nothing: every rule has a predicate on the content.
#pragma once

#include "models/result.h"
#include "models/vocabulary.h"

#include <QByteArray>
#include <QRegularExpression>
#include <QStringList>

#include <vector>

namespace cockpit {

struct PathRule
{
    QString id;
    QStringList paths; // {host} stands for the host's name
    Severity severity = Severity::Low;
    Impact impact = Impact::DataExposure;
    QString title;                  // of the finding, for a founder
    QRegularExpression pattern;     // somewhere in the first bytes
    QRegularExpression linePattern; // on at least linesNeeded lines
    int linesNeeded = 0;
    std::vector<QByteArray> magics; // one of them begins the content
    QString absentAtStart;          // must not stand in the first 200 bytes
    bool needsJson = false;
    bool allowsHtml = false; // an HTML answer is what is looked for

    bool accepts(const QByteArray &body, const QByteArray &contentType) const;
};

// BadInput names the rule and what is wrong: an unknown member or word, no predicate, a pattern that does not compile.
[[nodiscard]] Result<std::vector<PathRule>> parsePathRules(const QByteArray &json);
// Those that come with the program.
[[nodiscard]] Result<std::vector<PathRule>> loadPathRules();

} // namespace cockpit
