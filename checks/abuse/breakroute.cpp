#include "checks/abuse/breakroute.h"

#include "checks/actors/routeaddress.h"
#include "checks/net/statusclass.h"
#include "checks/web/obstacle.h"

namespace cockpit {

namespace {

bool endsIt(const Error &error)
{
    return error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::NotPermitted;
}

// What stands before the product answers so when the product does not (RFC 9110, 15.6.3 to 15.6.5).
bool isOfGateway(const HttpResponse &answer)
{
    return answer.status == 502 || answer.status == 503 || answer.status == 504;
}

bool isDoor(const HttpResponse &answer)
{
    return answer.status == 401 || answer.status == 403 || answer.status == 407 ||
           (answer.status >= 300 && answer.status < 400);
}

// A token that is none is to be refused at the door. Where the good read breaks the server, the others may break there.
bool tellsOf(const BrokenRead &read, const HttpResponse &answer, int usualStatus)
{
    return usualStatus < 500 && (read.asNobody || !isDoor(answer));
}

} // namespace

void RouteAnswers::addGood(const HttpResponse &answer)
{
    m_usualStatus = answer.status;
    if (isSuccess(answer)) {
        ++m_look.good;
        m_usual = answer.body;
    } else if (answer.status != 404) { // a record that is not there
        m_isRefused = true;
    }
}

void RouteAnswers::add(const BrokenRead &read, const HttpResponse &answer)
{
    if (read.what.isEmpty())
        addGood(answer);
    const bool isOfProduct = !isOfGateway(answer) && obstacleIn(answer) != Obstacle::Challenge;
    const bool tells = isOfProduct && tellsOf(read, answer, m_usualStatus);
    m_isAllTold = m_isAllTold && (tells || read.what.isEmpty());
    if (isOfProduct)
        m_look.answered.push_back({m_route, read.what, m_usualStatus, tells});
    if (answer.status >= 400)
        m_look.errors.push_back({m_route, read.what, read.request, answer, m_usual, m_usualStatus});
}

void RouteAnswers::finish()
{
    if (!m_isRefused || m_isAllTold)
        return;
    m_look.notePartly(m_route);
    m_look.shut.append(m_route);
}

Result<void> breakRoute(const Route &route, const Target &target, Wire &wire, ActorSession &session, ErrorLook &look)
{
    const QString name = routeName(route);
    const std::vector<BrokenRead> reads = brokenReadsOf(route, target);
    if (!reads.empty())
        look.asked.append(name);
    RouteAnswers answers(name, look);
    for (const BrokenRead &read : reads) {
        const auto answer = read.asNobody ? wire.send(read.request) : session.ask(read.request);
        if (!answer && endsIt(answer.error())) {
            look.notePartly(name);
            return tl::unexpected<Error>(answer.error());
        }
        if (!answer) { // cut off: no text to read
            look.noteSilent(name);
            continue;
        }
        if (obstacleIn(*answer) == Obstacle::TooManyRequests) {
            look.notePartly(name);
            return failure(ErrorKind::NotPermitted, describe(Obstacle::TooManyRequests, *answer));
        }
        answers.add(read, *answer);
    }
    answers.finish();
    return {};
}

} // namespace cockpit
