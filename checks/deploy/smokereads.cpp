// The reads of deploy.smoke: a customer needs all of them, so that one which works does not speak for the others.
#include "checks/actors/refusal.h"
#include "checks/actors/routeaddress.h"
#include "checks/deploy/smokerun.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Smoke)
};

constexpr int kServerFault = 500;

// The reads that are worth a look: not for everybody, and not for administrators when the account is none. Those that
// somebody has called private go first.
std::vector<AskableRoute> readsFor(const Look &look, const TestActor &actor)
{
    std::vector<Route> wanted;
    for (const Route &route : look.facts.routes) {
        const bool isAbove = route.access == AccessClass::Admin && !isAdminRole(actor.role);
        if (route.access != AccessClass::Public && !isAbove)
            wanted.push_back(route);
    }
    auto reads = askableReads(look.target, wanted, wanted.size()).routes;
    std::stable_partition(reads.begin(), reads.end(), [](const AskableRoute &read) { return !read.route.isGuessed; });
    return reads;
}

ActiveRequest requestFor(const AskableRoute &read)
{
    return {.method = read.route.method.toLatin1(), .url = read.url, .routeName = routeName(read.route)};
}

// What fails at the server outranks what works; what this account does not get tells nothing beside what it gets. Who
// is signed out at one address and let in at another has a session.
int rankOf(const SmokeResult &result, bool isSignedOut)
{
    switch (result.end) {
    case SmokeEnd::NotTried:
        return 0;
    case SmokeEnd::Unclear:
        return 1;
    case SmokeEnd::Broken:
        return isSignedOut ? 2 : 4;
    case SmokeEnd::Works:
        return 3;
    }
    Q_UNREACHABLE();
}

} // namespace

// What any address gets tells nothing of the one that was asked for: the app's empty page, "We are back soon".
bool SmokeRun::isShell(const HttpResponse &answer) const
{
    return answer.status < kServerFault && (admissionOf(answer, m_invented) == Admission::Shell ||
                                            (!answer.body.isEmpty() && m_invented.haveSame(answer)));
}

// What this account gets where nothing is.
Result<void> SmokeRun::askInvented(const ActiveRequest &like)
{
    auto answer = session().ask(inventedLike(like));
    if (!answer)
        return isTheEnd(answer.error()) ? Result<void>(tl::unexpected<Error>(answer.error())) : Result<void>();
    m_invented = InventedAnswers({std::move(*answer)});
    return {};
}

SmokeResult SmokeRun::resultOfRead(const ActiveRequest &request, const Result<HttpResponse> &answer) const
{
    SmokeResult result{.step = SmokeStep::Read, .end = SmokeEnd::Unclear, .route = request.routeName};
    if (!answer) {
        result.end = SmokeEnd::Broken;
        result.why = answer.error().message;
        return result;
    }
    result.status = answer->status;
    if (answer->status >= kServerFault || looksSignedOut(*answer)) {
        result.end = SmokeEnd::Broken;
        result.why = Text::tr("%1 answered %2.").arg(request.routeName, QString::number(answer->status));
    } else if (isGoodAnswer(*answer, {.invented = &m_invented}) && !isShell(*answer)) {
        result.end = SmokeEnd::Works;
        return result;
    } else {
        result.why = Text::tr("%1 gave this account nothing.").arg(request.routeName);
    }
    result.evidence = proof(request, *answer);
    return result;
}

Result<void> SmokeRun::read()
{
    const auto began = Clock::now();
    SmokeResult worst{.step = SmokeStep::Read, .why = Text::tr("No route that is read after signing in is known.")};
    int rank = 0;
    const auto reads = readsFor(m_look, m_shared.actor());
    if (!reads.empty()) {
        if (auto asked = askInvented(requestFor(reads.front())); !asked)
            return asked;
    }
    for (std::size_t i = 0; i < std::min(reads.size(), kMostSmokeReads); ++i) {
        const ActiveRequest request = requestFor(reads[i]);
        const auto answer = session().ask(request);
        if (!answer && isTheEnd(answer.error()))
            return tl::unexpected<Error>(answer.error());
        SmokeResult result = resultOfRead(request, answer);
        // An empty list shows nothing that others could be refused.
        if (result.end == SmokeEnd::Works && admissionOf(*answer, m_invented) != Admission::Empty)
            m_reads.push_back({request, *answer, reads[i].route.isGuessed});
        const int itsRank = rankOf(result, answer && looksSignedOut(*answer));
        if (itsRank > rank) {
            rank = itsRank;
            worst = std::move(result);
        } else if (itsRank == rank && result.end == SmokeEnd::Broken) {
            worst.why += u' ' + result.why;
        }
    }
    note(std::move(worst), began);
    return {};
}

} // namespace cockpit
