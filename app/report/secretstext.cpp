// The look for secrets for a terminal: worst first, the places of one value together, then what was not looked at.
#include "app/report/secretsreport.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretsReport)
};

constexpr size_t kPlacesShown = 5; // of one value

// One value, wherever it stands.
struct Value
{
    const LeakRule *rule = nullptr;
    Severity severity = Severity::Low;
    QString masked;
    std::vector<const StandingSecret *> places;
};

std::vector<Value> valuesThatAre(Standing standing, const SecretsReport &report)
{
    std::map<QByteArray, Value> byFingerprint;
    for (const StandingSecret &each : report.secrets) {
        if (each.standing != standing)
            continue;
        Value &value = byFingerprint[each.secret.hit.fingerprint];
        const bool isWorse = !value.rule || each.secret.hit.severity < value.severity;
        if (isWorse) {
            value.rule = each.secret.hit.rule;
            value.severity = each.secret.hit.severity;
            value.masked = each.secret.hit.masked;
        }
        value.places.push_back(&each);
    }
    std::vector<Value> values;
    for (auto &[fingerprint, value] : byFingerprint)
        values.push_back(std::move(value));
    std::ranges::stable_sort(values, [](const Value &one, const Value &other) {
        if (one.severity != other.severity)
            return one.severity < other.severity;
        const SecretHit &first = one.places.front()->secret.hit;
        const SecretHit &second = other.places.front()->secret.hit;
        return std::tie(one.places.front()->secret.path, first.offset) <
               std::tie(other.places.front()->secret.path, second.offset);
    });
    return values;
}

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
    }
    Q_UNREACHABLE();
}

QString placeOf(const StandingSecret &each)
{
    const SecretHit &hit = each.secret.hit;
    QString place =
        u"    %1:%2:%3%4"_s.arg(shownPath(each.secret.path)).arg(hit.line).arg(hit.column).arg(encodingOf(hit.through));
    if (each.secret.weight == PlaceWeight::Lower)
        place += Text::tr(" (tests, examples or other people's code: weighed a step lower)");
    if (hit.allowed && !hit.allowed->isEmpty())
        place += Text::tr(" (allowed: %1)").arg(*hit.allowed);
    return place + u'\n';
}

QString valueText(const Value &value, SecretsDetail detail, SecretsColour colour)
{
    QString text = u"%1  %2  %3\n"_s.arg(coloured(labelOf(value.severity), value.severity, colour), value.rule->name,
                                         value.masked);
    const size_t shown = detail == SecretsDetail::Everything ? value.places.size() : kPlacesShown;
    for (size_t i = 0; i < std::min(shown, value.places.size()); ++i)
        text += placeOf(*value.places[i]);
    if (value.places.size() > shown)
        text += Text::tr("    … and in %n more place(s)\n", nullptr, static_cast<int>(value.places.size() - shown));
    if (!value.rule->rotate.isEmpty())
        text += Text::tr("    Replace it: %1\n").arg(value.rule->rotate.toString());
    return text;
}

QString section(const QString &title, Standing standing, const SecretsReport &report, SecretsDetail detail,
                SecretsColour colour)
{
    const std::vector<Value> values = valuesThatAre(standing, report);
    if (values.empty())
        return {};
    QString text = title.isEmpty() ? QString() : u'\n' + title + u'\n';
    for (const Value &value : values)
        text += valueText(value, detail, colour);
    return text;
}

QString countsText(const SecretsReport &report, SecretsDetail detail)
{
    QString text;
    if (detail == SecretsDetail::Everything)
        return text;
    if (const auto made = report.valuesThatAre(Standing::Public); made > 0)
        text += Text::tr("%n key(s) made for browsers: expected, and no finding.\n", nullptr, static_cast<int>(made));
    if (const auto remarked = report.valuesThatAre(Standing::Remarked); remarked > 0)
        text += Text::tr("%n secret(s) allowed by a remark on their line.\n", nullptr, static_cast<int>(remarked));
    if (const auto known = report.valuesThatAre(Standing::InBaseline); known > 0)
        text += Text::tr("%n secret(s) accepted in the baseline.\n", nullptr, static_cast<int>(known));
    return text;
}

QString gapsText(const SecretsReport &report, SecretsDetail detail)
{
    const TreeScan &scan = report.scan;
    QString text;
    if (scan.walk.isStopped)
        text += Text::tr("Stopped: not everything was looked at.\n");
    if (scan.walk.unreadable > 0)
        text +=
            Text::tr("%n file(s) or folder(s) could not be read.\n", nullptr, static_cast<int>(scan.walk.unreadable));
    const size_t shown = detail == SecretsDetail::Everything ? scan.walk.problems.size() : 3;
    for (size_t i = 0; i < std::min(shown, scan.walk.problems.size()); ++i)
        text += u"    %1: %2\n"_s.arg(scan.walk.problems[i].place, scan.walk.problems[i].why);
    if (scan.cutFiles > 0)
        text += Text::tr("%n file(s) have more secrets than are listed.\n", nullptr, static_cast<int>(scan.cutFiles));
    if (scan.allowsWithoutReason > 0)
        text += Text::tr("%n line(s) say launch-cockpit:allow without a reason, which counts for nothing.\n", nullptr,
                         static_cast<int>(scan.allowsWithoutReason));
    return text;
}

} // namespace

QString secretsText(const SecretsReport &report, SecretsDetail detail, SecretsColour colour)
{
    const auto open = static_cast<int>(report.valuesThatAre(Standing::Open));
    const qint64 files = report.scan.walk.files - report.scan.binaries;
    QString text = open == 0 ? Text::tr("No secrets found.") : Text::tr("%n secret(s) found.", nullptr, open);
    text += u' ' + Text::tr("Looked at %n file(s)", nullptr, static_cast<int>(files)) +
            Text::tr(", %1.").arg(QLocale().formattedDataSize(report.scan.bytes)) + u'\n';
    if (open > 0)
        text += u'\n' + section({}, Standing::Open, report, detail, colour) + u'\n';
    if (detail == SecretsDetail::Everything) {
        text +=
            section(Text::tr("Made for browsers: expected, and no finding"), Standing::Public, report, detail, colour);
        text += section(Text::tr("Allowed by a remark"), Standing::Remarked, report, detail, colour);
        text += section(Text::tr("Accepted in the baseline"), Standing::InBaseline, report, detail, colour);
    }
    return text + countsText(report, detail) + gapsText(report, detail);
}

} // namespace cockpit
