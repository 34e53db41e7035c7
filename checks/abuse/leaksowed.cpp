#include "checks/abuse/leaksowed.h"

#include "checks/abuse/brokenreads.h"
#include "checks/engine/inwords.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorLeak)
};

constexpr auto kOwed = "not_tried_again"_L1;

bool hidAll(const QJsonObject &observed)
{
    const std::vector<Unseen> unseen = unseenIn(observed);
    return std::ranges::find(unseen, Unseen()) != unseen.end();
}

bool isTold(const ErrorLook &look, const OwedLeak &one)
{
    if (one.route.isEmpty())
        return look.brokenOff.isEmpty() && look.notSignedIn.isEmpty() && look.partly.isEmpty() && look.silent == 0;
    return !look.listed.contains(one.route) || (look.asked.contains(one.route) && !look.partly.contains(one.route));
}

QStringList routesOf(const std::vector<OwedLeak> &owed)
{
    QStringList routes;
    for (const OwedLeak &one : owed)
        routes.append(one.route);
    routes.removeAll(QString());
    routes.removeDuplicates();
    return routes;
}

QString silentText(const ErrorLook &look)
{
    if (look.silent == 0)
        return {};
    QStringList routes = look.silentAt;
    routes.removeDuplicates();
    const QString text = Text::tr("%n request(s) brought no answer that could be read: what your product shows then is "
                                  "not known.",
                                  nullptr, look.silent);
    return routes.isEmpty() ? text : text + u' ' + Text::tr("That was at %1.").arg(namesInWords(routes));
}

} // namespace

QString leakCode(const QString &kind)
{
    for (const auto &[word, code] : {std::pair(PageLeakKind::Debug, u"debug_page_forced"_s),
                                     std::pair(PageLeakKind::Trace, u"stack_trace_forced"_s),
                                     std::pair(PageLeakKind::Database, u"database_message_forced"_s),
                                     std::pair(PageLeakKind::Path, u"server_path_forced"_s),
                                     std::pair(PageLeakKind::Version, u"version_forced"_s)}) {
        if (toWord(word) == kind)
            return code;
    }
    return {};
}

std::vector<OwedLeak> leaksIn(const QJsonObject &observed)
{
    std::vector<OwedLeak> all;
    for (const auto key : {"leaks"_L1, kOwed}) {
        for (const QJsonValue row : observed.value(key).toArray()) {
            const OwedLeak one{row["route"_L1].toString(), row["kind"_L1].toString(), row["host"_L1].toString()};
            if (std::ranges::find(all, one) == all.end())
                all.push_back(one);
        }
    }
    if (!observed.isEmpty() && !observed.contains("left_out"_L1) && hidAll(observed))
        all.push_back({});
    return all;
}

std::vector<OwedLeak> owedLeaks(const ErrorLook &look)
{
    return notAskedAgain(leaksIn(look.before), [&](const OwedLeak &one) { return isTold(look, one); });
}

void noteOwed(const std::vector<OwedLeak> &owed, QJsonObject &observed)
{
    QJsonArray rows;
    for (const OwedLeak &one : owed)
        rows.append(QJsonObject{{u"route"_s, one.route}, {u"kind"_s, one.kind}, {u"host"_s, one.host}});
    if (!rows.isEmpty())
        observed.insert(kOwed, rows);
}

LookGaps leakGaps(const ErrorLook &look)
{
    LookGaps gaps(look.brokenOff);
    gaps.say(look.notSignedIn);
    gaps.say(silentText(look));
    if (!look.unsentTo.isEmpty() && look.brokenOff.isEmpty())
        gaps.say(Text::tr("Not all bad bodies went to %1, so that not all errors of it were read.")
                     .arg(namesInWords(look.unsentTo)));
    if (!look.without.isEmpty() && look.brokenOff.isEmpty())
        gaps.say(Text::tr("No request was left to force errors at %n more route(s): %1. Allow more on the page "
                          "\"Access\".",
                          nullptr, static_cast<int>(look.without.size()))
                     .arg(namesInWords(look.without)));
    if (!look.beyond.isEmpty())
        gaps.say(Text::tr("One look forces errors at %1 routes that are read at most. Not tried, %n more: %2. The next "
                          "look begins with them.",
                          nullptr, static_cast<int>(look.beyond.size()))
                     .arg(QString::number(kMostBrokenRoutes), namesInWords(look.beyond)));
    const std::vector<OwedLeak> owed = owedLeaks(look);
    for (const OwedLeak &one : owed)
        gaps.hide({.subject = {}, .code = leakCode(one.kind), .host = one.host});
    gaps.say(notAskedAgainText(routesOf(owed)));
    return gaps;
}

} // namespace cockpit
