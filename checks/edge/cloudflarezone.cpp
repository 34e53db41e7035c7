#include "checks/edge/cloudflarezone.h"

#include "checks/web/report.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudflareZone)
};

const QString kVerify = u"/user/tokens/verify"_s;
const QString kZonePermission = u"Zone: Read"_s;

bool isZoneId(const QString &id)
{
    return id.size() == 32 &&
           std::ranges::all_of(id, [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

const Secret &tokenIn(const Look &look)
{
    static const Secret none;
    return look.facts.edgeToken && *look.facts.edgeToken ? **look.facts.edgeToken : none;
}

// The zone is the domain itself, or what it belongs to.
QStringList zoneNames(const QString &domain)
{
    QStringList names{domain};
    if (const QString whole = registrableDomain(domain); !whole.isEmpty() && whole != domain)
        names << whole;
    return names;
}

QString pathFor(const QString &name)
{
    return u"/zones?per_page=50&name="_s + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

std::optional<CloudflareZone> zoneIn(const CloudflareReply &reply, const QString &name)
{
    for (const QJsonValue value : reply.result.toArray()) {
        auto zone = readZone(value);
        if (zone && zone->name.compare(name, Qt::CaseInsensitive) == 0)
            return zone;
    }
    return std::nullopt;
}

Judged noSuchZone(const QString &domain)
{
    Judged judged =
        notRun(Text::tr("The token works, and it shows no domain %1: it was made for another account or other "
                        "domains, or %1 is not at Cloudflare. Make a token for this domain, or delete it on "
                        "the page \"Credentials\".")
                   .arg(domain));
    judged.observed = {{u"answer"_s, u"no_zone"_s}};
    return judged;
}

// 401 and 403 alike may mean a token that is no good, and one that may not read this.
Judged refused(const Look &look, const Result<CloudflareReply> &reply)
{
    const auto verified = askCloudflare(look, kVerify);
    if (const QString problem = tokenProblem(verified); !problem.isEmpty()) {
        Judged judged = notRun(problem);
        judged.observed = {{u"answer"_s, toWord(CloudflareAnswer::WrongToken)}};
        return judged;
    }
    return couldNotRead(reply, Text::tr("the list of domains"), kZonePermission);
}

QString joinedWords(const CloudflareReply &reply)
{
    return reply.words.isEmpty() ? QString() : u" ("_s + reply.words.join(u"; "_s) + u')';
}

QString waitWords(const CloudflareReply &reply)
{
    return reply.retryAfter
               ? Text::tr("Cloudflare asks us to wait %1 seconds (too many questions in a short time). "
                          "Check again after that.")
                     .arg(*reply.retryAfter)
               : Text::tr("Cloudflare asks us to wait (too many questions in a short time). Check again in "
                          "five minutes.");
}

} // namespace

std::optional<CloudflareZone> readZone(const QJsonValue &zone)
{
    CloudflareZone read{zone["id"_L1].toString(), quoted(zone["name"_L1].toString().toUtf8(), 253),
                        quoted(zone["plan"_L1]["name"_L1].toString().toUtf8(), 60),
                        quoted(zone["status"_L1].toString().toUtf8(), 30), zone["paused"_L1].toBool()};
    return isZoneId(read.id) && !read.name.isEmpty() ? std::optional(read) : std::nullopt;
}

QStringList doubtsAbout(const CloudflareZone &zone)
{
    if (zone.isInForce())
        return {};
    return {Text::tr("None of it has an effect as long as Cloudflare does not stand in front of %1 "
                     "(see \"edge.cloudflare-config\").")
                .arg(zone.name)};
}

ZoneAccess cloudflareZoneOf(const Look &look)
{
    if (!look.facts.edgeToken)
        return {{}, notRun(labelOf(Need::ApiToken))};
    if (!*look.facts.edgeToken)
        return {{}, notRun(look.facts.edgeToken->error().message)};
    for (const QString &name : zoneNames(look.target.domain)) {
        const auto reply = askCloudflare(look, pathFor(name));
        if (reply && (reply->answer == CloudflareAnswer::WrongToken || reply->answer == CloudflareAnswer::NoPermission))
            return {{}, refused(look, reply)};
        if (!reply || !reply->isOk())
            return {{}, couldNotRead(reply, Text::tr("the list of domains"), kZonePermission)};
        if (auto zone = zoneIn(*reply, name))
            return {std::move(zone), {}};
    }
    return {{}, noSuchZone(look.target.domain)};
}

Result<CloudflareReply> askCloudflare(const Look &look, const QString &path)
{
    return *look.seen.ask(CloudflareGet{path, tokenIn(look)});
}

Result<CloudflareReply> askZone(const Look &look, const CloudflareZone &zone, const QString &tail)
{
    return askCloudflare(look, u"/zones/"_s + zone.id + tail);
}

QString whyUnread(const Result<CloudflareReply> &reply, const QString &part, const QString &permission)
{
    if (!reply)
        return reply.error().message;
    switch (reply->answer) {
    case CloudflareAnswer::Ok:
        return Text::tr("Cloudflare's answer for %1 has another form than its documents say.").arg(part);
    case CloudflareAnswer::WrongToken:
        return Text::tr("Cloudflare does not accept the token%1. Make a new one and put it in on the page "
                        "\"Credentials\".")
            .arg(joinedWords(*reply));
    case CloudflareAnswer::NoPermission:
        return Text::tr("The token may not read %1%2. Edit it at Cloudflare, under My Profile, API Tokens, and add the "
                        "permission \"%3\".")
            .arg(part, joinedWords(*reply), permission);
    case CloudflareAnswer::NotFound:
        return Text::tr("Cloudflare knows nothing about %1 of this domain%2.").arg(part, joinedWords(*reply));
    case CloudflareAnswer::TooMany:
        return waitWords(*reply);
    case CloudflareAnswer::Outage:
        return Text::tr("Cloudflare's own service for settings is out of order (status %1). Check again later; "
                        "www.cloudflarestatus.com tells when it is back.")
            .arg(reply->status);
    case CloudflareAnswer::NotTheApi:
        return Text::tr(
                   "What answered in place of Cloudflare's service for settings was a page or garbage (status %1): "
                   "something on the way took the question, such as a company proxy.")
            .arg(reply->status);
    case CloudflareAnswer::Refused:
        return Text::tr("Cloudflare did not take the question about %1 (status %2)%3.")
            .arg(part, QString::number(reply->status), joinedWords(*reply));
    }
    Q_UNREACHABLE();
}

Judged couldNotRead(const Result<CloudflareReply> &reply, const QString &part, const QString &permission)
{
    if (!reply)
        return couldNotLook(reply.error());
    const bool isForPeople =
        reply->answer == CloudflareAnswer::WrongToken || reply->answer == CloudflareAnswer::NoPermission;
    Judged judged = notRun(whyUnread(reply, part, permission));
    judged.outcome = isForPeople ? Outcome::NotRun : Outcome::Error;
    judged.observed = {{u"answer"_s, toWord(reply->answer)}, {u"status"_s, reply->status}};
    return judged;
}

QString tokenProblem(const Result<CloudflareReply> &verified)
{
    if (!verified)
        return {};
    if (verified->answer == CloudflareAnswer::WrongToken)
        return whyUnread(verified, {}, {});
    const QString status = verified->isOk() ? verified->result["status"_L1].toString() : QString();
    if (status == "disabled"_L1)
        return Text::tr(
            "The token was switched off at Cloudflare. Switch it on under My Profile, API Tokens, or put in "
            "a new one on the page \"Credentials\".");
    if (status == "expired"_L1)
        return Text::tr(
            "The token has expired at Cloudflare. Make a new one and put it in on the page \"Credentials\".");
    return {};
}

Result<QString> tryCloudflareToken(const Secret &token, const NetOptions &net, const CancelToken &cancel)
{
    Observations seen(net, cancel, Deadline::in(net.operationTimeout * 3), nullptr);
    const auto verified = seen.ask(CloudflareGet{kVerify, token});
    if (!*verified)
        return tl::unexpected<Error>(verified->error());
    const bool isRefused = (*verified)->answer == CloudflareAnswer::WrongToken;
    if (const QString problem = tokenProblem(*verified); !problem.isEmpty() && !isRefused)
        return failure(ErrorKind::NotPermitted, problem);
    if (!(*verified)->isOk() && !isRefused && (*verified)->answer != CloudflareAnswer::NoPermission)
        return failure(ErrorKind::Protocol, whyUnread(*verified, Text::tr("the token"), {}));
    // Tokens that belong to an account and not to a person are refused by the question about persons' tokens, so the
    // list of domains has the last word.
    const auto zones = seen.ask(CloudflareGet{u"/zones?per_page=50"_s, token});
    if (!*zones)
        return tl::unexpected<Error>(zones->error());
    if (!(*zones)->isOk())
        return failure(ErrorKind::NotPermitted,
                       isRefused ? tokenProblem(*verified)
                                 : whyUnread(*zones, Text::tr("the list of domains"), kZonePermission));
    QStringList names;
    for (const QJsonValue value : (*zones)->result.toArray()) {
        if (const auto zone = readZone(value))
            names << zone->name;
    }
    if (names.isEmpty())
        return Text::tr("The token works, and may read no domain yet.");
    return Text::tr("The token works. It may read: %1.").arg(names.mid(0, 5).join(u", "_s));
}

} // namespace cockpit
