#include "checks/edge/configexport.h"

#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ConfigExport)
};

const QString kId = u"edge.config-export"_s;
constexpr int kEffortMinutes = 15;
constexpr qsizetype kMostSentences = 8;

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonArray toJson(const std::vector<ExportChange> &changes)
{
    QJsonArray rows;
    for (const ExportChange &change : changes)
        rows.append(QJsonObject{{u"part"_s, change.part},
                                {u"what"_s, change.what},
                                {u"before"_s, orNull(change.before)},
                                {u"after"_s, orNull(change.after)}});
    return rows;
}

Finding changed(const std::vector<ExportChange> &changes)
{
    QStringList sentences;
    for (const ExportChange &change : changes)
        sentences << sentenceAbout(change);
    const qsizetype more = sentences.size() - kMostSentences;
    QString saw = sentences.mid(0, kMostSentences).join(u' ');
    if (more > 0)
        saw += u' ' + Text::tr("And %1 more.").arg(more);
    const bool worse = std::ranges::any_of(changes, isWorse);
    Finding finding = worse ? makeFinding(u"settings_worse"_s, Severity::Medium, Proof::Proven, Impact::Maintainability,
                                          Text::tr("Somebody made a setting at Cloudflare worse"), saw)
                            : makeFinding(u"settings_changed"_s, Severity::Low, Proof::Proven, Impact::Maintainability,
                                          Text::tr("Settings at Cloudflare changed since the last look"), saw);
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

// What could not be read this time stays the base of the next comparison.
QJsonObject completed(const ExportFacts &facts)
{
    QJsonObject all = facts.now;
    QJsonObject rules = all["rules"_L1].toObject();
    const QJsonObject rulesBefore = facts.before["rules"_L1].toObject();
    for (const QString &part : facts.unread) {
        if (facts.before.contains(part))
            all.insert(part, facts.before[part]);
        else if (rulesBefore.contains(part))
            rules.insert(part, rulesBefore[part]);
    }
    all.insert(u"rules"_s, rules);
    return all;
}

QJsonObject lastExport(const Look &look)
{
    const auto last = look.facts.observedBefore.find(kId); // of the whole target: the key is the id alone
    return last == look.facts.observedBefore.end() ? QJsonObject() : last->second["export"_L1].toObject();
}

QJsonObject lastExportOf(const CloudflareZone &zone, const Look &look)
{
    const QJsonObject before = lastExport(look);
    return before["zone"_L1].toString() == zone.name ? before : QJsonObject();
}

// A look that could not read anything must not take away what the next one compares with.
Judged keepingTheLast(Judged judged, const Look &look)
{
    if (const QJsonObject before = lastExport(look); !before.isEmpty())
        judged.observed.insert(u"export"_s, before);
    return judged;
}

Judged lookAtExport(const Look &look)
{
    const ZoneAccess access = cloudflareZoneOf(look);
    if (!access.zone)
        return keepingTheLast(access.instead, look);
    const ZonePart settings = settingsOf(look, *access.zone);
    if (!settings.value)
        return keepingTheLast(settings.instead, look);
    std::vector<ZonePart> parts{settings,
                                dnsRecordsOf(look, *access.zone),
                                pageRulesOf(look, *access.zone),
                                botManagementOf(look, *access.zone),
                                certificatePacksOf(look, *access.zone),
                                universalSslOf(look, *access.zone),
                                dnssecOf(look, *access.zone)};
    for (const QString &phase :
         {phases::kCache, phases::kFirewall, phases::kRateLimit, phases::kManaged, phases::kDdos})
        parts.push_back(rulesOf(look, *access.zone, phase));
    ExportFacts facts{lastExportOf(*access.zone, look), exportOf(*access.zone, parts), {}, {}};
    for (const ZonePart &part : parts) {
        if (part.value)
            continue;
        facts.unread << part.name;
        facts.why << part.why;
    }
    facts.why.removeDuplicates();
    return judgeExport(facts);
}

} // namespace

Judged judgeExport(const ExportFacts &facts)
{
    const bool isFirst = facts.before.isEmpty();
    const std::vector<ExportChange> changes =
        isFirst ? std::vector<ExportChange>() : changesBetween(facts.before, facts.now);
    std::vector<Finding> findings;
    if (!changes.empty())
        findings.push_back(changed(changes));
    const QJsonObject all = completed(facts);
    const QString summary =
        isFirst ? Text::tr("The settings at Cloudflare were saved for the first time; from now on changes show")
                : Text::tr("The settings at Cloudflare are as they were at the last look");
    Judged judged = concluded(
        std::move(findings), summary,
        {{u"export"_s, all}, {u"changes"_s, toJson(changes)}, {u"unread"_s, QJsonArray::fromStringList(facts.unread)}},
        {{Text::tr("The settings, to keep"), QString::fromUtf8(QJsonDocument(all).toJson())}});
    if (!judged.findings.empty()) {
        judged.summary = judged.findings.front().title;
    } else if (!facts.unread.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = facts.why.join(u' ');
    }
    return judged;
}

Check configExportCheck()
{
    return {.id = kId,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Maintainability},
            .needs = {Need::ApiToken},
            .look = lookAtExport};
}

} // namespace cockpit
