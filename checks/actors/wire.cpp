#include "checks/actors/wire.h"

#include "checks/actors/wiretransfers.h"
#include "checks/actors/wirevisits.h"
#include "checks/net/requesttarget.h"
#include "checks/net/trustroots.h"
#include "checks/net/urlhost.h"
#include "models/access/letters.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Wire)
};

Sending sendingOf(const ActiveRequest &request, bool atOnce)
{
    BodyPace pace{.holdsLastByte = atOnce};
    if (request.slowly)
        pace = {.pieceBytes = std::max<qsizetype>(1, request.slowly->pieceBytes), .every = request.slowly->every};
    // Without TLS nothing tells that a connection carries one request alone.
    const bool besideOthers = atOnce && request.url.scheme() == "http"_L1;
    return {.exactly = true, .ownConnection = !request.keepConnection, .besideOthers = besideOthers, .pace = pace};
}

// By its name, or by the path as it goes out. Some names begin with the method, which has a column of its own.
QString loggedRoute(const ActiveRequest &request)
{
    const QString method = QString::fromLatin1(request.method) + u' ';
    if (request.routeName.isEmpty()) {
        const auto target = targetIn(request.headers);
        return target ? QString::fromLatin1(target->split('?').constFirst()) : request.url.path(QUrl::FullyEncoded);
    }
    return request.routeName.startsWith(method) ? request.routeName.mid(method.size()) : request.routeName;
}

QString wordOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TimedOut:
        return u"timed out"_s;
    case ErrorKind::Cancelled:
        return u"cut off"_s;
    case ErrorKind::Unreachable:
    case ErrorKind::NoRoute:
        return u"not reached"_s;
    case ErrorKind::BadInput:
    case ErrorKind::NotFound:
    case ErrorKind::TooLarge:
    case ErrorKind::Protocol:
    case ErrorKind::NotPermitted:
    case ErrorKind::Storage:
    case ErrorKind::Unsupported:
        return u"no answer"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

Wire::Wire(const Look &look, QString checkId, int ceiling) : Wire(look.seen, std::move(checkId), ceiling) {}

Wire::Wire(const Look &look, const RequestNeed &need) : Wire(look, need.account, mayAnnounce(look, need)) {}

Wire::Wire(Observations &seen, QString checkId, int ceiling, Announcing announcing)
    : m_seen(seen),
      m_gate(seen.active()),
      m_checkId(std::move(checkId)),
      m_ceiling(ceiling),
      m_ready(announce(announcing)),
      m_visits(m_gate ? std::make_unique<WireVisits>(*this) : nullptr)
{
}

Wire::~Wire()
{
    if (m_gate && m_ready)
        m_gate->withdraw(m_checkId, left());
}

Result<void> Wire::announce(Announcing announcing)
{
    if (!m_gate)
        return failure(ErrorKind::NotPermitted, labelOf(Need::Consent));
    switch (announcing) {
    case Announcing::Waits:
        return m_gate->announce(m_checkId, m_ceiling, m_seen.token(), m_seen.deadline());
    case Announcing::Before:
        return {};
    }
    Q_UNREACHABLE();
}

ActiveRequestNote Wire::noteOf(const ActiveRequest &request) const
{
    return {.checkId = m_checkId,
            .method = QString::fromLatin1(request.method),
            .host = hostOf(request.url),
            .route = loggedRoute(request),
            .actor = request.actor,
            .note = request.writes ? u"may change data"_s : QString(),
            .errand = request.errand};
}

Result<void> Wire::openTransfers()
{
    if (m_transfers)
        return {};
    const auto roots = m_seen.ask(TrustRoots{m_seen.options().caFile});
    if (!*roots)
        return tl::unexpected<Error>(roots->error());
    m_transfers = std::make_unique<WireTransfers>(**roots);
    return {};
}

TransferLimits Wire::limitsOf(const ActiveRequest &request) const
{
    const auto operation =
        request.timeoutMs > 0 ? std::chrono::milliseconds(request.timeoutMs) : m_seen.options().operationTimeout;
    // Undoing has a time of its own after the run, which the gate keeps.
    auto left = m_seen.deadline().remaining();
    if (request.errand == ActiveErrand::Undo)
        left = std::max(left, std::chrono::milliseconds(kUndoGrace));
    return {.operation = operation, .left = left};
}

Result<void> Wire::letOut(const ActiveRequest &request)
{
    if (left() <= 0 && request.errand != ActiveErrand::Undo)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("The check %1 has sent all the requests that it announced.").arg(m_checkId));
    auto leave = m_gate->enter(noteOf(request), m_seen.token(), m_seen.deadline());
    if (leave)
        ++m_sent;
    return leave;
}

Result<WireJob> Wire::jobFor(const ActiveRequest &request, bool atOnce)
{
    const auto addresses = clear(request);
    if (!addresses)
        return tl::unexpected<Error>(addresses.error());
    HttpGet question{.url = request.url,
                     .method = request.method,
                     .headers = request.headers,
                     .bodyCap = request.bodyCap,
                     .trustedOnly = request.carriesSecret && request.url.scheme() == "https"_L1,
                     .body = request.body};
    WireJob job;
    job.transfer =
        std::make_unique<HttpTransfer>(question, *addresses, m_transfers->roots(), sendingOf(request, atOnce));
    job.limits = limitsOf(request);
    return job;
}

// Of a request that was let out: the product may have acted on it, which NotPermitted would deny.
Error Wire::interruption() const
{
    if (m_gate->isKilled())
        return {ErrorKind::Cancelled, Text::tr("Test requests were stopped before the answer came.")};
    if (m_seen.token().isCancelled())
        return {ErrorKind::Cancelled, Text::tr("Stopped before the answer came.")};
    return {ErrorKind::TimedOut, Text::tr("The time of the run was over before the answer came.")};
}

// One slot at the host's gate for all that goes out together: more than that is what the check announced and a person
// agreed to. Whoever is held back by slow answers to others looks at the kill switch all the same.
HostGate::Pass Wire::passFor(const ActiveRequest &request) const
{
    const auto isOver = [&] { return m_gate->isOver(request.errand, m_seen.token(), m_seen.deadline()); };
    const QString place = u"%1:%2"_s.arg(hostOf(request.url), QString::number(portOf(request.url)));
    HostGate::Pass pass;
    while (!pass && !isOver() && !m_seen.isOver()) // undoing waits for nobody any more
        pass = m_seen.hostGate().enter(place, m_seen.token(),
                                       m_seen.deadline().earlierOf(Deadline::in(kLongestBlindWait)));
    return pass;
}

void Wire::run(std::vector<WireJob> &jobs, const ActiveRequest &first)
{
    const HostGate::Pass pass = passFor(first);
    m_transfers->run(jobs, [&] { return m_gate->isOver(first.errand, m_seen.token(), m_seen.deadline()); });
    for (WireJob &job : jobs) {
        if (!job.isDone)
            job.answer = tl::unexpected<Error>(interruption());
    }
}

void Wire::tellGate(const ActiveRequest &request, const Result<int> &status, std::chrono::milliseconds duration)
{
    ActiveRequestNote note = noteOf(request);
    const QString letter = letterNote(note.method, request.url, request.body);
    note.note = note.note.isEmpty() || letter.isEmpty() ? note.note + letter : note.note + u", "_s + letter;
    if (!status) {
        const QString why = wordOf(status.error().kind);
        note.note = note.note.isEmpty() ? why : note.note + u", "_s + why;
    }
    m_gate->done(note, status.value_or(0), duration);
}

void Wire::tellGate(const ActiveRequest &request, const WireJob &job)
{
    const Result<int> status = job.isDone ? job.answer.map([](const HttpResponse &answer) { return answer.status; })
                                          : Result<int>(failure(ErrorKind::Cancelled, {}));
    tellGate(request, status, job.duration);
}

Result<HttpResponse> Wire::send(const ActiveRequest &request)
{
    auto job = jobFor(request, false);
    if (!job)
        return tl::unexpected<Error>(job.error());
    std::vector<WireJob> jobs;
    jobs.push_back(std::move(*job));
    run(jobs, request);
    tellGate(request, jobs.front());
    return std::move(jobs.front().answer);
}

std::vector<Result<HttpResponse>> Wire::sendAll(std::span<const ActiveRequest> requests, bool atOnce)
{
    std::vector<Result<HttpResponse>> answers;
    if (!atOnce) {
        for (const ActiveRequest &request : requests)
            answers.push_back(send(request));
        return answers;
    }
    if (requests.size() > kMostAtOnce)
        return {requests.size(),
                failure(ErrorKind::BadInput, Text::tr("More requests at once than any product has to bear."))};
    std::vector<WireJob> jobs;
    std::vector<std::size_t> whose; // by job
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto job = jobFor(requests[i], true);
        answers.emplace_back(failure(ErrorKind::Cancelled, {}));
        if (!job) {
            answers.back() = tl::unexpected<Error>(job.error());
            continue;
        }
        jobs.push_back(std::move(*job));
        whose.push_back(i);
    }
    if (!jobs.empty())
        run(jobs, requests[whose.front()]);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        tellGate(requests[whose[i]], jobs[i]);
        answers[whose[i]] = std::move(jobs[i].answer);
    }
    return answers;
}

} // namespace cockpit
