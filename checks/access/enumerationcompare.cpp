#include "checks/access/enumerationcompare.h"

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using Samples = std::vector<const EnumerationSample *>;

struct FeatureOf
{
    const char *word;
    QString (*text)(const AnswerFeatures &);
};

const std::vector<FeatureOf> &allFeatures()
{
    static const std::vector<FeatureOf> all{
        {"status", [](const AnswerFeatures &features) { return QString::number(features.status); }},
        {"location", [](const AnswerFeatures &features) { return features.location; }},
        {"cookies", [](const AnswerFeatures &features) { return features.cookies; }},
        {"headers", [](const AnswerFeatures &features) { return features.headers; }},
        {"body", [](const AnswerFeatures &features) { return features.body; }},
    };
    return all;
}

// What all of a kind have there; without a value where it is now so, now so. Not there at all is a value, too.
std::optional<std::optional<QString>> stableValue(const Samples &kind, const QString &part)
{
    const auto valueIn = [&](const EnumerationSample &one) {
        const auto found = one.traces.find(part);
        return found == one.traces.end() ? std::nullopt : std::optional(found->second);
    };
    const auto first = valueIn(*kind.front());
    const bool isStable =
        std::ranges::all_of(kind, [&](const EnumerationSample *one) { return valueIn(*one) == first; });
    if (!isStable)
        return std::nullopt;
    return std::make_optional<std::optional<QString>>(first); // engaged, whether or not it is there
}

qsizetype howOften(const Samples &kind, const QString &part)
{
    return std::ranges::count_if(kind, [&](const EnumerationSample *one) { return one->traces.count(part) > 0; });
}

std::size_t namesIn(const Samples &kind)
{
    std::set<QString> names;
    for (const EnumerationSample *one : kind)
        names.insert(one->name);
    return names.size();
}

// Of a text that is no JSON the pieces themselves are the names of the parts: what one name alone was answered with may
// be made of that name (a picture, a part of the address), and not of its account.
bool mayBeOfTheName(const Samples &known, const QString &part)
{
    const bool isPiece = part.startsWith("body/"_L1) && !part.startsWith("body//"_L1);
    return isPiece && namesIn(known) < 2 && howOften(known, part) > 0;
}

// The part tells the kinds apart: by what it says, or by being there for one kind alone.
bool tellsApart(const Samples &known, const Samples &unknown, const QString &part)
{
    if (mayBeOfTheName(known, part))
        return false;
    const auto ofKnown = stableValue(known, part);
    const auto ofUnknown = stableValue(unknown, part);
    if (ofKnown && ofUnknown)
        return *ofKnown != *ofUnknown;
    const qsizetype here = howOften(known, part);
    const qsizetype there = howOften(unknown, part);
    return (here == qsizetype(known.size()) && there == 0) || (here == 0 && there == qsizetype(unknown.size()));
}

// "cookies", "headers" … with a part that tells the kinds apart, as far as there are enough answers.
QStringList partsThatDiffer(const Samples &known, const Samples &unknown, bool isNoisy)
{
    std::set<QString> parts;
    for (const Samples *kind : {&known, &unknown}) {
        for (const EnumerationSample *one : *kind) {
            for (const auto &[part, value] : one->traces)
                parts.insert(part);
        }
    }
    const auto isStable = [&](const QString &part) { return stableValue(known, part) && stableValue(unknown, part); };
    const bool isQuiet = !isNoisy && std::ranges::all_of(parts, isStable);
    const auto fewest = static_cast<std::size_t>(isQuiet ? kFewestForParts : kFewestAmidNoise);
    QStringList words;
    // Two names that nobody has: what is made of a name differs between them.
    if (std::min(known.size(), unknown.size()) < fewest || namesIn(unknown) < 2)
        return words;
    for (const QString &part : parts) {
        const QString word = part.section(u'/', 0, 0);
        if (!words.contains(word) && tellsApart(known, unknown, part))
            words.append(word);
    }
    return words;
}

void compareFeatures(const Samples &known, const Samples &unknown, EnumerationComparison &result)
{
    for (const FeatureOf &feature : allFeatures()) {
        std::set<QString> ofKnown;
        std::set<QString> ofUnknown;
        for (const EnumerationSample *one : known)
            ofKnown.insert(feature.text(one->features));
        for (const EnumerationSample *one : unknown)
            ofUnknown.insert(feature.text(one->features));
        const QString word = QString::fromLatin1(feature.word);
        if (ofKnown.size() > 1 || ofUnknown.size() > 1)
            result.varies.append(word);
        else if (ofKnown != ofUnknown)
            result.differs.append(word);
    }
}

std::vector<double> timesOf(const Samples &kind)
{
    std::vector<double> times;
    for (const EnumerationSample *one : kind) {
        if (one->isTimed)
            times.push_back(one->milliseconds);
    }
    return times;
}

void compareTimes(const Samples &known, const Samples &unknown, EnumerationComparison &result)
{
    std::vector<double> ofKnown = timesOf(known);
    std::vector<double> ofUnknown = timesOf(unknown);
    // Where few remain, the first ones stay: known and unknown came in turn, so that they hide a difference at worst.
    if (std::min(ofKnown.size(), ofUnknown.size()) >= kWarmUpPairs + static_cast<std::size_t>(kFewestTimes)) {
        ofKnown.erase(ofKnown.begin(), ofKnown.begin() + kWarmUpPairs);
        ofUnknown.erase(ofUnknown.begin(), ofUnknown.begin() + kWarmUpPairs);
    }
    result.timed = static_cast<int>(std::min(ofKnown.size(), ofUnknown.size()));
    if (result.timed >= kFewestTimes)
        result.time = timeDifferenceOf(ofUnknown, ofKnown);
}

} // namespace

EnumerationComparison comparisonOf(const EnumerationEntry &entry, AccountState state)
{
    Samples known;
    Samples unknown;
    for (const EnumerationSample &sample : entry.samples) {
        if (!sample.isKnown)
            unknown.push_back(&sample);
        else if (sample.state == state)
            known.push_back(&sample);
    }
    EnumerationComparison result{.known = static_cast<int>(known.size()), .unknown = static_cast<int>(unknown.size())};
    if (!result.isEnough())
        return result;
    compareFeatures(known, unknown, result);
    result.comparedParts = std::min(result.known, result.unknown) >= kFewestAmidNoise;
    for (const QString &word : partsThatDiffer(known, unknown, !result.varies.isEmpty())) {
        if (!result.differs.contains(word))
            result.differs.append(word);
    }
    if (state == AccountState::Usual)
        compareTimes(known, unknown, result);
    return result;
}

} // namespace cockpit
