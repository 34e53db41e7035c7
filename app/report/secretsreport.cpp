#include "app/report/secretsreport.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

Standing standingOf(const FoundSecret &secret, const std::set<QByteArray> &accepted)
{
    if (secret.hit.kind == LeakKind::PublicByDesign)
        return Standing::Public;
    if (secret.hit.allowed)
        return Standing::Remarked;
    return accepted.contains(secret.hit.fingerprint) ? Standing::InBaseline : Standing::Open;
}

} // namespace

qsizetype SecretsReport::valuesThatAre(Standing standing) const
{
    std::set<QByteArray> values;
    for (const StandingSecret &each : secrets) {
        if (each.standing == standing)
            values.insert(each.secret.hit.fingerprint);
    }
    return static_cast<qsizetype>(values.size());
}

SecretsReport makeSecretsReport(TreeScan scan, const std::set<QByteArray> &accepted, const QString &toolVersion)
{
    SecretsReport report;
    report.toolVersion = toolVersion;
    report.secrets.reserve(scan.found.size());
    for (FoundSecret &secret : scan.found) {
        const Standing standing = standingOf(secret, accepted);
        report.secrets.push_back({std::move(secret), standing});
    }
    scan.found.clear();
    report.scan = std::move(scan);
    return report;
}

bool reaches(const SecretsReport &report, Severity threshold)
{
    return std::ranges::any_of(report.secrets, [threshold](const StandingSecret &each) {
        return each.standing == Standing::Open && each.secret.hit.severity <= threshold;
    });
}

QString toWord(Through value)
{
    switch (value) {
    case Through::Plain:
        return u"plain"_s;
    case Through::Base64:
        return u"base64"_s;
    case Through::UrlEncoded:
        return u"url"_s;
    case Through::Escaped:
        return u"escapes"_s;
    case Through::Utf16:
        return u"utf16"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(LeakKind value)
{
    switch (value) {
    case LeakKind::Secret:
        return u"secret"_s;
    case LeakKind::PublicByDesign:
        return u"public"_s;
    case LeakKind::TestMode:
        return u"test_mode"_s;
    case LeakKind::Jwt:
        return u"jwt"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
