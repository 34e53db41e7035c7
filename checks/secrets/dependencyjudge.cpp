// What packages with known holes mean for the product.
#include "checks/engine/inwords.h"
#include "checks/engine/lookgaps.h"
#include "checks/secrets/dependencyobserved.h"
#include "checks/secrets/placeweight.h"
#include "checks/secrets/updatecommand.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Dependencies)
};

constexpr size_t kMostUnseenNamed = 200;
constexpr qsizetype kMostLines = 30; // of evidence

QString versionsOf(const PackageRisk &risk)
{
    QStringList versions;
    for (const UsedPackage &one : risk.versions)
        versions += one.package.version;
    return versions.join(", "_L1);
}

QString wordOf(const std::optional<Severity> &severity)
{
    return severity ? labelOf(*severity).toLower() : Text::tr("severity not stated");
}

// "Update lodash from 4.17.15 to 4.17.21 or later."
QString repairOf(const PackageRisk &risk)
{
    const QString &name = risk.package().name;
    if (risk.fixed.isEmpty())
        return Text::tr("No repaired version is known.");
    QString update = Text::tr("Update %1 from %2 to %3 or later.").arg(name, versionsOf(risk), risk.fixed);
    if (risk.withoutFix == 0)
        return update;
    return update + u' ' + Text::tr("For %n of the holes no repaired version is known.", nullptr, risk.withoutFix);
}

QString worstOf(const PackageRisk &risk)
{
    const KnownHole &worst = risk.holes.front();
    const QString named = Text::tr("%1 (%2)").arg(worst.shownId, wordOf(worst.severity));
    return worst.summary.isEmpty() ? named : Text::tr("%1: %2").arg(named, worst.summary);
}

// Attacks take the names of private packages, so that tools load them from the public registry instead: that the name
// is listed says nothing yet about what a registry of one's own gives out.
bool isOfOneName(const PackageRisk &risk)
{
    return risk.isMalicious() && risk.isFromOwnRegistry();
}

QString sawOf(const PackageRisk &risk)
{
    const Dependency &package = risk.package();
    QStringList parts;
    if (risk.isMalicious())
        parts += Text::tr("%1 %2 in %3 is listed as malicious: %4.")
                     .arg(package.name, versionsOf(risk), package.file, worstOf(risk));
    else
        parts +=
            Text::tr("%1 %2 in %3 has %n known hole(s), the worst is %4.", nullptr, static_cast<int>(risk.holes.size()))
                .arg(package.name, versionsOf(risk), package.file, worstOf(risk));
    if (risk.purpose)
        parts += Text::tr("It %1.").arg(labelOf(*risk.purpose));
    if (!risk.isDirect() && package.reach == PackageReach::Transitive)
        parts += Text::tr("Another package brings it along.");
    if (risk.isForDevelopmentAlone())
        parts += Text::tr("It is used for development alone.");
    if (!risk.isMalicious())
        parts += repairOf(risk);
    if (isOfOneName(risk))
        parts += Text::tr("It comes from %1 and not from the public registry. If it is your own package and only "
                          "shares its name with the malicious one, nothing has happened. If %1 passes on what is "
                          "public, treat it as an attack.")
                     .arg(package.registry);
    return parts.join(u' ');
}

QString titleOf(const PackageRisk &risk)
{
    const QString &name = risk.package().name;
    if (isOfOneName(risk))
        return Text::tr("The package %1 has the name of an attack").arg(name);
    if (risk.isMalicious())
        return Text::tr("The package %1 is an attack on those who install it").arg(name);
    if (risk.isForDevelopmentAlone())
        return Text::tr("The development package %1 has known security holes").arg(name);
    if (risk.purpose)
        return Text::tr("The package %1, which %2, has known security holes").arg(name, labelOf(*risk.purpose));
    return Text::tr("The package %1 has known security holes").arg(name);
}

// What is used for development alone runs on fewer machines: one step less. An attack runs on those, too.
Severity severityOf(const PackageRisk &risk)
{
    const Severity said = risk.severity().value_or(Severity::Medium);
    return risk.isForDevelopmentAlone() && !risk.isMalicious() ? oneStepLower(said) : said;
}

Impact impactOf(const PackageRisk &risk)
{
    if (risk.isMalicious() || risk.purpose == PackagePurpose::SignIn)
        return Impact::AccountTakeover;
    if (risk.isForDevelopmentAlone())
        return Impact::Maintainability;
    const bool isBad = risk.severity().value_or(Severity::Medium) <= Severity::High;
    return risk.purpose || isBad ? Impact::DataExposure : Impact::Maintainability;
}

Evidence evidenceOf(const PackageRisk &risk)
{
    QStringList lines;
    for (const KnownHole &hole : risk.holes) {
        if (lines.size() >= kMostLines)
            break;
        const QString id = hole.shownId == hole.id ? hole.id : hole.shownId + u", "_s + hole.id;
        const QString fixed =
            hole.fixed.isEmpty() ? Text::tr("no repair known") : Text::tr("repaired in %1").arg(hole.fixed);
        lines += u"%1  %2  %3  %4"_s.arg(id, wordOf(hole.severity), fixed, hole.summary).trimmed();
    }
    for (const UsedPackage &version : risk.versions) {
        for (const Dependency &place : version.places) {
            if (lines.size() < kMostLines + kMostShownPlaces)
                lines += place.line > 0 ? u"%1:%2  %3"_s.arg(place.file, QString::number(place.line), place.version)
                                        : u"%1  %2"_s.arg(place.file, place.version);
        }
    }
    return {Text::tr("Known holes of %1").arg(risk.package().name), lines.join(u'\n')};
}

QString codeOf(const PackageRisk &risk)
{
    if (risk.isMalicious())
        return u"malicious_package"_s;
    return risk.isForDevelopmentAlone() ? u"development_hole"_s : u"known_hole"_s;
}

Finding findingOf(const PackageRisk &risk)
{
    Finding finding = makeFinding(codeOf(risk), severityOf(risk), isOfOneName(risk) ? Proof::Lead : Proof::Strong,
                                  impactOf(risk), titleOf(risk), sawOf(risk));
    finding.subject = risk.key();
    finding.effortMinutes = risk.isMalicious() ? 240 : risk.fixed.isEmpty() ? 120 : 30;
    if (!risk.fixed.isEmpty() && !risk.isMalicious())
        finding.fix.paste = updateCommand(risk.package(), risk.fixed);
    finding.location = Location{risk.package().file, risk.package().line, {}};
    finding.evidence = {evidenceOf(risk)};
    return finding;
}

// Each package that was not looked up can be told by name, unless something else is missing, too.
bool areGapsOfPackagesAlone(const DependencyFacts &facts)
{
    return facts.reading.gaps.isEmpty() && facts.reading.notComparable == 0 && !facts.answer.unasked.empty() &&
           facts.answer.unasked.size() <= kMostUnseenNamed && !facts.answer.isFromExport;
}

// What may stand behind what nobody could look up.
LookGaps gapsOf(const DependencyFacts &facts, const QDateTime &now)
{
    LookGaps gaps;
    gaps.say(facts.reading.gaps + facts.answer.gaps);
    if (!facts.answer.unasked.empty())
        gaps.say(Text::tr("%n package version(s) could not be looked up.", nullptr,
                          static_cast<int>(facts.answer.unasked.size())));
    if (facts.reading.notComparable > 0) {
        const QString named = facts.reading.notComparableNamed.join(", "_L1);
        gaps.say(Text::tr("%n package(s) were not looked up, because they have no exact version or come from another "
                          "place than a registry%1.",
                          nullptr, static_cast<int>(facts.reading.notComparable))
                     .arg(named.isEmpty() ? QString() : u": "_s + named));
    }
    const auto [ecosystem, written] = oldestExport(facts.answer);
    const QDateTime newest = QDateTime::fromString(written, Qt::ISODateWithMs);
    if (newest.isValid() && newest.daysTo(now) > kExportIsOldDays)
        gaps.say(Text::tr("The export of %1 ends on %2: holes that became known since are not in it. Load a new one.")
                     .arg(toWord(ecosystem), QLocale().toString(newest.date(), QLocale::ShortFormat)));
    if (areGapsOfPackagesAlone(facts)) {
        for (const size_t package : facts.answer.unasked)
            gaps.hide({facts.reading.packages[package].key()});
    } else if (gaps.isSaid()) {
        gaps.hideAll();
    }
    return gaps;
}

QString summaryOf(const DependencyFacts &facts, const std::vector<PackageRisk> &risks)
{
    const int all = static_cast<int>(facts.reading.packages.size());
    if (risks.empty())
        return Text::tr("No known hole in %n package version(s)", nullptr, all);
    const auto named =
        static_cast<int>(std::ranges::count_if(risks, [](const PackageRisk &one) { return one.purpose.has_value(); }));
    QString found = Text::tr("%n package(s) with known holes", nullptr, static_cast<int>(risks.size()));
    if (named == 0)
        return found;
    return Text::tr("%1, %n of them for sign-in, uploads, PDFs, payments or mail", nullptr, named).arg(found);
}

Judged withReason(Judged judged, const QJsonObject &observed)
{
    judged.observed = observed;
    return judged;
}

} // namespace

Judged judgeDependencies(const DependencyFacts &facts, const QDateTime &now)
{
    const std::vector<PackageRisk> risks = risksOf(facts);
    const QJsonObject observed = observedDependencies(facts, risks);
    LookGaps gaps = gapsOf(facts, now);
    if (facts.reading.packages.empty()) {
        if (gaps.isSaid())
            return withReason(notRun(sentencesInWords(gaps.sentences())), observed);
        if (facts.reading.files.empty())
            return withReason(notRun(Text::tr("Your code holds no lock file that names its packages with their exact "
                                              "versions. Let your package manager write one and keep it with the "
                                              "code, or name the right folder.")),
                              observed);
        return withReason(notApplicable(Text::tr("The lock files of your code name no packages.")), observed);
    }
    if (facts.answer.unasked.size() == facts.reading.packages.size() && risks.empty()) {
        const QString how = Text::tr("Without the network, name an export of the OSV database (the all.zip of your "
                                     "ecosystem) among the project's sources.");
        return withReason(couldNotLook({ErrorKind::Unreachable, sentencesInWords(gaps.sentences()) + u' ' + how}),
                          observed);
    }
    std::vector<Finding> findings;
    for (size_t i = 0; i < std::min(risks.size(), kMostShownPackages); ++i)
        findings.push_back(findingOf(risks[i]));
    for (size_t i = kMostShownPackages; i < risks.size(); ++i)
        gaps.hide({risks[i].key()}); // as open as those that are shown
    Judged judged = concluded(std::move(findings), summaryOf(facts, risks), observed, {});
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
