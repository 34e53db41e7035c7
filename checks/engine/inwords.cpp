#include "checks/engine/inwords.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(InWords)
};

struct Shown
{
    QStringList parts;
    int more = 0; // that are not shown
};

Shown shownOf(const QStringList &all, qsizetype most)
{
    return {all.first(std::min(all.size(), most)), static_cast<int>(std::max<qsizetype>(0, all.size() - most))};
}

} // namespace

QString namesInWords(const QStringList &names, qsizetype most)
{
    Shown shown = shownOf(names, most);
    if (shown.more > 0)
        shown.parts.append(Text::tr("and %n more", "at the end of a list of names", shown.more));
    return shown.parts.join(u", "_s);
}

QString sentencesInWords(const QStringList &sentences, qsizetype most)
{
    Shown shown = shownOf(sentences, most);
    if (shown.more > 0)
        shown.parts.append(Text::tr("And %n more.", "after the last of some sentences", shown.more));
    return shown.parts.join(u' ');
}

} // namespace cockpit
