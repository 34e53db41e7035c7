#include "checks/access/bypassleft.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BypassLeft)
};

constexpr auto kLeftOut = "left_out"_L1;

// Left out without a sentence of its own (LookGap::isSlight).
bool isUnmarked(const BypassLook &look, const QString &code)
{
    return std::ranges::any_of(look.unsent, [&](const LookGap &gap) {
        return gap.isSlight && std::ranges::find(gap.hides, code, &Unseen::code) != gap.hides.end();
    });
}

} // namespace

QStringList routesOf(const BypassLook &look, BypassGap::Why why)
{
    QStringList routes;
    for (const BypassGap &gap : look.gaps) {
        if (gap.why == why)
            routes.append(gap.route);
    }
    return routes;
}

QStringList leftOutOf(const BypassLook &look)
{
    return routesOf(look, BypassGap::Why::LeftOut);
}

QStringList leftOutBy(const QJsonObject &before)
{
    QStringList routes;
    for (const QJsonValue route : before.value(kLeftOut).toArray())
        routes.append(route.toString());
    return routes;
}

void noteLeftOut(const QStringList &routes, QJsonObject &observed)
{
    if (!routes.isEmpty())
        observed.insert(kLeftOut, QJsonArray::fromStringList(routes));
}

QString withWhatIsLeft(const QString &summary, const BypassLook &look)
{
    QStringList all{summary};
    if (const auto left = static_cast<int>(leftOutOf(look).size()); left > 0)
        all.append(Text::tr("%n more private address(es) were not tried: one look takes %1 at most, and the next one "
                            "begins with those",
                            nullptr, left)
                       .arg(kMostBypassTargets));
    if (isUnmarked(look, u"method_override"_s))
        all.append(Text::tr("A method named in a header or a form was not tried: mark the POST of a private address as "
                            "safe to write"));
    if (isUnmarked(look, u"override_writes"_s))
        all.append(Text::tr("A change in disguise was not tried: no record is marked that can be made, changed and "
                            "removed again"));
    else if (isUnmarked(look, u"content_type_swap"_s))
        all.append(Text::tr("A body of another kind was not tried: that of the test record can be written in no other "
                            "way"));
    return all.join(u". "_s);
}

} // namespace cockpit
