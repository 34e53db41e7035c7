#include "checks/tls/clock.h"

#include "checks/engine/lookgaps.h"
#include "checks/net/httpclient.h"
#include "checks/tls/certificatefacts.h"
#include "checks/web/address.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsClock)
};

// Pages that a cache keeps without saying so are minutes old; wrong time zones are off by an hour at least.
constexpr qint64 kFar = 30LL * 60; // seconds
constexpr std::size_t kMostHosts = 3;

struct Said
{
    QDateTime time;
    QString ip; // of who says it
};

std::vector<Said> timesSaid(const Look &look)
{
    std::vector<HttpGet> questions{HttpGet{httpsAddress(*look.host)}};
    for (const Host &host : look.target.hosts) {
        if (questions.size() < kMostHosts && host.role != HostRole::Mail && host.name != look.host->name)
            questions.push_back(HttpGet{httpsAddress(host)});
    }
    std::vector<Said> times;
    times.reserve(questions.size());
    for (const auto &answer : look.seen.askAll(questions)) {
        if (!*answer)
            continue;
        if (const auto time = timeSaidIn((*answer)->header("Date").value_or(QByteArray()),
                                         (*answer)->header("Age").value_or(QByteArray())))
            times.push_back({*time, (*answer)->peer.ip});
    }
    return times;
}

// One server has an address of each family, by which two hosts of it may have answered.
bool areTwo(const QString &one, const QString &other)
{
    return one.contains(u':') == other.contains(u':') && one != other;
}

bool isOfTwoServers(const std::vector<Said> &said)
{
    return std::ranges::any_of(said, [&](const Said &one) {
        return std::ranges::any_of(said, [&](const Said &other) { return areTwo(one.ip, other.ip); });
    });
}

} // namespace

std::optional<QDateTime> timeSaidIn(const QByteArray &date, const QByteArray &age)
{
    QDateTime time = QLocale::c().toDateTime(QString::fromLatin1(date.trimmed()), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!time.isValid())
        return std::nullopt;
    time.setTimeSpec(Qt::UTC);
    return time.addSecs(std::max(age.trimmed().toInt(), 0)); // for so long it lay in a cache
}

std::optional<QDateTime> timeElsewhere(std::span<const QDateTime> elsewhere, const QDateTime &here)
{
    if (elsewhere.empty())
        return std::nullopt;
    const auto [earliest, latest] = std::ranges::minmax(elsewhere);
    if (here.secsTo(earliest) > kFar)
        return earliest;
    if (latest.secsTo(here) > kFar)
        return latest;
    return std::nullopt;
}

std::optional<OtherClock> otherClockAt(const Look &look)
{
    const std::vector<Said> said = timesSaid(look);
    std::vector<QDateTime> times;
    times.reserve(said.size());
    for (const Said &one : said)
        times.push_back(one.time);
    const auto elsewhere = timeElsewhere(times, look.startedAt);
    if (!elsewhere)
        return std::nullopt;
    return OtherClock{*elsewhere, isOfTwoServers(said)};
}

Judged reconciled(Judged here, const Judged &there, const OtherClock &other, const QDateTime &now)
{
    const bool isSame = here.outcome == there.outcome &&
                        std::ranges::equal(here.findings, there.findings, {}, &Finding::code, &Finding::code);
    if (isSame)
        return here;
    if (other.isSure)
        return notRun(Text::tr("The clock of this computer showed %1, but by your own servers it was %2. The dates of "
                               "certificates cannot be judged like that: set the clock, and look again.")
                          .arg(plainTime(now), plainTime(other.time)));
    for (Finding &finding : here.findings)
        finding.evidence.push_back(clockEvidence(now, other.time));
    leaveOpen(here, anyBehind({Text::tr("The clock of this computer showed %1, but by the server's own it was %2. One "
                                        "of the two is wrong; this was judged by the first.")
                                   .arg(plainTime(now), plainTime(other.time))}));
    return here;
}

} // namespace cockpit
