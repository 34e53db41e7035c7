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

// Ended by itself: what it did not see is at routes that it names.
bool isWhole(const ErrorLook &look)
{
    return look.brokenOff.isEmpty() && look.notSignedIn.isEmpty() && look.good > 0;
}

// Whom the product kept out at the door then as now may still have seen it.
bool isAnsweredAgain(const ErrorLook &look, const OwedLeak &one)
{
    return one.what && std::ranges::any_of(look.answered, [&](const AnsweredRead &read) {
               return read.route == one.route && read.what == *one.what &&
                      (read.tells || (one.usualStatus != 0 && read.usualStatus == one.usualStatus));
           });
}

bool isTold(const ErrorLook &look, const OwedLeak &one)
{
    if (one.route.isEmpty())
        return isWhole(look);
    return !look.listed.contains(one.route) || isAnsweredAgain(look, one) ||
           (look.asked.contains(one.route) && !look.partly.contains(one.route));
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

// Of those that are owed: why it was asked in vain.
QString shutText(const QStringList &routes)
{
    return routes.isEmpty()
               ? QString()
               : Text::tr("An earlier look found something at %1. Today your product refused the good request there as "
                          "well, or broke on it, so that its errors tell nothing: it may still be open. Look at the "
                          "test accounts and the list of routes.")
                     .arg(namesInWords(routes));
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
            const OwedLeak one{.route = row["route"_L1].toString(),
                               .kind = row["kind"_L1].toString(),
                               .host = row["host"_L1].toString(),
                               .what =
                                   row["what"_L1].isString() ? std::optional(row["what"_L1].toString()) : std::nullopt,
                               .usualStatus = row["usual_status"_L1].toInt()};
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
    std::vector<OwedLeak> before = leaksIn(look.before);
    if (isWhole(look) && std::ranges::find(before, OwedLeak()) != before.end()) {
        for (const QString &route : look.silentAt + look.unsentTo + look.without + look.beyond)
            before.push_back({.route = route});
    }
    return notAskedAgain(before, [&](const OwedLeak &one) { return isTold(look, one); });
}

void noteOwed(const std::vector<OwedLeak> &owed, QJsonObject &observed)
{
    QJsonArray rows;
    for (const OwedLeak &one : owed) {
        QJsonObject row{{u"route"_s, one.route}, {u"kind"_s, one.kind}, {u"host"_s, one.host}};
        if (one.what) {
            row.insert(u"what"_s, *one.what);
            row.insert(u"usual_status"_s, one.usualStatus);
        }
        rows.append(row);
    }
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
    QStringList untried = routesOf(owed), shut;
    for (const QString &route : look.shut) {
        if (untried.removeAll(route) > 0)
            shut.append(route);
    }
    gaps.say(shutText(shut));
    gaps.say(notAskedAgainText(untried));
    return gaps;
}

} // namespace cockpit
