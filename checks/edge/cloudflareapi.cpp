#include "checks/edge/cloudflareapi.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudflareApi)
};

constexpr qsizetype kLongestToken = 512;

// A header field carries visible ASCII (RFC 9110 section 5.5); a line end in it would be a second header.
bool isSendable(const QByteArray &token)
{
    return !token.isEmpty() && token.size() <= kLongestToken &&
           std::ranges::all_of(token, [](char c) { return c > ' ' && c < 0x7f; });
}

} // namespace

Result<CloudflareReply> probe(const CloudflareGet &question, ProbeContext &context)
{
    const QByteArray token = question.token.reveal().trimmed(); // some programs keep a line end in the keychain
    if (!isSendable(token))
        return failure(ErrorKind::BadInput, Text::tr("What is stored as the Cloudflare token is none: a token is a "
                                                     "single line of letters, digits, dashes and underscores."));
    const HttpGet get{.url = QUrl(QString::fromLatin1(kCloudflareApi) + question.path),
                      .headers = {{"Authorization", "Bearer " + token}, {"Accept", "application/json"}},
                      .trustedOnly = true};
    // Not through the observations, which would keep the header.
    const Result<HttpResponse> response = probe(get, context);
    if (!response)
        return tl::unexpected<Error>(response.error());
    return readCloudflareReply(*response, Secret(token));
}

Result<CloudflareList> askCloudflareList(Observations &seen, const Secret &token, const QString &path)
{
    CloudflareList list;
    const QString more = path + (path.contains(u'?') ? u"&page="_s : u"?page="_s);
    for (int page = 1; page <= kMostCloudflarePages; ++page) {
        const auto reply = seen.ask(CloudflareGet{more + QString::number(page), token});
        if (!*reply)
            return tl::unexpected<Error>(reply->error());
        list.last = **reply;
        const QJsonArray items = list.last.result.toArray();
        for (const QJsonValue item : items)
            list.items.append(item);
        if (!list.last.isOk() || page >= list.last.totalPages || items.isEmpty())
            return list;
    }
    list.isCut = true;
    return list;
}

} // namespace cockpit
