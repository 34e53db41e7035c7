#include "checks/abuse/ratelimitobserved.h"

#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QJsonValue spanOf(const TrySeries &series)
{
    return series.sign && series.sign->retryAfter ? QJsonValue(static_cast<qint64>(series.sign->retryAfter->count()))
                                                  : QJsonValue();
}

QJsonObject observedOf(const TrySeries &series)
{
    return {{u"tries"_s, series.heard},
            {u"limited"_s, series.isLimited()},
            {u"silent"_s, series.isSilent},
            {u"kind"_s, series.sign ? QJsonValue(toWord(series.sign->kind)) : QJsonValue()},
            {u"retry_after"_s, spanOf(series)}};
}

QJsonObject observedOf(const SiegeReport &login)
{
    QJsonArray bypasses;
    for (const LimitBypass &one : login.bypasses)
        bypasses.append(QJsonObject{{u"way"_s, one.way},
                                    {u"detail"_s, one.detail},
                                    {u"of"_s, one.ofAccount ? u"account"_s : u"address"_s},
                                    {u"proven"_s, one.isProven}});
    QJsonArray announced;
    for (const AnnouncedLimit &limit : login.announced)
        announced.append(
            QJsonObject{{u"name"_s, limit.name},
                        {u"quota"_s, limit.quota.value_or(0)},
                        {u"window"_s, limit.window ? QJsonValue(qint64(limit.window->count())) : QJsonValue()}});
    QJsonObject account = observedOf(login.byAccount);
    account.insert("name"_L1, login.account);
    const QJsonObject baseline{{u"tries"_s, login.baseline}, {u"typical_ms"_s, qint64(login.usual.count())}};
    return {{u"route"_s, login.route},
            {u"throttled"_s, toWord(throttleOf(login))},
            {u"baseline"_s, baseline},
            {u"waited_s"_s, login.waited ? QJsonValue(qint64(login.waited->count())) : QJsonValue()},
            {u"recovered"_s, login.afterBlock == OwnerReach::NotTried
                                 ? QJsonValue()
                                 : QJsonValue(login.afterBlock == OwnerReach::LetIn)},
            {u"account"_s, login.account.isEmpty() ? QJsonValue() : QJsonValue(account)},
            {u"address"_s, observedOf(login.byAddress)},
            {u"account_alone"_s, login.accountIsBlocked},
            {u"bypasses"_s, bypasses},
            {u"announced"_s, announced}};
}

QJsonObject observedOf(const RouteSeries &one)
{
    QJsonObject row{{u"kind"_s, toWord(one.kind)}, {u"route"_s, one.route}};
    if (!one.made.isEmpty())
        row.insert("made"_L1, QJsonArray::fromStringList(one.made));
    if (!one.notTested.isEmpty()) {
        row.insert("not_tested"_L1, one.notTested);
        return row;
    }
    const QJsonObject series = observedOf(one.series);
    for (auto it = series.begin(); it != series.end(); ++it)
        row.insert(it.key(), it.value());
    row.insert("typical_ms"_L1, static_cast<qint64>(one.typical.count()));
    row.insert("bytes"_L1, one.bytes);
    if (const auto &atOnce = one.atOnce)
        row.insert("at_once"_L1, QJsonObject{{u"tries"_s, atOnce->tries},
                                             {u"answered"_s, atOnce->answered},
                                             {u"limited"_s, atOnce->limited},
                                             {u"broken"_s, atOnce->broken},
                                             {u"waited"_s, atOnce->waited}});
    return row;
}

QJsonObject observedOf(const CodeTries &code)
{
    if (!code.notTested.isEmpty())
        return {{u"route"_s, code.route}, {u"not_tested"_s, code.notTested}};
    return {{u"route"_s, code.route},
            {u"digits"_s, code.digits},
            {u"tries"_s, code.series.heard},
            {u"limited"_s, code.series.isLimited()},
            {u"chance"_s, percentOf(chanceOf(code.digits, code.series.heard))}};
}

QString wordOf(RaceAfter after)
{
    switch (after) {
    case RaceAfter::NotTold:
        return u"not_told"_s;
    case RaceAfter::Accepted:
        return u"accepted"_s;
    case RaceAfter::Refused:
        return u"refused"_s;
    case RaceAfter::HeldBack:
        return u"held_back"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject observedOf(const RaceLook &race)
{
    if (!race.notTested.isEmpty())
        return {{u"route"_s, race.route}, {u"not_tested"_s, race.notTested}};
    QJsonObject row{{u"route"_s, race.route},
                    {u"tries"_s, race.tries},
                    {u"successes"_s, race.successes},
                    {u"refused"_s, race.refused},
                    {u"limited"_s, race.limited},
                    {u"broken"_s, race.broken},
                    {u"waited"_s, race.waited},
                    {u"afterwards"_s, wordOf(race.after)},
                    {u"refused_afterwards"_s, race.after == RaceAfter::Refused}};
    if (race.quota)
        row.insert("quota"_L1, *race.quota);
    return row;
}

QJsonObject observedOf(const GraphQlTries &one)
{
    QJsonObject row{{u"way"_s, one.way}, {u"route"_s, one.route}};
    if (one.notTested.isEmpty()) {
        row.insert("asked"_L1, one.asked);
        row.insert("heard"_L1, one.heard);
    } else {
        row.insert("not_tested"_L1, one.notTested);
    }
    return row;
}

template<typename T>
QJsonArray rowsOf(const std::vector<T> &all)
{
    QJsonArray rows;
    for (const T &one : all)
        rows.append(observedOf(one));
    return rows;
}

QJsonArray notTriedIn(const RateLimitLook &look)
{
    QJsonArray rows;
    for (const auto *doors : {&look.otherLogins.notTried, &look.others.notTried, &look.notTried}) {
        for (const UntriedDoor &door : *doors)
            rows.append(QJsonObject{{u"route"_s, door.route}, {u"why"_s, toWord(door.why)}});
    }
    return rows;
}

} // namespace

QJsonObject observedOf(const RateLimitLook &look)
{
    QJsonObject observed{{u"requests"_s, look.requests},
                         {u"other_logins"_s, rowsOf(look.otherLogins.reports)},
                         {u"routes"_s, rowsOf(look.others.routes)},
                         {u"races"_s, rowsOf(look.others.races)},
                         {u"codes"_s, rowsOf(look.codes)},
                         {u"graphql"_s, rowsOf(look.graphQl)},
                         {u"not_tried"_s, notTriedIn(look)}};
    if (look.login)
        observed.insert("login"_L1, observedOf(*look.login));
    else
        observed.insert("login_not_tested"_L1, look.loginNotTested);
    if (!look.codes.empty())
        observed.insert("code"_L1, observedOf(look.codes.front()));
    if (!look.others.races.empty())
        observed.insert("race"_L1, observedOf(look.others.races.front()));
    return observed;
}

} // namespace cockpit
