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
    return {{u"route"_s, login.route},
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

} // namespace

QJsonObject observedOf(const RateLimitLook &look)
{
    QJsonObject observed{{u"requests"_s, look.requests}};
    if (look.login)
        observed.insert("login"_L1, observedOf(*look.login));
    else
        observed.insert("login_not_tested"_L1, look.loginNotTested);
    QJsonArray routes;
    for (const RouteSeries &one : look.others.routes)
        routes.append(observedOf(one));
    observed.insert("routes"_L1, routes);
    QJsonArray graphQl;
    for (const GraphQlTries &one : look.graphQl) {
        QJsonObject row{{u"way"_s, one.way}, {u"route"_s, one.route}};
        if (one.notTested.isEmpty()) {
            row.insert("asked"_L1, one.asked);
            row.insert("heard"_L1, one.heard);
        } else {
            row.insert("not_tested"_L1, one.notTested);
        }
        graphQl.append(row);
    }
    observed.insert("graphql"_L1, graphQl);
    if (look.code)
        observed.insert("code"_L1, observedOf(*look.code));
    if (const auto &race = look.others.race) {
        QJsonObject row{{u"route"_s, race->route}};
        if (race->notTested.isEmpty()) {
            row.insert("tries"_L1, race->tries);
            row.insert("successes"_L1, race->successes);
            row.insert("refused_afterwards"_L1, race->refusedAfterwards);
        } else {
            row.insert("not_tested"_L1, race->notTested);
        }
        observed.insert("race"_L1, row);
    }
    return observed;
}

} // namespace cockpit
