#include "checks/net/foreignget.h"

#include "checks/engine/observations.h"
#include "checks/net/addressspace.h"
#include "checks/net/urlhost.h"
#include "models/redactor.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ForeignGet)
};

constexpr int kOk = 200;
constexpr int kLongestShown = 200;

QString shown(const QUrl &url)
{
    return plainText(url.toDisplayString(QUrl::RemoveUserInfo), kLongestShown);
}

bool leadsInside(const QUrl &url, ProbeContext &context)
{
    if (context.options.connectOverrideFor(hostOf(url), portOf(url)))
        return false;
    const auto addresses = context.observations.ask(HostAddresses{hostOf(url), portOf(url)});
    return *addresses && std::ranges::any_of(**addresses, &isPrivateAddress, &SocketAddress::ip);
}

} // namespace

Result<QByteArray> probe(const ForeignGet &question, ProbeContext &context)
{
    const QUrl &url = question.url;
    const bool isWeb = url.scheme() == "http"_L1 || url.scheme() == "https"_L1;
    if (!url.isValid() || !isWeb || url.host().isEmpty() || leadsInside(url, context))
        return failure(ErrorKind::NotPermitted, Text::tr("%1 is no public web address.").arg(shown(url)));
    const auto answer = context.observations.ask(HttpGet{.url = url, .bodyCap = question.bodyCap});
    if (!*answer)
        return tl::unexpected<Error>(answer->error());
    const HttpResponse &response = **answer;
    if (response.status != kOk)
        return failure(ErrorKind::Protocol,
                       Text::tr("%1 answered with the status %2.").arg(shown(url), QString::number(response.status)));
    if (response.bodyTruncated)
        return failure(ErrorKind::Protocol, Text::tr("The answer of %1 is too long.").arg(shown(url)));
    return response.body;
}

} // namespace cockpit
