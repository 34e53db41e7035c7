#include "checks/secrets/settings/judging.h"

#include "checks/engine/lookgaps.h"
#include "checks/secrets/settings/settingstable.h"

#include <QCoreApplication>

namespace cockpit::env {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SettingsJudging)
};

constexpr size_t kMostPlaces = 20;

} // namespace

QString environmentLabel(const Setting &setting)
{
    if (!setting.scope.isEmpty())
        return setting.scope;
    return setting.environment ? labelOf(*setting.environment) : QString();
}

Finding settingFinding(const Fault &fault, const Setting &setting)
{
    Finding finding;
    finding.code = fault.code;
    finding.subject = setting.name;
    finding.severity = fault.severity;
    finding.proof = fault.proof;
    finding.impact = fault.impact;
    finding.title = fault.title;
    finding.whatWeSaw = fault.saw;
    finding.location = Location{setting.file, setting.line, {}};
    return finding;
}

Finding withPlaces(Finding finding, const std::vector<const Setting *> &others)
{
    QStringList lines;
    for (const Setting *other : others) {
        if (lines.size() == static_cast<qsizetype>(kMostPlaces))
            break;
        const QString whose = environmentLabel(*other);
        lines.append(whose.isEmpty() ? placeOf(*other) : u"%1 (%2)"_s.arg(placeOf(*other), whose));
    }
    finding.evidence.push_back({Text::tr("Where else it stands"), lines.join(u'\n')});
    return finding;
}

void addGap(Judged &judged, const QString &sentence)
{
    leaveOpen(judged, anyBehind({sentence}));
}

Judged concludedFrom(std::vector<Finding> findings, const QString &summary, QJsonObject observed,
                     const QStringList &gaps)
{
    Judged judged;
    judged.outcome = outcomeFor(findings);
    judged.summary = summary;
    judged.observed = std::move(observed);
    judged.findings = std::move(findings);
    for (const QString &gap : gaps)
        addGap(judged, gap);
    return judged;
}

ReadSettings settingsQuestion(const Look &look)
{
    ReadSettings question;
    question.fingerprintKey = look.facts.fingerprintKey;
    for (const LocalSource &source : look.facts.sources) {
        const bool isWanted = source.kind == SourceKind::Settings || source.kind == SourceKind::Code ||
                              source.kind == SourceKind::Build || source.kind == SourceKind::Package;
        if (isWanted)
            question.sources.push_back(source);
    }
    return question;
}

} // namespace cockpit::env
