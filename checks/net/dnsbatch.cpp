#include "checks/net/dnsbatch.h"

#include "checks/net/dnserrors.h"
#include "checks/net/dnsname.h"

#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// Name servers limit the rate of one client; twenty at a time is fast and stays below every limit seen.
constexpr size_t kInFlightPerServer = 20;

std::uint16_t randomId()
{
    return static_cast<std::uint16_t>(QRandomGenerator::system()->bounded(0x10000));
}

std::vector<SocketAddress> serversFor(const DnsLookup &question, const NetOptions &options)
{
    return question.server ? std::vector{*question.server} : options.resolvers;
}

// Of two resolvers that fail, perhaps only the first one said why.
DnsAnswer withReasons(DnsAnswer answer, const DnsJob &job)
{
    if (job.secondBest && answer.status == DnsStatus::ServFail && answer.extendedErrors.empty())
        answer.extendedErrors = job.secondBest->extendedErrors;
    return answer;
}

} // namespace

DnsBatch::DnsBatch(std::span<const DnsLookup> questions, ProbeContext &context)
    // A fifth, then twice as long: a third try still fits into the time limit.
    : m_context(context), m_jobs(questions.size()), m_lanes(context.options.operationTimeout / 5)
{
    for (size_t i = 0; i < questions.size(); ++i)
        admit(i, questions[i]);
}

std::vector<Result<DnsAnswer>> DnsBatch::run()
{
    while (m_open > 0) {
        if (m_context.token.isCancelled()) {
            cancelAll();
            break;
        }
        for (auto &[key, lane] : m_lanes)
            sendWaiting(lane);
        takeArrivals(); // a server that cannot be reached at all says so at once
        if (m_open == 0)
            break;
        waitForNetwork();
        takeArrivals();
        giveUpExpired();
    }
    std::vector<Result<DnsAnswer>> results;
    results.reserve(m_jobs.size());
    for (DnsJob &job : m_jobs)
        results.push_back(std::move(*job.result));
    return results;
}

void DnsBatch::admit(size_t index, const DnsLookup &question)
{
    DnsJob &job = m_jobs[index];
    const Result<QString> name = normaliseDnsName(question.name);
    if (!name) {
        job.result = tl::unexpected<Error>(name.error());
        return;
    }
    job.question = question;
    job.question.name = *name;
    job.servers = serversFor(question, m_context.options);
    job.transport = question.overTcp ? DnsTransport::Tcp : DnsTransport::Udp;
    job.isOpen = true;
    ++m_open;
    enqueue(index);
}

void DnsBatch::enqueue(size_t index)
{
    m_lanes.of(m_jobs[index]).waiting.push_back(index);
}

void DnsBatch::sendWaiting(DnsLane &lane)
{
    while (!lane.waiting.empty() && lane.inFlight.size() < kInFlightPerServer) {
        const size_t index = lane.waiting.front();
        lane.waiting.pop_front();
        if (m_jobs[index].isOpen)
            send(lane, index);
    }
}

void DnsBatch::send(DnsLane &lane, size_t index)
{
    DnsJob &job = m_jobs[index];
    if (!job.started) {
        job.started = Clock::now();
        job.deadline = m_context.operationDeadline();
    }
    const QByteArray query = writeQuery(job.question, randomId(), job.edns);
    if (!lane.channel->isReady() || query.isEmpty()) {
        finishWithout(index, noDnsOnThisMachine());
        return;
    }
    lane.inFlight.push_back(index);
    const int attempt = ++job.attempt;
    lane.channel->send(query, [this, index, attempt](DnsChannel::End end, const QByteArray &packet) {
        m_arrivals.push_back({index, attempt, end, packet});
    });
}

void DnsBatch::waitForNetwork()
{
    std::chrono::milliseconds wait = kLongestBlindWait;
    for (const DnsJob &job : m_jobs) {
        if (job.isOpen)
            wait = std::min(wait, job.deadline.remaining());
    }
    m_lanes.wait(wait);
}

void DnsBatch::takeArrivals()
{
    // Handling one may ask again, which may fail at once and arrive here too.
    while (!m_arrivals.empty()) {
        const std::vector<Arrival> arrivals = std::exchange(m_arrivals, {});
        for (const Arrival &arrival : arrivals)
            take(arrival);
    }
}

void DnsBatch::take(const Arrival &arrival)
{
    DnsJob &job = m_jobs[arrival.job];
    if (!job.isOpen || arrival.attempt != job.attempt)
        return;
    DnsLane &lane = m_lanes.of(job);
    std::erase(lane.inFlight, arrival.job);
    lane.wasHeard = lane.wasHeard || arrival.end == DnsChannel::End::Answered;
    switch (arrival.end) {
    case DnsChannel::End::Answered:
        if (Result<ReadAnswer> read = readAnswer(arrival.packet, job.question))
            takeAnswer(arrival.job, std::move(*read));
        else
            finishWithout(arrival.job, read.error());
        return;
    case DnsChannel::End::Refused:
        finishWithout(arrival.job, nobodyAnswers(job.question, job.servers, job.transport));
        return;
    case DnsChannel::End::Silent:
    case DnsChannel::End::Cancelled:
        finishWithout(arrival.job, noAnswerInTime(job.question, job.servers, m_context.options.operationTimeout));
        return;
    }
}

void DnsBatch::takeAnswer(size_t index, ReadAnswer read)
{
    DnsJob &job = m_jobs[index];
    read.answer.usedTcp = job.transport == DnsTransport::Tcp;
    read.answer.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - *job.started);
    // Of several, c-ares does not tell which one it was.
    if (job.servers.size() == 1)
        read.answer.server = job.servers.front().toString();
    if (job.asksAgain(read, m_lanes.of(job).channel->servers()))
        enqueue(index);
    else if (read.truncated)
        finishWithout(index, cutOffOverTcp(job.question));
    else
        finish(index, withReasons(std::move(read.answer), job));
}

void DnsBatch::giveUpExpired()
{
    for (size_t i = 0; i < m_jobs.size(); ++i) {
        DnsJob &job = m_jobs[i];
        const bool isLate = job.started ? job.deadline.hasPassed() : m_context.deadline.hasPassed();
        if (!job.isOpen || !isLate)
            continue;
        DnsLane &lane = m_lanes.of(job);
        std::erase(lane.inFlight, i);
        finishWithout(i, noAnswerInTime(job.question, job.servers, m_context.options.operationTimeout));
        if (!lane.wasHeard)
            giveUpWaiting(lane);
    }
}

// A server that kept silent for a whole time limit is not given that long for each of the questions behind.
void DnsBatch::giveUpWaiting(DnsLane &lane)
{
    for (const size_t index : std::exchange(lane.waiting, {})) {
        const DnsJob &job = m_jobs[index];
        if (job.isOpen)
            finishWithout(index, noAnswerInTime(job.question, job.servers, m_context.options.operationTimeout));
    }
}

void DnsBatch::cancelAll()
{
    for (size_t i = 0; i < m_jobs.size(); ++i) {
        if (m_jobs[i].isOpen)
            finish(i, tl::unexpected<Error>(stoppedByUser()));
    }
}

void DnsBatch::finish(size_t index, Result<DnsAnswer> result)
{
    DnsJob &job = m_jobs[index];
    job.result = std::move(result);
    job.isOpen = false;
    --m_open;
}

void DnsBatch::finishWithout(size_t index, const Error &error)
{
    DnsJob &job = m_jobs[index];
    if (job.secondBest)
        finish(index, *job.secondBest);
    else
        finish(index, tl::unexpected<Error>(error));
}

} // namespace cockpit
