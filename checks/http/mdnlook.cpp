#include "checks/http/mdnlook.h"

#include "checks/http/corsquestions.h"
#include "checks/http/preloadlist.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/parsedpage.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(MdnScore)
};

constexpr int kAlgorithm = 6;

// The hops are in memory already: the walk has asked for them.
std::optional<MdnWalk> walkFrom(const QUrl &url, Observations &seen)
{
    const auto chain = seen.ask(FollowRedirects{url});
    if (!*chain || (*chain)->end == RedirectEnd::BadLocation || (*chain)->end == RedirectEnd::NotHttp)
        return std::nullopt;
    MdnWalk walk{.last = (*chain)->last, .route = {}, .answers = {}, .isVerified = true};
    std::vector<HttpGet> hops;
    hops.reserve((*chain)->hops.size());
    walk.route.reserve((*chain)->hops.size());
    for (const RedirectHop &hop : (*chain)->hops) {
        hops.push_back(HttpGet{hop.url});
        walk.route.push_back(hop.url);
    }
    walk.answers.reserve(hops.size());
    for (const auto &answer : seen.askAll(hops)) {
        if (!*answer)
            continue;
        walk.isVerified = walk.isVerified && (*answer)->trust != CertificateTrust::Untrusted;
        walk.answers.push_back(**answer);
    }
    return walk;
}

// Which origin is named does not matter, as long as it is nobody's who is allowed on purpose.
HttpGet preflightOf(const QUrl &url, const TestOrigin &origin)
{
    return {.url = url,
            .method = "OPTIONS",
            .headers = {{"Origin", origin.origin}, {"Access-Control-Request-Method", "GET"}}};
}

void addPage(MdnFacts &facts, const Look &look)
{
    const std::optional<MdnWalk> &walk = facts.https ? facts.https : facts.http;
    if (!walk)
        return;
    const auto page = pageIn(walk->last, look.seen);
    if (*page)
        facts.page = **page;
    const TestOrigin origin = corsOrigins(look).front();
    facts.foreignOrigin = origin.origin;
    const auto preflight = look.seen.ask(preflightOf(walk->last.url, origin));
    if (*preflight)
        facts.preflight = **preflight;
}

void addPreload(MdnFacts &facts)
{
    const QSet<QString> names = loadPreloadList().value_or(QSet<QString>());
    facts.isPreloaded = isPreloaded(facts.host, names);
    facts.isHttpRoutePreloaded = facts.http && std::ranges::all_of(facts.http->route, [&](const QUrl &url) {
                                     return isPreloaded(hostOf(url), names);
                                 });
}

} // namespace

std::optional<MdnResult> lookLikeMdn(const Look &look)
{
    MdnFacts facts;
    facts.host = look.host->name;
    facts.https = walkFrom(httpsAddress(*look.host), look.seen);
    facts.http = walkFrom(httpAddress(*look.host), look.seen);
    addPage(facts, look);
    addPreload(facts);
    const auto outcomes = judgeMdn(facts);
    if (!outcomes)
        return std::nullopt;
    std::vector<MdnOutcome> values;
    values.reserve(outcomes->size());
    for (const auto &[test, outcome] : *outcomes)
        values.push_back(outcome);
    return MdnResult{scoreOf(values), *outcomes};
}

QJsonObject toJson(const MdnResult &result)
{
    QJsonObject tests;
    for (const auto &[test, outcome] : result.outcomes) {
        tests.insert(toWord(test), QJsonObject{{u"outcome"_s, toWord(outcome)}, {u"modifier"_s, modifierOf(outcome)}});
    }
    return {{u"label"_s, u"MDN-compatible score"_s}, {u"algorithm"_s, kAlgorithm},
            {u"score"_s, result.score.score},        {u"grade"_s, result.score.grade},
            {u"knows_preloaded_names"_s, false},     {u"tests"_s, tests}};
}

QString summaryOf(const MdnResult &result)
{
    const auto hsts = result.outcomes.find(MdnTest::Hsts);
    const bool isPreloaded = hsts != result.outcomes.end() && hsts->second == MdnOutcome::HstsPreloaded;
    const QString score =
        Text::tr("MDN-compatible score: %1 (%2)").arg(QString::number(result.score.score), result.score.grade);
    // The list of single names changes with every browser release and is not part of the program.
    return isPreloaded ? score : Text::tr("%1, unless browsers have the name in their own list (preloaded)").arg(score);
}

} // namespace cockpit
