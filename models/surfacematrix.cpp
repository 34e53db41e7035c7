#include "models/surfacematrix.h"

#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SurfaceMatrix)
};

constexpr std::array kColumns{
    WordRow<SurfaceColumn>{SurfaceColumn::Resolves, "resolves", QT_TRANSLATE_NOOP("SurfaceMatrix", "Resolves")},
    WordRow<SurfaceColumn>{SurfaceColumn::Certificate, "certificate",
                           QT_TRANSLATE_NOOP("SurfaceMatrix", "Certificate")},
    WordRow<SurfaceColumn>{SurfaceColumn::Redirect, "redirect", QT_TRANSLATE_NOOP("SurfaceMatrix", "Redirect")},
    WordRow<SurfaceColumn>{SurfaceColumn::Headers, "headers", QT_TRANSLATE_NOOP("SurfaceMatrix", "Headers")},
    WordRow<SurfaceColumn>{SurfaceColumn::Edge, "edge", QT_TRANSLATE_NOOP("SurfaceMatrix", "Edge")},
    WordRow<SurfaceColumn>{SurfaceColumn::Cache, "cache", QT_TRANSLATE_NOOP("SurfaceMatrix", "Cache")},
    WordRow<SurfaceColumn>{SurfaceColumn::Latency, "latency", QT_TRANSLATE_NOOP("SurfaceMatrix", "Latency")},
};

const QString kResolution = u"dns.resolution"_s;
const QString kCanonical = u"http.canonical"_s;

// Worst first; what was not looked at decides only when nothing was.
int rankOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Fail:
        return 0;
    case Outcome::Warn:
        return 1;
    case Outcome::Error:
        return 2;
    case Outcome::Pass:
    case Outcome::Info:
        return 3;
    case Outcome::NotApplicable:
        return 4;
    case Outcome::NotRun:
        return 5;
    }
    Q_UNREACHABLE();
}

bool isOpen(const Finding &finding, const ProjectState &state)
{
    const auto known = state.findings.find(finding.id());
    return known != state.findings.end() && known->second.isOpen();
}

QString worstOpen(const std::vector<const Finding *> &findings, const ProjectState &state)
{
    const Finding *worst = nullptr;
    for (const Finding *finding : findings) {
        if (isOpen(*finding, state) && (!worst || finding->severity < worst->severity))
            worst = finding;
    }
    return worst ? worst->id() : QString();
}

SurfaceLine lineOf(const CheckResult &result, const ProjectState &state)
{
    std::vector<const Finding *> findings;
    findings.reserve(result.findings.size());
    for (const Finding &finding : result.findings)
        findings.push_back(&finding);
    return {.checkId = result.checkId,
            .outcome = result.outcome,
            .words = result.summary.isEmpty() ? result.reason : result.summary,
            .findingId = worstOpen(findings, state)};
}

bool isSite(const Host &host)
{
    return host.role == HostRole::Site || host.role == HostRole::Www;
}

// What a look at the whole target found on this host: named by the finding, or about the site as such.
std::vector<const Finding *> findingsAbout(const Host &host, const CheckResult &result)
{
    std::vector<const Finding *> about;
    for (const Finding &finding : result.findings) {
        const bool isNamed = finding.host == host.name || (finding.host.isEmpty() && finding.subject == host.name);
        const bool isAboutSite = result.checkId == kCanonical && finding.host.isEmpty() && isSite(host);
        if (isNamed || isAboutSite)
            about.push_back(&finding);
    }
    return about;
}

Outcome outcomeOf(const std::vector<const Finding *> &findings)
{
    const bool isSevere =
        std::ranges::any_of(findings, [](const Finding *finding) { return finding->severity <= Severity::High; });
    return isSevere ? Outcome::Fail : Outcome::Warn;
}

// dns.resolution looks at all hosts at once, and tells of each what it answered.
std::optional<SurfaceLine> resolutionOf(const Host &host, const CheckResult &result)
{
    for (const QJsonValue seen : result.observed["hosts"_L1].toArray()) {
        if (seen["name"_L1].toString() != host.name)
            continue;
        const QStringList addresses = seen["addresses"_L1].toVariant().toStringList();
        const bool isThere = seen["status"_L1].toString() == "answered"_L1 && !addresses.isEmpty();
        return SurfaceLine{.checkId = result.checkId,
                           .outcome = isThere ? Outcome::Pass : Outcome::Error,
                           .words = isThere ? addresses.join(u", "_s) : Text::tr("No address was found."),
                           .findingId = {}};
    }
    return std::nullopt;
}

// Of a look at the whole target; empty where it says nothing about this host.
std::optional<SurfaceLine> sharedLine(const Host &host, const CheckResult &result, const ProjectState &state)
{
    if (const auto about = findingsAbout(host, result); !about.empty()) {
        return SurfaceLine{.checkId = result.checkId,
                           .outcome = outcomeOf(about),
                           .words = about.front()->title,
                           .findingId = worstOpen(about, state)};
    }
    if (result.checkId == kResolution)
        return resolutionOf(host, result);
    if (result.checkId != kCanonical || !isSite(host))
        return std::nullopt;
    SurfaceLine line = lineOf(result, state);
    if (!result.findings.empty()) // all of them are about other hosts
        line.outcome = Outcome::Pass;
    line.findingId.clear();
    return line;
}

std::optional<SurfaceLine> lineFor(const QString &checkId, const Host &host, const ProjectState &state)
{
    const std::vector<const CheckResult *> results = latestOf(checkId, state);
    const auto own = std::ranges::find(results, host.name, [](const CheckResult *result) { return result->host; });
    if (own != results.end())
        return lineOf(**own, state);
    const auto shared = std::ranges::find_if(results, [](const CheckResult *result) { return result->host.isEmpty(); });
    return shared == results.end() ? std::nullopt : sharedLine(host, **shared, state);
}

// The number that people ask for first.
QString figureOf(SurfaceColumn column, const Host &host, const ProjectState &state)
{
    const bool isLatency = column == SurfaceColumn::Latency;
    if (!isLatency && column != SurfaceColumn::Certificate)
        return {};
    for (const CheckResult *result : latestOf(isLatency ? u"http.latency"_s : u"tls.expiry"_s, state)) {
        const QJsonValue value = result->observed[isLatency ? "p95_ms"_L1 : "days_left"_L1];
        if (result->host != host.name || !value.isDouble())
            continue;
        if (isLatency)
            return Text::tr("%1 ms").arg(QLocale().toString(std::lround(value.toDouble())));
        return Text::tr("%n day(s)", nullptr, value.toInt());
    }
    return {};
}

SurfaceCell cellOf(SurfaceColumn column, const Host &host, const ProjectState &state)
{
    SurfaceCell cell{.column = column,
                     .outcome = Outcome::NotRun,
                     .notLookedAt = 0,
                     .figure = figureOf(column, host, state),
                     .words = {},
                     .findingId = {},
                     .lines = {}};
    for (const QString &checkId : checksBehind(column)) {
        if (auto line = lineFor(checkId, host, state))
            cell.lines.push_back(std::move(*line));
    }
    std::ranges::stable_sort(cell.lines, {}, [](const SurfaceLine &line) { return rankOf(line.outcome); });
    cell.notLookedAt = static_cast<int>(std::ranges::count(cell.lines, Outcome::NotRun, &SurfaceLine::outcome));
    const auto withFinding =
        std::ranges::find_if(cell.lines, [](const SurfaceLine &line) { return !line.findingId.isEmpty(); });
    if (withFinding != cell.lines.end())
        cell.findingId = withFinding->findingId;
    if (!cell.lines.empty()) {
        cell.outcome = cell.lines.front().outcome;
        cell.words = cell.lines.front().words;
    }
    return cell;
}

} // namespace

QString toWord(SurfaceColumn column)
{
    return wordOf(kColumns, column);
}

QString labelOf(SurfaceColumn column)
{
    return Text::tr(rowOf(kColumns, column).label);
}

QStringList checksBehind(SurfaceColumn column)
{
    switch (column) {
    case SurfaceColumn::Resolves:
        return {kResolution};
    case SurfaceColumn::Certificate:
        return {u"tls.reachable"_s, u"tls.chain"_s,   u"tls.hostname"_s, u"tls.expiry"_s,     u"tls.renewal"_s,
                u"tls.protocols"_s, u"tls.ciphers"_s, u"tls.key"_s,      u"tls.revocation"_s, u"tls.transparency"_s};
    case SurfaceColumn::Redirect:
        return {u"http.https-redirect"_s, kCanonical};
    case SurfaceColumn::Headers:
        return {u"http.hsts"_s,
                u"http.csp"_s,
                u"http.framing"_s,
                u"http.nosniff"_s,
                u"http.referrer-policy"_s,
                u"http.cookies"_s,
                u"http.cors"_s,
                u"http.version-leak"_s,
                u"http.permissions-policy"_s};
    case SurfaceColumn::Edge:
        return {u"edge.detect"_s, u"edge.origin-exposed"_s};
    case SurfaceColumn::Cache:
        return {u"http.cache-private"_s, u"http.cache-static"_s};
    case SurfaceColumn::Latency:
        return {u"http.latency"_s};
    }
    Q_UNREACHABLE();
}

std::vector<SurfaceRow> surfaceMatrix(const ProjectState &state)
{
    std::vector<SurfaceRow> rows;
    rows.reserve(state.settings.target.hosts.size());
    for (const Host &host : state.settings.target.hosts) {
        if (host.role == HostRole::Mail)
            continue;
        SurfaceRow row{.host = host, .cells = {}};
        row.cells.reserve(kSurfaceColumns.size());
        for (const SurfaceColumn column : kSurfaceColumns)
            row.cells.push_back(cellOf(column, host, state));
        rows.push_back(std::move(row));
    }
    return rows;
}

bool isSeenInPart(const SurfaceCell &cell)
{
    return cell.notLookedAt > 0 && (cell.outcome == Outcome::Pass || cell.outcome == Outcome::Info);
}

QString shortWordOf(const SurfaceCell &cell)
{
    if (isSeenInPart(cell)) {
        const auto all = static_cast<int>(cell.lines.size());
        return Text::tr("%1 of %2 seen").arg(QString::number(all - cell.notLookedAt), QString::number(all));
    }
    switch (cell.outcome) {
    case Outcome::Pass:
    case Outcome::Info:
        return cell.figure.isEmpty() ? labelOf(cell.outcome) : cell.figure;
    case Outcome::Warn:
    case Outcome::Fail:
        return labelOf(cell.outcome);
    case Outcome::Error:
        return Text::tr("Unclear");
    case Outcome::NotApplicable:
        return Text::tr("Not here");
    case Outcome::NotRun:
        return Text::tr("Not yet");
    }
    Q_UNREACHABLE();
}

QString wordOf(const SurfaceCell &cell)
{
    const bool isPartly = cell.notLookedAt > 0 && cell.outcome != Outcome::NotRun;
    const QString word = labelOf(cell.outcome);
    return isPartly ? Text::tr("%1, %n not looked at", nullptr, cell.notLookedAt).arg(word) : word;
}

} // namespace cockpit
