#include "checks/abuse/visitorread.h"

#include "checks/actors/routeaddress.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "models/wordtable.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(VisitorRead)
};

constexpr std::array kEnds{
    WordRow<VisitEnd>{VisitEnd::Served, "served"},    WordRow<VisitEnd>{VisitEnd::Limited, "limited"},
    WordRow<VisitEnd>{VisitEnd::Broken, "broken"},    WordRow<VisitEnd>{VisitEnd::Unanswered, "unanswered"},
    WordRow<VisitEnd>{VisitEnd::NotSent, "not_sent"}, WordRow<VisitEnd>{VisitEnd::Other, "other"},
};

VisitEnd endOf(const Result<HttpResponse> &answer)
{
    if (!answer)
        return answer.error().kind == ErrorKind::Cancelled || answer.error().kind == ErrorKind::NotPermitted
                   ? VisitEnd::NotSent
                   : VisitEnd::Unanswered;
    const auto obstacle = obstacleIn(*answer);
    if (obstacle == Obstacle::TooManyRequests || obstacle == Obstacle::Challenge)
        return VisitEnd::Limited;
    if (answer->status >= 500)
        return VisitEnd::Broken;
    return answer->status >= 200 && answer->status < 300 ? VisitEnd::Served : VisitEnd::Other;
}

ActiveRequest readAt(const QUrl &url, const QString &name)
{
    ActiveRequest request;
    request.url = url;
    request.routeName = name;
    request.keepConnection = false;
    return request;
}

} // namespace

QString toWord(VisitEnd value)
{
    return wordOf(kEnds, value);
}

bool mayComeFromCache(const HttpResponse &answer)
{
    const QByteArray allowed = answer.header("cache-control").value_or(QByteArray()).toLower();
    for (const char *word : {"no-store", "no-cache", "private", "max-age=0"}) {
        if (allowed.contains(word) && !allowed.contains("s-maxage="))
            return false;
    }
    for (const char *name : {"x-cache", "cf-cache-status", "x-vercel-cache", "cache-status"}) {
        if (answer.header(name).value_or(QByteArray()).toLower().contains("hit"))
            return true;
    }
    return answer.header("age").value_or("0").toInt() > 0 || allowed.contains("public") ||
           allowed.contains("max-age=") || allowed.contains("s-maxage=");
}

VisitorRead visitorRead(const Result<HttpResponse> &answer, std::chrono::milliseconds took)
{
    VisitorRead read{.end = endOf(answer), .took = took};
    if (answer) {
        read.status = answer->status;
        read.isCached = mayComeFromCache(*answer);
    } else {
        read.problem = answer.error().message;
    }
    return read;
}

QString describe(const VisitorRead &read)
{
    const auto ms = static_cast<qint64>(read.took.count());
    return read.status > 0 ? Text::tr("status %1 in %2 ms").arg(QString::number(read.status), QString::number(ms))
                           : Text::tr("no answer in %1 ms").arg(ms);
}

std::chrono::milliseconds typicalTime(const std::vector<VisitorRead> &reads)
{
    std::vector<std::chrono::milliseconds> times;
    for (const VisitorRead &read : reads) {
        if (read.isServed())
            times.push_back(read.took);
    }
    if (times.empty())
        return {};
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    return *middle;
}

std::vector<ActiveRequest> ordinaryReads(const Target &target, const std::vector<Route> &routes, std::size_t most)
{
    std::vector<Route> open;
    std::ranges::copy_if(routes, std::back_inserter(open),
                         [](const Route &route) { return route.access == AccessClass::Public; });
    std::vector<ActiveRequest> reads;
    for (const AskableRoute &one : askableReads(target, open, most).routes)
        reads.push_back(readAt(one.url, one.route.path));
    for (const Host &host : target.hosts) {
        const QUrl first = httpsAddress(host);
        const bool isThere = std::ranges::any_of(reads, [&](const ActiveRequest &read) { return read.url == first; });
        if (reads.size() < most && host.role != HostRole::Mail && !isThere)
            reads.push_back(readAt(first, u"/"_s));
    }
    return reads;
}

VisitorRead visit(Wire &wire, const ActiveRequest &request)
{
    const auto began = Clock::now();
    const auto answer = wire.send(request);
    // The pace of the run is waited for before a request is sent, which is no time of the product.
    using std::chrono::milliseconds;
    const auto whole = std::chrono::duration_cast<milliseconds>(Clock::now() - began);
    return visitorRead(answer, answer ? std::chrono::duration_cast<milliseconds>(answer->timings.total) : whole);
}

} // namespace cockpit
