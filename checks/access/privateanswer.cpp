#include "checks/access/privateanswer.h"

#include "checks/actors/likeness.h"
#include "checks/actors/refusal.h"
#include "checks/actors/requestproof.h"
#include "checks/actors/routeaddress.h"
#include "checks/actors/signin.h"
#include "checks/net/statusclass.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PrivateAnswer)
};

constexpr std::size_t kMostAddresses = kPrivateAnswerRequests / 2;

bool isLike(const HttpResponse &answer, const HttpResponse &other)
{
    const Likeness likeness = likenessOf(answer, other);
    return likeness == Likeness::Same || likeness == Likeness::SameShape;
}

bool tellsNothing(const HttpResponse &answer)
{
    const auto obstacle = obstacleIn(answer);
    return obstacle && *obstacle != Obstacle::Refused;
}

ActiveRequest requestFor(const QUrl &url, const QString &name, const Wire &wire)
{
    ActiveRequest request;
    request.url = url;
    request.routeName = name;
    // Where the account lives may be outside of what is tested.
    if (wire.gate() && !wire.gate()->covers(hostOf(url)))
        request.errand = ActiveErrand::SignIn;
    return request;
}

std::vector<ActiveRequest> addressesToTry(const Look &look, const TestActor &actor, const Wire &wire)
{
    std::vector<ActiveRequest> requests;
    if (!actor.whoAmIUrl.isEmpty())
        requests.push_back(requestFor(QUrl(actor.whoAmIUrl), {}, wire));
    std::vector<Route> reads;
    std::ranges::copy_if(look.facts.routes, std::back_inserter(reads),
                         [](const Route &route) { return route.access == AccessClass::SignedIn; });
    for (const AskableRoute &one : askableReads(look.target, reads, kMostAddresses).routes) {
        const bool isKnown =
            std::ranges::any_of(requests, [&](const ActiveRequest &request) { return request.url == one.url; });
        if (!isKnown && requests.size() < kMostAddresses)
            requests.push_back(requestFor(one.url, routeName(one.route), wire));
    }
    return requests;
}

} // namespace

QString toWord(SessionStanding value)
{
    switch (value) {
    case SessionStanding::In:
        return u"in"_s;
    case SessionStanding::Out:
        return u"out"_s;
    case SessionStanding::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

SessionStanding standingOf(const HttpResponse &answer, const PrivateAnswer &page, const QByteArray &said)
{
    if (tellsNothing(answer))
        return SessionStanding::Unclear;
    if (looksSignedOut(answer) || !isSuccess(answer))
        return SessionStanding::Out;
    if (page.markers.areIn(answer)) {
        // A server may repeat the claims that it refuses.
        const bool isProof = page.markers.areIn(answer, said) || isLike(answer, page.good);
        return isProof ? SessionStanding::In : SessionStanding::Unclear;
    }
    const bool isStrangers = likenessOf(answer, page.stranger) == Likeness::Same;
    return isStrangers || !isLike(answer, page.good) ? SessionStanding::Out : SessionStanding::Unclear;
}

Result<PrivateAnswer> findPrivateAnswer(const Look &look, const TestActor &actor, Wire &wire, const Sender &asActor)
{
    QString last;
    for (const ActiveRequest &request : addressesToTry(look, actor, wire)) {
        auto good = asActor(request);
        if (!good)
            return tl::unexpected<Error>(good.error());
        if (!isGoodAnswer(*good, {})) {
            last = Text::tr("%1 gives %2 to %3.").arg(request.url.toDisplayString(), answerWords(*good), actor.name);
            continue;
        }
        auto stranger = wire.send(request);
        if (!stranger)
            return tl::unexpected<Error>(stranger.error());
        const std::array own{*good};
        const std::array others{*stranger};
        const Markers markers = markersOf(actor, own, others);
        Markers there(markers.in(*good));
        if (!there.isEmpty() && !tellsNothing(*stranger))
            return PrivateAnswer{request, std::move(*good), std::move(*stranger), std::move(there)};
        last = Text::tr("%1 gives a stranger the same as %2.").arg(request.url.toDisplayString(), actor.name);
    }
    return failure(
        ErrorKind::NotFound,
        Text::tr("No address tells %1 from a stranger: name the one that says who is signed in.").arg(actor.name) +
            (last.isEmpty() ? QString() : u' ' + last));
}

NowByBoth nowByBoth(const PrivateAnswer &page, const QDateTime &ours)
{
    NowByBoth now{ours, ours};
    for (const HttpResponse *answer : {&page.good, &page.stranger}) {
        const QString date = QString::fromLatin1(answer->header("date").value_or(QByteArray())).trimmed();
        QDateTime theirs = QLocale::c().toDateTime(date, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
        theirs.setTimeSpec(Qt::UTC);
        if (!theirs.isValid())
            continue;
        now.earliest = std::min(now.earliest, theirs);
        now.latest = std::max(now.latest, theirs);
    }
    return now;
}

QString answerWords(const HttpResponse &answer)
{
    const QByteArray location = answer.header("location").value_or(QByteArray());
    if (answer.status >= 300 && answer.status < 400 && !location.isEmpty())
        return Text::tr("a redirect to %1").arg(QUrl(QString::fromUtf8(location)).path());
    return Text::tr("status %1").arg(answer.status);
}

} // namespace cockpit
