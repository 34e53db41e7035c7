// What all rules find in a text, for test programs.
#pragma once

#include "checks/secrets/exampletemplate.h"
#include "checks/secrets/textscanner.h"
#include "tests/checks/secrets/allrules.h"

#include <QDateTime>
#include <QStringList>

namespace cockpit::test {

inline std::vector<SecretHit> allHitsIn(const QByteArray &text)
{
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'800'000'000);
    auto scanner = TextScanner::make(allRules(), {QByteArray(32, 'k'), {}, now});
    return scanner->scan(std::string_view(text.constData(), static_cast<size_t>(text.size()))).hits;
}

// "rule severity line", by place.
inline QStringList shownHits(const QByteArray &text)
{
    QStringList lines;
    for (const SecretHit &hit : allHitsIn(text)) {
        lines.append(QStringLiteral("%1 %2 %3").arg(hit.rule->id, toWord(hit.severity)).arg(hit.line));
    }
    return lines;
}

// A value of that form (exampletemplate.h).
inline QByteArray valueOf(const char *form, quint32 seed = 1)
{
    return expanded(QByteArray(form), seed);
}

} // namespace cockpit::test
