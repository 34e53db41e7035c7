#include "checks/tls/renewalwindow.h"

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RenewalWindow)
};

constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr qint64 kLongestAnswer = 64LL * 1024;

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<QByteArray> fetched(const QUrl &url, ProbeContext &context)
{
    const auto answer = context.observations.ask(HttpGet{.url = url, .bodyCap = kLongestAnswer});
    if (!*answer)
        return tl::unexpected<Error>(answer->error());
    const HttpResponse &response = **answer;
    if (response.trust != CertificateTrust::Trusted) {
        return failure(
            ErrorKind::Protocol,
            Text::tr("The issuer's service for renewals at %1 could not be trusted.").arg(plainText(url.host(), 200)));
    }
    if (response.status == kNotFound)
        return failure(ErrorKind::NotFound, Text::tr("The issuer says nothing about when to renew this certificate."));
    if (response.status != kOk) {
        return failure(ErrorKind::Protocol,
                       Text::tr("The issuer's service for renewals answered with the status %1.").arg(response.status));
    }
    return response.body;
}

} // namespace

QString renewalId(const CertificateFields &fields)
{
    if (fields.issuerKeyId.isEmpty() || fields.serial.isEmpty())
        return {};
    return QString::fromLatin1(base64Url(fields.issuerKeyId) + '.' + base64Url(fields.serial));
}

Result<QString> renewalInfoUrl(const QByteArray &directory)
{
    QString url = QJsonDocument::fromJson(directory).object().value("renewalInfo"_L1).toString();
    if (!url.startsWith("https://"_L1))
        return failure(ErrorKind::NotFound, Text::tr("The issuer does not say when to renew certificates."));
    return url;
}

Result<SuggestedWindow> parseRenewalInfo(const QByteArray &json)
{
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    const QJsonObject window = root.value("suggestedWindow"_L1).toObject();
    SuggestedWindow read{QDateTime::fromString(window.value("start"_L1).toString(), Qt::ISODateWithMs).toUTC(),
                         QDateTime::fromString(window.value("end"_L1).toString(), Qt::ISODateWithMs).toUTC(),
                         plainText(root.value("explanationURL"_L1).toString(), 300)};
    if (!read.start.isValid() || !read.end.isValid() || read.end <= read.start)
        return failure(ErrorKind::Protocol, Text::tr("The issuer's word on when to renew cannot be read."));
    return read;
}

Result<SuggestedWindow> probe(const RenewalWindow &question, ProbeContext &context)
{
    const auto directory = fetched(QUrl(question.directory, QUrl::StrictMode), context);
    if (!directory)
        return tl::unexpected<Error>(directory.error());
    const auto base = renewalInfoUrl(*directory);
    if (!base)
        return tl::unexpected<Error>(base.error());
    const auto answer = fetched(QUrl(*base + u'/' + question.id, QUrl::StrictMode), context);
    return answer ? parseRenewalInfo(*answer) : Result<SuggestedWindow>(tl::unexpected<Error>(answer.error()));
}

} // namespace cockpit
