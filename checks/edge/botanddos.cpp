#include "checks/edge/botanddos.h"

#include "checks/edge/cloudflareparts.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BotAndDdos)
};

constexpr int kSwitchMinutes = 10;

Finding about(const QString &code, Severity severity, Impact impact, const QString &title, const QString &saw)
{
    Finding finding = makeFinding(code, severity, Proof::Proven, impact, title, saw);
    finding.effortMinutes = kSwitchMinutes;
    return finding;
}

QString namesOf(const std::vector<FloodException> &exceptions)
{
    QStringList names;
    for (const FloodException &one : exceptions)
        names << u'"' + one.name + u'"';
    return names.join(u", "_s);
}

void addFloodFindings(const std::vector<FloodException> &exceptions, std::vector<Finding> &findings)
{
    std::vector<FloodException> holes;
    std::vector<FloodException> soft;
    for (const FloodException &one : exceptions)
        (one.isHole() ? holes : soft).push_back(one);
    if (!holes.empty())
        findings.push_back(
            about(u"flood_protection_off"_s, Severity::High, Impact::Downtime,
                  Text::tr("The protection from floods is as good as off"),
                  Text::tr("The exception %1 makes Cloudflare watch a flood and let it through.").arg(namesOf(holes))));
    if (!soft.empty())
        findings.push_back(about(
            u"flood_protection_slow"_s, Severity::Low, Impact::Downtime,
            Text::tr("The protection from floods sets in late"),
            Text::tr("The exception %1 lowers how soon Cloudflare takes traffic for a flood.").arg(namesOf(soft))));
}

std::vector<Finding> findingsOf(const BotFacts &facts)
{
    std::vector<Finding> findings;
    if (facts.exceptions)
        addFloodFindings(*facts.exceptions, findings);
    if (facts.filter == BotFilter::Off)
        findings.push_back(
            about(u"bots_unfiltered"_s, Severity::Low, Impact::CostAbuse, Text::tr("Robots are let in like customers"),
                  Text::tr("Neither Bot Fight Mode nor an action for traffic that is surely automated is "
                           "set.")));
    if (facts.verifiedBots == "block"_L1)
        findings.push_back(
            about(u"search_engines_blocked"_s, Severity::Medium, Impact::Maintainability,
                  Text::tr("Search engines are kept out"),
                  Text::tr("The action for verified bots is \"block\": search engines, uptime services and "
                           "payment providers' calls are among them.")));
    return findings;
}

// The override of the whole set, and those of single rules and categories in it.
std::vector<QJsonValue> overridesIn(const QJsonValue &rule)
{
    const QJsonValue whole = rule["action_parameters"_L1]["overrides"_L1];
    std::vector<QJsonValue> all;
    if (whole.isObject())
        all.push_back(whole);
    for (const auto list : {"rules"_L1, "categories"_L1}) {
        for (const QJsonValue one : whole[list].toArray())
            all.push_back(one);
    }
    return all;
}

QJsonValue toJson(const std::optional<std::vector<FloodException>> &exceptions)
{
    if (!exceptions)
        return {};
    QJsonArray rows;
    for (const FloodException &one : *exceptions)
        rows.append(QJsonObject{{u"name"_s, one.name}, {u"sensitivity"_s, one.sensitivity}, {u"action"_s, one.action}});
    return rows;
}

QString summaryOf(const BotFacts &facts)
{
    if (facts.filter == BotFilter::On)
        return Text::tr("Flood protection and bot filtering are on at Cloudflare");
    return Text::tr("Flood protection is on at Cloudflare");
}

Judged lookAtBots(const Look &look)
{
    const ZoneAccess access = cloudflareZoneOf(look);
    if (!access.zone)
        return access.instead;
    const ZonePart bots = botManagementOf(look, *access.zone);
    const ZonePart floods = rulesOf(look, *access.zone, phases::kDdos);
    if (!bots.value && !floods.value)
        return bots.instead;
    BotFacts facts;
    if (bots.value) {
        facts.filter = readBotFilter(*bots.value);
        facts.verifiedBots = quoted((*bots.value)["sbfm_verified_bots"_L1].toString().toUtf8(), 30);
    } else {
        facts.unread << bots.why;
    }
    if (floods.value)
        facts.exceptions = readFloodExceptions(*floods.value);
    else
        facts.unread << floods.why;
    facts.unread << doubtsAbout(*access.zone);
    return judgeBotAndDdos(facts);
}

} // namespace

QString toWord(BotFilter filter)
{
    switch (filter) {
    case BotFilter::On:
        return u"on"_s;
    case BotFilter::Off:
        return u"off"_s;
    case BotFilter::Unknown:
        return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

bool FloodException::isHole() const
{
    return sensitivity == "eoff"_L1 || action == "log"_L1;
}

// "fight_mode" is the free plan's, "sbfm_…" those of the paid ones (Super Bot Fight Mode).
BotFilter readBotFilter(const QJsonValue &botManagement)
{
    const QJsonValue fight = botManagement["fight_mode"_L1];
    const QJsonValue automated = botManagement["sbfm_definitely_automated"_L1];
    if (fight.toBool() || (automated.isString() && automated.toString() != "allow"_L1))
        return BotFilter::On;
    return fight.isBool() || automated.isString() ? BotFilter::Off : BotFilter::Unknown;
}

std::vector<FloodException> readFloodExceptions(const QJsonValue &rules)
{
    std::vector<FloodException> exceptions;
    for (const QJsonValue rule : rules.toArray()) {
        if (!rule["enabled"_L1].toBool(true))
            continue;
        for (const QJsonValue &over : overridesIn(rule)) {
            const FloodException one{quoted(rule["description"_L1].toString(u"ddos_l7"_s).toUtf8(), 80),
                                     quoted(over["sensitivity_level"_L1].toString().toUtf8(), 30),
                                     quoted(over["action"_L1].toString().toUtf8(), 30)};
            const bool weakens = one.isHole() || one.sensitivity == "low"_L1;
            if (weakens && std::ranges::find(exceptions, one) == exceptions.end())
                exceptions.push_back(one);
        }
    }
    return exceptions;
}

Judged judgeBotAndDdos(const BotFacts &facts)
{
    const QJsonObject observed{
        {u"bots"_s, facts.filter ? QJsonValue(toWord(*facts.filter)) : QJsonValue()},
        {u"verified_bots"_s, facts.verifiedBots.isEmpty() ? QJsonValue() : QJsonValue(facts.verifiedBots)},
        {u"flood_exceptions"_s, toJson(facts.exceptions)}};
    Judged judged = concluded(findingsOf(facts), summaryOf(facts), observed, {});
    LookGaps gaps = anyBehind(facts.unread);
    if (facts.filter == BotFilter::Unknown)
        gaps.add(LookGap{{{.code = u"bots_unfiltered"_s}},
                         Text::tr("Whether robots are filtered could not be told: this plan has other switches for it "
                                  "than this program knows.")});
    leaveOpen(judged, gaps);
    return judged;
}

Check botAndDdosCheck()
{
    return {.id = u"edge.bot-and-ddos"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::Downtime, Impact::CostAbuse, Impact::Maintainability},
            .needs = {Need::ApiToken},
            .look = lookAtBots};
}

} // namespace cockpit
