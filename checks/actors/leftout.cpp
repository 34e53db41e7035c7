#include "checks/actors/leftout.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeftOut)
};

} // namespace

QString leftOutText(const QStringList &routes, int most)
{
    constexpr qsizetype kMostNamed = 8;
    if (routes.isEmpty())
        return {};
    QStringList named = routes.first(std::min(routes.size(), kMostNamed));
    if (const auto more = static_cast<int>(routes.size() - named.size()); more > 0)
        named.append(Text::tr("and %n more", "routes", more));
    return Text::tr("One look tries %1 of them at most. Not tried, %n more route(s): %2.", nullptr,
                    static_cast<int>(routes.size()))
        .arg(QString::number(most), named.join(u", "_s));
}

} // namespace cockpit
