#include "models/handover/commands.h"

#include "models/checkcatalog.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostCommands = 3;
constexpr int kLongestAddress = 400;

// Nothing inside single quotes is special to the shell, and a quote itself ends, escapes and begins again.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\'';
}

bool isDnsName(const QString &text)
{
    static const QRegularExpression name(u"^[A-Za-z0-9_.-]{1,253}$"_s);
    return name.match(text).hasMatch() && !text.startsWith(u'-');
}

const Host *hostOf(const Finding &finding, const Target &target)
{
    const auto host = std::ranges::find(target.hosts, finding.host, &Host::name);
    return host == target.hosts.end() ? nullptr : &*host;
}

QString curl(const Finding &finding, const QString &url)
{
    // Browsers send an origin with each request across sites; without one there is nothing to see.
    const QString origin = finding.checkId == "http.cors"_L1 ? u" -H 'Origin: https://stranger.example'"_s : QString();
    return u"curl -sS -D - -o /dev/null%1 %2"_s.arg(origin, quoted(url));
}

// Evidence is titled by what was asked: "GET https://app.example.com/", "TXT _dmarc.example.com".
QString commandFor(const Finding &finding, const Evidence &evidence)
{
    static const QRegularExpression request(u"^GET (https?://\\S+)$"_s);
    static const QRegularExpression query(u"^(A|AAAA|CAA|CNAME|DNSKEY|DS|MX|NS|SOA|TXT) ([A-Za-z0-9_.-]+)"_s);
    const QString title = evidence.title.left(kLongestAddress);
    if (const auto match = request.match(title); match.hasMatch())
        return curl(finding, match.captured(1));
    const auto match = query.match(title);
    if (!match.hasMatch() || !isDnsName(match.captured(2)))
        return {};
    // A question to one server of the zone is put to all of them: the finding is about their differences.
    if (match.captured(1) == "SOA"_L1)
        return u"dig +nssearch %1"_s.arg(match.captured(2));
    return u"dig +short %1 %2"_s.arg(match.captured(1), match.captured(2));
}

// Where the evidence is not an answer to one question.
QString commandByFamily(const Finding &finding, const Target &target)
{
    const QString name = finding.host.isEmpty() ? target.domain : finding.host;
    if (!isDnsName(name))
        return {};
    const Host *host = hostOf(finding, target);
    const int port = host ? host->httpsPort : kHttpsPort;
    if (finding.checkId.startsWith("tls."_L1))
        return u"openssl s_client -connect %1:%2 -showcerts </dev/null"_s.arg(name, QString::number(port));
    if (finding.checkId == "mail.spf"_L1)
        return u"dig +short TXT %1"_s.arg(name);
    if (finding.checkId == "http.redirect-map"_L1 && !finding.evidence.empty()) {
        const QString from = finding.evidence.front().title; // the old address, which may be a path on the site
        const QString url = from.startsWith(u'/') ? u"https://%1%2"_s.arg(name, from) : from;
        return u"curl -sSIL %1"_s.arg(quoted(url));
    }
    const bool namesItsRequest = finding.code == "open_redirect"_L1;
    if (finding.checkId == "http.https-redirect"_L1 || (finding.checkId == "http.canonical"_L1 && !namesItsRequest))
        return u"curl -sSIL %1"_s.arg(quoted(u"http://%1/"_s.arg(name)));
    if (finding.checkId.startsWith("http."_L1))
        return curl(finding, port == kHttpsPort ? u"https://%1/"_s.arg(name)
                                                : u"https://%1:%2/"_s.arg(name, QString::number(port)));
    return {};
}

// It attacks or signs in, which takes the accounts, the routes and the proof of a project.
bool needsProject(const QString &checkId)
{
    static const Result<CheckCatalog> catalog = CheckCatalog::load();
    const CatalogEntry *entry = catalog ? catalog->find(checkId) : nullptr;
    return entry && (entry->kind == CheckKind::Active || entry->kind == CheckKind::Credentials);
}

} // namespace

QStringList commandsToSee(const Finding &finding, const Target &target)
{
    QStringList commands;
    for (const Evidence &evidence : finding.evidence)
        commands << commandFor(finding, evidence);
    commands.removeAll(QString());
    if (commands.isEmpty())
        commands << commandByFamily(finding, target);
    commands.removeAll(QString());
    commands.removeDuplicates();
    return commands.mid(0, kMostCommands);
}

QString commandToCheckAgain(const Finding &finding, const Target &target, const std::vector<SourceKind> &sources)
{
    if (needsProject(finding.checkId)) // where it lies there
        return u"launch-cockpit audit --project FILE.cockpit --active --only %1"_s.arg(finding.checkId);
    const Host *host = hostOf(finding, target);
    const bool mustBeNamed = host && host->name != target.domain;
    const QString role = mustBeNamed ? u" --host %1=%2"_s.arg(toWord(host->role), host->name) : QString();
    QString command = u"launch-cockpit audit %1%2 --only %3"_s.arg(target.domain, role, finding.checkId);
    for (const SourceKind kind : sources)
        command += u" --source %1=PATH"_s.arg(toWord(kind)); // where it lies there
    return command;
}

} // namespace cockpit::handover
