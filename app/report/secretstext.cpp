// The look for secrets for a terminal: worst first, the places of one value together, then what was not looked at.
#include "app/report/secretswords.h"
#include "checks/secrets/marktexts.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

constexpr size_t kPlacesShown = 5; // of one value

QString coloured(const QString &text, Severity severity, SecretsColour colour)
{
    if (colour == SecretsColour::Off || severity == Severity::Low)
        return text;
    const QString code = severity == Severity::Critical ? u"1;31"_s : severity == Severity::High ? u"31"_s : u"33"_s;
    return u"\x1b["_s + code + u'm' + text + u"\x1b[0m"_s;
}

QString encodingOf(Through through)
{
    switch (through) {
    case Through::Plain:
        return {};
    case Through::Base64:
        return Text::tr(" (in base64)");
    case Through::UrlEncoded:
        return Text::tr(" (URL-encoded)");
    case Through::Escaped:
        return Text::tr(" (in escapes)");
    case Through::Utf16:
        return Text::tr(" (UTF-16)");
    case Through::Strings:
        return Text::tr(" (in a program or another file that is no text)");
    case Through::Joined:
        return Text::tr(" (in pieces that are put together)");
    }
    Q_UNREACHABLE();
}

QString placeOf(const FoundSecret &place)
{
    const SecretHit &hit = place.hit;
    const bool isOfPerson = place.history && isPerson(place.history->kind);
    const QString where = isOfPerson       ? Text::tr(" (in the name or address)")
                          : place.isInName ? Text::tr(" (in the name itself)")
                                           : u":%1:%2"_s.arg(QString::number(hit.line), QString::number(hit.column));
    QString text = u"    "_s + shownPlace(place) + where + encodingOf(hit.through);
    if (place.history && place.history->isStaged)
        text += Text::tr(" (staged)");
    else if (place.history && place.history->first)
        text +=
            Text::tr(" (in the history, since commit %1)").arg(QString::fromLatin1(place.history->first->id.left(12)));
    else if (place.history)
        text += Text::tr(" (in the history)");
    if (place.weight == PlaceWeight::Lower)
        text += Text::tr(" (tests, examples or other people's code: weighed a step lower)");
    if (hit.allowed)
        text += hit.allowed->isEmpty() ? Text::tr(" (allowed: no reason given)")
                                       : Text::tr(" (allowed: %1)").arg(*hit.allowed);
    else if (hit.markTrouble != MarkTrouble::None)
        text += Text::tr(" (the remark here has no effect: %1)").arg(clauseOf(hit.markTrouble));
    return text + u'\n';
}

QString stepsText(const ReportedSecret &secret, RuleWords &words)
{
    QString text;
    const QStringList steps = repairSteps(secret, words);
    for (qsizetype i = 0; i < steps.size(); ++i)
        text += u"    %1. %2\n"_s.arg(QString::number(i + 1), steps[i]);
    return text;
}

QString indented(const QString &sentences)
{
    return sentences.isEmpty() ? QString() : u"    "_s + sentences + u'\n';
}

QString secretText(const ReportedSecret &secret, SecretsDetail detail, SecretsColour colour, RuleWords &words)
{
    const SecretHit &hit = secret.main().hit;
    QString text =
        u"%1  %2  %3\n"_s.arg(coloured(labelOf(secret.severity), secret.severity, colour), hit.rule->name, hit.masked);
    text += indented(words.of(*hit.rule).opens);
    if (hit.isWeak)
        text +=
            indented(Text::tr("Everybody can ask that host, and whoever tries passwords tries this one first: nobody "
                              "needs to find it here."));
    const size_t all = secret.places.size();
    const size_t shown = detail == SecretsDetail::Everything ? all : std::min(kPlacesShown, all);
    for (size_t i = 0; i < shown; ++i)
        text += placeOf(secret.places[i]);
    if (all > shown)
        text += Text::tr("    … and in %n more place(s)\n", nullptr, static_cast<int>(all - shown));
    text += indented(historySentences(secret));
    return secret.standing == Standing::Open ? text + stepsText(secret, words) : text;
}

QString section(const QString &title, Standing standing, const SecretsReport &report, SecretsDetail detail,
                SecretsColour colour)
{
    QString text;
    RuleWords words;
    for (const ReportedSecret &secret : report.secrets) {
        if (secret.standing == standing)
            text += (text.isEmpty() || standing != Standing::Open ? QString() : u"\n"_s) +
                    secretText(secret, detail, colour, words);
    }
    return title.isEmpty() || text.isEmpty() ? text : u'\n' + title + u'\n' + text;
}

QString lookedAtText(const SecretsReport &report)
{
    const QString size = QLocale().formattedDataSize(report.bytes());
    const auto files = static_cast<int>(report.files());
    if (!report.history)
        return Text::tr("Looked at %n file(s)", nullptr, files) + Text::tr(", %1.").arg(size);
    const auto versions = static_cast<int>(report.versions());
    const auto commits = static_cast<int>(report.history->commits);
    QStringList parts;
    if (files > 0)
        parts += Text::tr("%n file(s)", nullptr, files);
    parts += Text::tr("%n version(s) of files that git has", nullptr, versions);
    if (commits > 0)
        parts += Text::tr("%n commit(s)", nullptr, commits);
    return Text::tr("Looked at %1: %2.").arg(parts.join(u", "_s), size);
}

QString countsText(const SecretsReport &report, SecretsDetail detail)
{
    QString text;
    if (detail == SecretsDetail::Everything)
        return text;
    if (const auto made = report.valuesThatAre(Standing::Public); made > 0)
        text += Text::tr("%n key(s) made for browsers: expected, and no finding.\n", nullptr, static_cast<int>(made));
    if (const auto remarked = report.valuesThatAre(Standing::Remarked); remarked > 0 && !report.isOfChange)
        text += Text::tr("%n secret(s) allowed by a remark on their line.\n", nullptr, static_cast<int>(remarked));
    if (const auto known = report.valuesThatAre(Standing::InBaseline); known > 0)
        text += Text::tr("%n secret(s) accepted in the baseline.\n", nullptr, static_cast<int>(known));
    return text;
}

QString gapsText(const SecretsReport &report, SecretsDetail detail)
{
    const TreeScan &scan = report.scan;
    const bool isAll = detail == SecretsDetail::Everything;
    QString text;
    if (report.isStopped())
        text += Text::tr("Stopped: not everything was looked at.\n");
    if (scan.walk.unreadable > 0)
        text +=
            Text::tr("%n file(s) or folder(s) could not be read.\n", nullptr, static_cast<int>(scan.walk.unreadable));
    const size_t shown = isAll ? scan.walk.problems.size() : 3;
    for (size_t i = 0; i < std::min(shown, scan.walk.problems.size()); ++i)
        text += u"    %1: %2\n"_s.arg(scan.walk.problems[i].place, scan.walk.problems[i].why);
    if (scan.cutFiles > 0)
        text += Text::tr("%n file(s) have more secrets than are listed.\n", nullptr, static_cast<int>(scan.cutFiles));
    const qint64 vain = scan.vainMarks + (report.history ? report.history->vainMarks : 0);
    if (vain > 0)
        text +=
            Text::tr("%n line(s) have a remark that counts for nothing: launch-cockpit:allow needs a reason, and it "
                     "has to stand in a comment behind the value.\n",
                     nullptr, static_cast<int>(vain));
    if (report.unreasonedMarks > 0)
        text += Text::tr("%n remark(s) gitleaks:allow of the change give no reason, and excuse nothing in it: write "
                         "launch-cockpit:allow REASON.\n",
                         nullptr, static_cast<int>(report.unreasonedMarks));
    for (const QString &sentence : {linksSentence(scan.walk), sentenceOf(scan.outside), specialSentence(scan.walk)})
        text += sentence.isEmpty() ? sentence : sentence + u'\n';
    const QStringList gaps = report.gaps();
    constexpr qsizetype fewGaps = 10;
    for (const QString &gap : isAll ? gaps : gaps.mid(0, fewGaps))
        text += gap + u'\n';
    if (!isAll && gaps.size() > fewGaps)
        text += Text::tr("… and %n more: --verbose lists them.\n", nullptr, static_cast<int>(gaps.size() - fewGaps));
    return text;
}

} // namespace

QString secretsText(const SecretsReport &report, SecretsDetail detail, SecretsColour colour)
{
    const auto open = static_cast<int>(report.valuesThatAre(Standing::Open));
    const QString none = report.hasReadNothing() ? Text::tr("Nothing could be read.")
                         : report.needsHistory() ? Text::tr("Not all that this git repository holds was looked at.")
                                                 : Text::tr("No secrets found.");
    QString text = open == 0 ? none : Text::tr("%n secret(s) found.", nullptr, open);
    // In one line: who reads no further knows what "none" was said of.
    const QString passedOver = binariesSentence(report);
    text += u' ' + lookedAtText(report) + (passedOver.isEmpty() ? QString() : u' ' + passedOver) + u'\n';
    if (open > 0)
        text += u'\n' + section({}, Standing::Open, report, detail, colour) + u'\n';
    const bool isAll = detail == SecretsDetail::Everything;
    if (isAll)
        text +=
            section(Text::tr("Made for browsers: expected, and no finding"), Standing::Public, report, detail, colour);
    // Whoever reviews the change has to see what it excuses.
    if (isAll || report.isOfChange)
        text += section(report.isOfChange ? Text::tr("Allowed by a remark that the change brings")
                                          : Text::tr("Allowed by a remark"),
                        Standing::Remarked, report, detail, colour);
    if (isAll) {
        text += section(Text::tr("Accepted in the baseline"), Standing::InBaseline, report, detail, colour);
    }
    return text + countsText(report, detail) + gapsText(report, detail);
}

} // namespace cockpit
