#include "checks/dns/certificatesearch.h"

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/hostname.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CertificateSearch)
};

constexpr int kOk = 200;
// Large companies have hundreds of thousands of entries; a launch does not.
constexpr size_t kMostNames = 500;

QUrl searchUrl(const QString &domain)
{
    return QUrl(u"https://crt.sh/?q=%25."_s + domain + u"&output=json"_s, QUrl::StrictMode);
}

QJsonArray entriesIn(const QByteArray &json)
{
    QJsonArray list = QJsonDocument::fromJson(json).array();
    const qsizetype lastWhole = json.lastIndexOf("},");
    if (list.isEmpty() && lastWhole > 0)
        list = QJsonDocument::fromJson(json.first(lastWhole + 1) + ']').array();
    return list;
}

} // namespace

Result<QStringList> namesInSearchAnswer(const QByteArray &json, const QString &domain)
{
    const QJsonArray entries = entriesIn(json);
    if (entries.isEmpty() && !QJsonDocument::fromJson(json).isArray())
        return failure(ErrorKind::Protocol, Text::tr("The search of certificate logs answered with something else than "
                                                     "a list."));
    std::set<QString> names;
    for (const QJsonValue entry : entries) {
        for (const QString &line : entry["name_value"_L1].toString().split(u'\n', Qt::SkipEmptyParts)) {
            const auto name = normaliseHostName(withoutWildcard(line.trimmed()));
            if (name && isWithin(*name, domain) && names.size() < kMostNames)
                names.insert(*name);
        }
    }
    return QStringList(names.begin(), names.end());
}

Result<QStringList> probe(const CertificateSearch &question, ProbeContext &context)
{
    const auto answer = context.observations.ask(HttpGet{.url = searchUrl(question.domain)});
    if (!*answer)
        return tl::unexpected<Error>(answer->error());
    const HttpResponse &response = **answer;
    if (response.trust == CertificateTrust::Untrusted)
        return failure(ErrorKind::Protocol,
                       Text::tr("The search of certificate logs has no certificate that can be trusted."),
                       response.trustProblem);
    if (response.status != kOk)
        return failure(ErrorKind::Protocol,
                       Text::tr("The search of certificate logs answered with the status %1.").arg(response.status));
    return namesInSearchAnswer(response.body, question.domain);
}

} // namespace cockpit
