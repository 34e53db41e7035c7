// What a look at files hides and says, for the tests of it.
#pragma once

#include "checks/engine/lookgaps.h"

#include <QStringList>
#include <QUrl>

#include <vector>

namespace cockpit::test {

using namespace Qt::StringLiterals;

inline QUrl fileAt(const QString &path)
{
    return QUrl(u"https://app.example.com"_s + path);
}

inline QStringList hiddenBy(const std::vector<LookGap> &all)
{
    QStringList subjects;
    for (const LookGap &one : all) {
        for (const Unseen &gap : one.hides)
            subjects.append(gap.subject);
    }
    return subjects;
}

inline QString saidBy(const std::vector<LookGap> &all)
{
    QStringList sentences;
    for (const LookGap &one : all)
        sentences.append(one.sentence);
    return sentences.join(u' ');
}

} // namespace cockpit::test
