#include "checks/secrets/dependencies/cvss.h"

#include <QHash>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestVector = 300;

struct Weight
{
    QLatin1StringView metric; // "AV:N"
    double value;
};

// 7.4
constexpr Weight kWeights[] = {
    {"AV:N"_L1, 0.85}, {"AV:A"_L1, 0.62}, {"AV:L"_L1, 0.55}, {"AV:P"_L1, 0.2}, {"AC:L"_L1, 0.77}, {"AC:H"_L1, 0.44},
    {"UI:N"_L1, 0.85}, {"UI:R"_L1, 0.62}, {"C:H"_L1, 0.56},  {"C:L"_L1, 0.22}, {"C:N"_L1, 0.0},   {"I:H"_L1, 0.56},
    {"I:L"_L1, 0.22},  {"I:N"_L1, 0.0},   {"A:H"_L1, 0.56},  {"A:L"_L1, 0.22}, {"A:N"_L1, 0.0}};

std::optional<double> weightOf(const QHash<QString, QString> &metrics, const QString &name)
{
    const QString metric = name + u':' + metrics.value(name);
    const auto *const found = std::ranges::find(kWeights, metric, [](const Weight &weight) { return weight.metric; });
    return found == std::end(kWeights) ? std::nullopt : std::optional(found->value);
}

// The only weight that depends on another metric.
std::optional<double> privilegesWeight(const QString &privileges, bool isScopeChanged)
{
    if (privileges == "N"_L1)
        return 0.85;
    if (privileges == "L"_L1)
        return isScopeChanged ? 0.68 : 0.62;
    if (privileges == "H"_L1)
        return isScopeChanged ? 0.5 : 0.27;
    return std::nullopt;
}

// Appendix A: up to the next tenth, in whole numbers because 0.1 is none in binary.
double roundedUp(double value)
{
    const auto whole = static_cast<qint64>(std::llround(value * 100'000));
    if (whole % 10'000 == 0)
        return static_cast<double>(whole) / 100'000.0;
    return (std::floor(static_cast<double>(whole) / 10'000.0) + 1.0) / 10.0;
}

double scoreOf(double impactPart, double exploitability, bool isScopeChanged)
{
    const double impact =
        isScopeChanged ? 7.52 * (impactPart - 0.029) - 3.25 * std::pow(impactPart - 0.02, 15) : 6.42 * impactPart;
    if (impact <= 0)
        return 0.0;
    const double sum = isScopeChanged ? 1.08 * (impact + exploitability) : impact + exploitability;
    return roundedUp(std::min(sum, 10.0));
}

} // namespace

std::optional<double> cvssBaseScore(const QString &vector)
{
    const bool isThree = vector.startsWith("CVSS:3.0/"_L1) || vector.startsWith("CVSS:3.1/"_L1);
    if (!isThree || vector.size() > kLongestVector)
        return std::nullopt;
    QHash<QString, QString> metrics;
    for (const QString &metric : vector.split(u'/').sliced(1)) {
        const qsizetype colon = metric.indexOf(u':');
        if (colon < 1 || metrics.contains(metric.first(colon)))
            return std::nullopt;
        metrics.insert(metric.first(colon), metric.sliced(colon + 1));
    }
    const QString scope = metrics.value(u"S"_s);
    const bool isScopeChanged = scope == "C"_L1;
    const auto vectorWeight = weightOf(metrics, u"AV"_s);
    const auto complexity = weightOf(metrics, u"AC"_s);
    const auto privileges = privilegesWeight(metrics.value(u"PR"_s), isScopeChanged);
    const auto interaction = weightOf(metrics, u"UI"_s);
    const auto confidentiality = weightOf(metrics, u"C"_s);
    const auto integrity = weightOf(metrics, u"I"_s);
    const auto availability = weightOf(metrics, u"A"_s);
    const bool isWhole = vectorWeight && complexity && privileges && interaction && confidentiality && integrity &&
                         availability && (isScopeChanged || scope == "U"_L1);
    if (!isWhole)
        return std::nullopt;
    const double impactPart = 1.0 - (1.0 - *confidentiality) * (1.0 - *integrity) * (1.0 - *availability);
    const double exploitability = 8.22 * *vectorWeight * *complexity * *privileges * *interaction;
    return scoreOf(impactPart, exploitability, isScopeChanged);
}

Severity severityOfScore(double score)
{
    if (score >= 9.0)
        return Severity::Critical;
    if (score >= 7.0)
        return Severity::High;
    return score >= 4.0 ? Severity::Medium : Severity::Low;
}

} // namespace cockpit
