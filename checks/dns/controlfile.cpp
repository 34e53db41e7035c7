// The token in the file below /.well-known/ (RFC 8615).
#include "checks/dns/controlproof.h"
#include "checks/net/dnsreport.h"
#include "checks/web/address.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ControlProof)
};

constexpr int kOk = 200;
constexpr int kMostHops = 5;
constexpr qsizetype kLongestShown = 120;
constexpr qint64 kBodyCap = 64 * 1024; // a start page is recognised by its beginning

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

bool isPage(const HttpResponse &answer)
{
    const QByteArray begin = answer.body.left(1024).trimmed().toLower();
    const bool isHtmlType = answer.header("Content-Type").value_or(QByteArray()).toLower().startsWith("text/html");
    return begin.startsWith("<!doctype") || begin.startsWith("<html") || (isHtmlType && begin.startsWith('<'));
}

QString otherContent(const QString &token, const HttpResponse &answer)
{
    const QString where = answer.url.toString();
    const QByteArray line = answer.body.trimmed();
    if (isPage(answer))
        return Text::tr(
                   "%1 answers with a web page and not with the file: your site shows a page for every address that "
                   "it does not know (most single-page apps do). Put the file into the folder of static files, "
                   "often named \"public\", and publish again.")
            .arg(where);
    if (line.isEmpty())
        return Text::tr("The file at %1 is empty. It must hold this one line: %2").arg(where, txtRecordValue(token));
    if (line.contains(token.toLatin1()))
        return Text::tr("The file at %1 holds more than the line with the token. It must hold that line alone.")
            .arg(where);
    if (line.startsWith(txtRecordValue({}).toLatin1()))
        return Text::tr("The file at %1 has the token of another project. It must hold: %2")
            .arg(where, txtRecordValue(token));
    return Text::tr("The file at %1 says something else: \"%2\". It must hold: %3")
        .arg(where, shownText(line, kLongestShown), txtRecordValue(token));
}

// Where a redirect leads; an error where it may not be followed.
Result<QUrl> nextOf(const HttpResponse &answer, const QString &domain)
{
    const QByteArray location = answer.header("Location").value_or(QByteArray());
    const QUrl next = answer.url.resolved(QUrl::fromEncoded(location));
    const QString from = answer.url.toString();
    if (location.isEmpty() || !next.isValid() || next.host().isEmpty())
        return failure(ErrorKind::Protocol, Text::tr("%1 redirects without saying where to.").arg(from));
    if (!isSameSite(next.host(), domain))
        return failure(
            ErrorKind::NotPermitted,
            Text::tr("%1 redirects to %2, which is not part of %3. The file must be served by your own site.")
                .arg(from, shownName(next.host()), domain));
    if (next.scheme() != "https"_L1)
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 redirects to an address without encryption, where anybody on the way could put the "
                                "file. It must be served over HTTPS.")
                           .arg(from));
    return next;
}

Result<ControlLook> lookAt(const Host &host, const QString &domain, const QString &token, Observations &seen)
{
    const QUrl address = httpsAddress(host, wellKnownPath());
    QUrl next = address;
    for (int hop = 0; hop < kMostHops; ++hop) {
        const auto answer = seen.ask(HttpGet{.url = next, .bodyCap = kBodyCap, .trustedOnly = true});
        if (!*answer)
            return tl::unexpected<Error>(answer->error());
        if (!isRedirect((*answer)->status))
            return judgeControlFile(host.name, token, **answer);
        const auto there = nextOf(**answer, domain);
        if (!there)
            return ControlLook{false, {}, there.error().message};
        next = *there;
    }
    return ControlLook{false, {}, Text::tr("%1 redirects again and again.").arg(address.toString())};
}

// The domain itself proves the most.
std::vector<Host> hostsOfProof(const Target &target)
{
    std::vector<Host> hosts;
    for (const Host &host : target.hosts) {
        if (host.name == target.domain)
            hosts.insert(hosts.begin(), host);
        else if (host.role == HostRole::Site || host.role == HostRole::Www)
            hosts.push_back(host);
    }
    if (hosts.empty())
        hosts.push_back({HostRole::Site, target.domain});
    return hosts;
}

} // namespace

ControlLook judgeControlFile(const QString &host, const QString &token, const HttpResponse &answer)
{
    const QString where = answer.url.toString();
    if (answer.status == 404 || answer.status == 410)
        return {false, {}, Text::tr("There is no file at %1 yet.").arg(where)};
    if (answer.status != kOk)
        return {false,
                {},
                Text::tr("%1 does not hand out the file: it answers with the status %2. If a protection or a sign-in "
                         "stands before it, let this one address through.")
                    .arg(where, QString::number(answer.status))};
    if (!answer.bodyTruncated && isTokenAlone(answer.body, token))
        return {true, host, Text::tr("The token stands at %1: %2 is yours.").arg(where, host)};
    return {false, {}, otherContent(token, answer)};
}

Result<ControlLook> lookForControlFile(const Target &target, const QString &token, Observations &seen)
{
    std::optional<Result<ControlLook>> first;
    for (const Host &host : hostsOfProof(target)) {
        const auto look = lookAt(host, target.domain, token, seen);
        if (look && look->isProven)
            return look;
        if (!first || (!*first && look)) // an answer says more than none
            first = look;
    }
    return *first;
}

} // namespace cockpit
