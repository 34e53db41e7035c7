#include "checks/abuse/burst.h"

#include <QCoreApplication>

#include <algorithm>
#include <numeric>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Burst)
};

const QString kCheck = u"abuse.burst"_s;
constexpr std::size_t kMostCandidates = 6;
constexpr std::size_t kMostRoutes = 4; // the reads that a wave consists of
constexpr int kReadsBefore = 5;
constexpr int kReadsAfter = 5;
constexpr int kMostReadsAfter = 10;
constexpr int kMostWave = 20;
// Each read is tried once; a wave may be repeated.
constexpr int kCeiling = static_cast<int>(kMostCandidates) + kReadsBefore + kMostReadsAfter + kMostWave +
                         std::accumulate(kBurstWaves.begin(), kBurstWaves.end(), 0);

class BurstVisit
{
public:
    BurstVisit(const Look &look, const BurstTimes &times, Wire &wire) : m_look(look), m_times(times), m_wire(wire)
    {
        m_visits.announced = kCeiling;
    }

    BurstVisits run();

private:
    bool isOver() const { return m_look.seen.isOver() || m_wire.gate()->isKilled(); }
    void pause() const;
    void findReads();
    void readBefore();
    // False when there is to be no further one.
    bool sendWave(int size);
    void sendWaves();
    void readAfterwards();
    const ActiveRequest &readNumber(std::size_t number) const { return m_visits.reads[number % m_visits.reads.size()]; }

    const Look &m_look;
    const BurstTimes &m_times;
    Wire &m_wire;
    BurstVisits m_visits;
};

// The kill switch is no part of the token.
void BurstVisit::pause() const
{
    const Deadline end = Deadline::in(m_times.settle);
    while (!end.hasPassed() && !isOver())
        m_look.seen.token().waitFor(std::min(kLongestBlindWait, end.remaining()));
}

// Those that are served when nobody is in a hurry, and of them those that the product has to answer itself, if any.
void BurstVisit::findReads()
{
    std::vector<ActiveRequest> cached;
    bool areElsewhere = true;
    for (ActiveRequest read : ordinaryReads(m_look.target, m_look.facts.routes, kMostCandidates)) {
        read.timeoutMs = static_cast<int>(m_times.readLimit.count());
        const VisitorRead first = visit(m_wire, read);
        m_visits.notTested = Text::tr("No page that anybody may see was served: the last one tried was %1 (%2).")
                                 .arg(read.url.toString(QUrl::RemoveQuery), describe(first));
        if (first.end == VisitEnd::NotSent)
            return;
        areElsewhere = areElsewhere && first.isElsewhere();
        if (first.isServed())
            (first.isCached ? cached : m_visits.reads).push_back(read);
    }
    m_visits.isCached = m_visits.reads.empty();
    if (m_visits.isCached)
        m_visits.reads = std::move(cached);
    m_visits.hasNoRead = m_visits.reads.empty() && areElsewhere && !m_visits.notTested.isEmpty();
    if (m_visits.reads.empty())
        return;
    m_visits.reads.resize(std::min(m_visits.reads.size(), kMostRoutes));
    m_visits.notTested.clear();
}

void BurstVisit::readBefore()
{
    for (std::size_t i = 0; i < kReadsBefore && !isOver(); ++i)
        m_visits.before.push_back(visit(m_wire, readNumber(i)));
}

bool BurstVisit::sendWave(int size)
{
    std::vector<ActiveRequest> requests;
    for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i)
        requests.push_back(readNumber(i));
    std::vector<VisitorRead> wave;
    for (const auto &answer : m_wire.sendAll(requests, true)) {
        const auto took =
            answer ? std::chrono::duration_cast<std::chrono::milliseconds>(answer->timings.total) : m_times.readLimit;
        wave.push_back(visitorRead(answer, took));
    }
    const bool isWhole =
        std::ranges::none_of(wave, [](const VisitorRead &read) { return read.end == VisitEnd::NotSent; });
    if (isWhole)
        m_visits.waves.push_back(wave);
    return isWhole && std::ranges::none_of(wave, [](const VisitorRead &read) { return read.end == VisitEnd::Limited; });
}

// What fails is seen again before it counts; further than that nobody is pushed.
void BurstVisit::sendWaves()
{
    bool mayRepeat = true;
    for (const int size : kBurstWaves) {
        pause();
        if (isOver() || !sendWave(size))
            return;
        if (mayRepeat && hasFailed(m_visits.waves.back())) {
            mayRepeat = false;
            pause();
            if (isOver() || !sendWave(size))
                return;
        }
        if (failedTwice(m_visits.waves))
            return;
    }
}

void BurstVisit::readAfterwards()
{
    int served = 0;
    for (std::size_t i = 0; i < kMostReadsAfter && served < kReadsAfter && !isOver(); ++i) {
        const VisitorRead read = visit(m_wire, readNumber(i));
        m_visits.after.push_back(read);
        served += read.isServed() ? 1 : 0;
        if (read.end == VisitEnd::Limited)
            return;
        if (!read.isServed())
            pause();
    }
}

BurstVisits BurstVisit::run()
{
    findReads();
    if (!m_visits.reads.empty()) {
        readBefore();
        const bool isSteady = std::ranges::all_of(m_visits.before, &VisitorRead::isServed);
        if (isSteady)
            sendWaves();
        readAfterwards();
    }
    if (isOver())
        m_visits.brokenOff = Text::tr("It was stopped, or its time was over, before all visits were made.");
    m_visits.known = m_wire.gate()->knownSecrets();
    m_visits.requests = m_wire.sent();
    return std::move(m_visits);
}

Judged look(const Look &look)
{
    return lookAtBurst(look, {});
}

// Each wave, one of them twice, comes after a pause, and may be answered late.
std::chrono::seconds waitsFor(const BurstTimes &times)
{
    constexpr int kMostWaves = static_cast<int>(kBurstWaves.size()) + 1;
    constexpr int kPauses = kMostWaves + static_cast<int>(kMostReadsAfter);
    return std::chrono::ceil<std::chrono::seconds>(kMostWaves * times.readLimit + kPauses * times.settle);
}

std::vector<RequestNeed> requestsOf(const Outlook & /*outlook*/)
{
    return {{.account = kCheck, .most = kCeiling, .waits = waitsFor({})}};
}

} // namespace

bool hasFailed(const std::vector<VisitorRead> &wave)
{
    const auto failed = std::ranges::count_if(wave, &VisitorRead::isFailed);
    return failed >= 2 && failed * 10 >= static_cast<std::ptrdiff_t>(wave.size());
}

const std::vector<VisitorRead> *failedTwice(const std::vector<std::vector<VisitorRead>> &waves)
{
    for (std::size_t i = 1; i < waves.size(); ++i) {
        if (waves[i].size() == waves[i - 1].size() && hasFailed(waves[i]) && hasFailed(waves[i - 1]))
            return &waves[i];
    }
    return nullptr;
}

Judged lookAtBurst(const Look &look, const BurstTimes &times)
{
    Wire wire(look, RequestNeed{.account = kCheck, .most = kCeiling});
    if (!wire.isReady())
        return notRun(wire.isReady().error().message);
    return judgeBurst(BurstVisit(look, times, wire).run());
}

Check burstCheck()
{
    return {.id = kCheck,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime},
            .needs = {Need::Consent},
            .look = look,
            .requests = requestsOf,
            .turn = LookTurn::AloneLast};
}

} // namespace cockpit
