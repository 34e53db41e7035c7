#include "checks/tls/clock.h"

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

std::vector<QDateTime> timesSaid(const Look &look)
{
    std::vector<HttpGet> questions{HttpGet{httpsAddress(*look.host)}};
    for (const Host &host : look.target.hosts) {
        if (questions.size() < kMostHosts && host.role != HostRole::Mail && host.name != look.host->name)
            questions.push_back(HttpGet{httpsAddress(host)});
    }
    std::vector<QDateTime> times;
    times.reserve(questions.size());
    for (const auto &answer : look.seen.askAll(questions)) {
        if (!*answer)
            continue;
        if (const auto time = timeSaidIn((*answer)->header("Date").value_or(QByteArray()),
                                         (*answer)->header("Age").value_or(QByteArray())))
            times.push_back(*time);
    }
    return times;
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

std::optional<Judged> wrongClockAt(const Look &look)
{
    const auto elsewhere = timeElsewhere(timesSaid(look), look.startedAt);
    if (!elsewhere)
        return std::nullopt;
    return notRun(Text::tr("The clock of this computer showed %1, but by your own servers it was %2. The dates of "
                           "certificates cannot be judged like that: set the clock, and look again.")
                      .arg(plainTime(look.startedAt), plainTime(*elsewhere)));
}

} // namespace cockpit
