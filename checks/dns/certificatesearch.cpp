#include "checks/dns/certificatesearch.h"

#include "checks/engine/observations.h"
#include "checks/net/httpclient.h"
#include "models/hostname.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <map>
#include <optional>
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
constexpr qsizetype kMostNamesOfOne = 100;
constexpr qsizetype kLongestText = 500;

// "%.example.com" is a pattern for the names below the domain, and leaves out the domain itself.
QUrl searchUrl(const QString &asked)
{
    return QUrl(u"https://crt.sh/?q="_s + asked + u"&output=json"_s, QUrl::StrictMode);
}

QUrl searchBelow(const QString &domain)
{
    return searchUrl(u"%25."_s + domain);
}

QJsonArray entriesIn(const QByteArray &json)
{
    QJsonArray list = QJsonDocument::fromJson(json).array();
    const qsizetype lastWhole = json.lastIndexOf("},");
    if (list.isEmpty() && lastWhole > 0)
        list = QJsonDocument::fromJson(json.first(lastWhole + 1) + ']').array();
    return list;
}

Result<QJsonArray> listIn(const QByteArray &json)
{
    QJsonArray entries = entriesIn(json);
    if (entries.isEmpty() && !QJsonDocument::fromJson(json).isArray())
        return failure(ErrorKind::Protocol, Text::tr("The search of certificate logs answered with something else than "
                                                     "a list."));
    return entries;
}

struct Searched
{
    QByteArray json;
    bool isCut = false;
};

Result<Searched> searched(const Result<HttpResponse> &answer)
{
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    const HttpResponse &response = *answer;
    if (response.trust == CertificateTrust::Untrusted)
        return failure(ErrorKind::Protocol,
                       Text::tr("The search of certificate logs has no certificate that can be trusted."),
                       response.trustProblem);
    if (response.status != kOk)
        return failure(ErrorKind::Protocol,
                       Text::tr("The search of certificate logs answered with the status %1.").arg(response.status));
    return Searched{response.body, response.bodyTruncated};
}

QDateTime timeIn(const QJsonValue &value)
{
    QDateTime time = QDateTime::fromString(value.toString(), Qt::ISODate);
    time.setTimeSpec(Qt::UTC); // as the service means it
    return time;
}

LoggedCertificate certificateIn(const QJsonValue &entry)
{
    const QString issuer = entry["issuer_name"_L1].toString().left(kLongestText);
    LoggedCertificate certificate{
        attributeIn(issuer, u"O"_s),    attributeIn(issuer, u"CN"_s),  {},
        timeIn(entry["not_before"_L1]), timeIn(entry["not_after"_L1]), entry["id"_L1].toInteger()};
    if (certificate.issuer.isEmpty())
        certificate.issuer = issuer;
    for (const QString &line : entry["name_value"_L1].toString().split(u'\n', Qt::SkipEmptyParts)) {
        if (certificate.names.size() < kMostNamesOfOne)
            certificate.names += line.trimmed().left(kLongestText).toLower();
    }
    return certificate;
}

Result<LoggedList> listedIn(const Result<HttpResponse> &answer, const QDateTime &now)
{
    const auto found = searched(answer);
    if (!found)
        return tl::unexpected<Error>(found.error());
    auto list = certificatesInSearchAnswer(found->json, now);
    if (list)
        list->isCut = list->isCut || found->isCut;
    return list;
}

} // namespace

QString attributeIn(const QString &distinguishedName, const QString &attribute)
{
    const QString mark = attribute + u'=';
    qsizetype at = 0;
    while (at < distinguishedName.size()) {
        const bool isIt = QStringView(distinguishedName).sliced(at).startsWith(mark);
        const qsizetype equals = distinguishedName.indexOf(u'=', at);
        if (equals < 0)
            return {};
        const bool isQuoted = equals + 1 < distinguishedName.size() && distinguishedName[equals + 1] == u'"';
        const qsizetype begin = equals + (isQuoted ? 2 : 1);
        const qsizetype found =
            isQuoted ? distinguishedName.indexOf(u'"', begin) : distinguishedName.indexOf(", "_L1, begin);
        const qsizetype end = found < 0 ? distinguishedName.size() : found;
        if (isIt)
            return distinguishedName.mid(begin, end - begin);
        const qsizetype comma = distinguishedName.indexOf(", "_L1, end);
        if (comma < 0)
            return {};
        at = comma + 2;
    }
    return {};
}

Result<LoggedList> certificatesInSearchAnswer(const QByteArray &json, const QDateTime &now)
{
    const auto entries = listIn(json);
    if (!entries)
        return tl::unexpected<Error>(entries.error());
    LoggedList list{.isCut = !QJsonDocument::fromJson(json).isArray()};
    for (const QJsonValue entry : *entries) {
        LoggedCertificate certificate = certificateIn(entry);
        const bool isCurrent = certificate.notBefore.isValid() && certificate.notAfter > now;
        if (!isCurrent || certificate.names.isEmpty())
            continue;
        if (list.certificates.size() < kMostNames)
            list.certificates.push_back(std::move(certificate));
        else
            list.isCut = true;
    }
    return list;
}

LoggedList joined(LoggedList list, const LoggedList &more)
{
    list.isCut = list.isCut || more.isCut;
    std::map<qint64, size_t> places;
    for (size_t i = 0; i < list.certificates.size(); ++i)
        places.emplace(list.certificates[i].id, i);
    for (const LoggedCertificate &one : more.certificates) {
        const auto known = one.id == 0 ? places.end() : places.find(one.id);
        if (known == places.end()) {
            list.certificates.push_back(one);
            continue;
        }
        QStringList &names = list.certificates[known->second].names;
        names << one.names;
        names.removeDuplicates();
    }
    return list;
}

Result<QStringList> namesInSearchAnswer(const QByteArray &json, const QString &domain)
{
    const auto entries = listIn(json);
    if (!entries)
        return tl::unexpected<Error>(entries.error());
    std::set<QString> names;
    for (const QJsonValue entry : *entries) {
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
    const auto answer = searched(*context.observations.ask(HttpGet{.url = searchBelow(question.domain)}));
    if (!answer)
        return tl::unexpected<Error>(answer.error());
    return namesInSearchAnswer(answer->json, question.domain);
}

Result<LoggedList> probe(const LoggedCertificates &question, ProbeContext &context)
{
    const std::vector<HttpGet> questions{{.url = searchBelow(question.domain)}, {.url = searchUrl(question.domain)}};
    LoggedList all;
    std::optional<Error> gap;
    int heard = 0;
    for (const auto &answer : context.observations.askAll(questions)) {
        const auto list = listedIn(*answer, question.now);
        if (list) {
            all = joined(std::move(all), *list);
            ++heard;
        } else if (!gap) {
            gap = list.error();
        }
    }
    if (gap && (heard == 0 || gap->kind == ErrorKind::Cancelled))
        return tl::unexpected<Error>(std::move(*gap));
    all.isCut = all.isCut || gap.has_value();
    return all;
}

} // namespace cockpit
