#include "checks/dns/drift.h"
#include "checks/dns/drifteffects.h"
#include "checks/dns/driftsets.h"

#include "checks/engine/inwords.h"
#include "checks/engine/lookgaps.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Drift)
};

template<typename Sets>
auto findSet(Sets &sets, const QString &name, const QString &type)
{
    return std::ranges::find_if(sets, [&](const auto &set) { return set.name == name && set.type == type; });
}

bool isAcceptedFor(const DnsHistory &known, const Target &target)
{
    return known.baseline && known.baseline->domain == target.domain;
}

const DnsSighting *earlierSighting(const DnsHistory &known, const DnsRecordSet &set)
{
    const auto it = std::ranges::find(known.sightings, set, &DnsSighting::set);
    return it == known.sightings.end() ? nullptr : &*it;
}

// The same set as another resolver saw it at the same time; null when it did not.
const DriftLook *otherLook(const DriftFacts &facts, const DriftLook &look)
{
    const auto second = findSet(facts.second, look.name, look.type);
    return second != facts.second.end() && second->values ? &*second : nullptr;
}

// Another resolver still sees what was accepted: this network may be told lies, or a change has not reached everybody.
bool isContradicted(const DriftFacts &facts, const DriftLook &look)
{
    const DriftLook *other = otherLook(facts, look);
    const auto before = findSet(facts.known.baseline->sets, look.name, look.type);
    return other && isAsAccepted(*before, *other);
}

// Both see that it is no longer so, and each something else: names with many addresses are answered so.
bool isDisputed(const DriftFacts &facts, const DriftLook &look)
{
    const DriftLook *other = otherLook(facts, look);
    return other && other->values != look.values && !isContradicted(facts, look);
}

bool isAgreed(const DriftFacts &facts, const DriftLook &look)
{
    if (isContradicted(facts, look))
        return false; // however long it has been so
    if (otherLook(facts, look))
        return true;
    const DnsSighting *earlier = earlierSighting(facts.known, look.set());
    return earlier && earlier->firstSeen.secsTo(facts.now) >= kSightingsAgreeAfter.count();
}

// Sets that could not be looked at keep what was seen of them before.
std::vector<DnsSighting> sightingsAfter(const DriftFacts &facts, const std::vector<DriftLook> &changed)
{
    std::vector<DnsSighting> sightings;
    for (const DriftLook &look : changed) {
        const DnsSighting *earlier = earlierSighting(facts.known, look.set());
        sightings.push_back({look.set(), earlier ? earlier->firstSeen : facts.now});
    }
    for (const DnsSighting &sighting : facts.known.sightings) {
        const auto look = findSet(facts.present, sighting.set.name, sighting.set.type);
        if (look != facts.present.end() && !look->values)
            sightings.push_back(sighting);
    }
    return sightings;
}

QJsonObject observedOf(const DriftFacts &facts, const std::vector<DnsSighting> &sightings)
{
    QJsonArray records;
    for (const DriftLook &look : facts.present) {
        records.append(QJsonObject{
            {u"name"_s, look.name},
            {u"type"_s, look.type},
            {u"values"_s, look.values ? QJsonValue(QJsonArray::fromStringList(*look.values)) : QJsonValue()},
            {u"problem"_s, look.problem.isEmpty() ? QJsonValue() : QJsonValue(look.problem)}});
    }
    const bool isAccepted = isAcceptedFor(facts.known, facts.target);
    return {{u"looked_at"_s, facts.now.toUTC().toString(Qt::ISODate)},
            {u"accepted_at"_s,
             isAccepted ? QJsonValue(facts.known.baseline->acceptedAt.toString(Qt::ISODate)) : QJsonValue()},
            {u"records"_s, records},
            {u"sightings"_s, toJson(sightings)}};
}

// Where two resolvers do not agree on what there is now, a person should look.
std::vector<Finding> findingsAbout(const DriftFacts &facts, const DriftLook &look)
{
    const auto before = findSet(facts.known.baseline->sets, look.name, look.type);
    std::vector<Finding> findings = driftFindings(withEdgesNamed(*before), *look.values, facts.target);
    if (!isDisputed(facts, look))
        return findings;
    for (Finding &finding : findings) {
        finding.proof = Proof::Lead;
        finding.evidence.push_back(
            {Text::tr("What another resolver sees"), otherLook(facts, look)->values->join(u'\n')});
    }
    return findings;
}

std::vector<Finding> findingsOf(const DriftFacts &facts, const std::vector<DriftLook> &changed)
{
    std::vector<Finding> findings;
    for (const DriftLook &look : changed) {
        if (isAgreed(facts, look))
            std::ranges::move(findingsAbout(facts, look), std::back_inserter(findings));
    }
    return findings;
}

struct Counts
{
    int compared = 0;
    QStringList unread; // the names of those that could not be read
    QString problem;    // of the first of them
};

Counts countsOf(const DriftFacts &facts)
{
    Counts counts;
    for (const DnsRecordSet &set : facts.known.baseline->sets) {
        const auto look = findSet(facts.present, set.name, set.type);
        if (look == facts.present.end())
            continue; // of a host that the project no longer has
        if (look->values) {
            ++counts.compared;
            continue;
        }
        if (counts.unread.isEmpty())
            counts.problem = look->problem;
        counts.unread << set.name;
    }
    return counts;
}

// A difference that nobody confirms is not gone, and no fault yet; an accepted set that was not read may differ.
LookGaps gapsIn(const DriftFacts &facts, const std::vector<DriftLook> &changed)
{
    LookGaps gaps;
    const Counts counts = countsOf(facts);
    int contradicted = 0;
    int unconfirmed = 0;
    for (const DriftLook &look : changed) {
        if (isAgreed(facts, look))
            continue;
        gaps.hide({look.name});
        ++(isContradicted(facts, look) ? contradicted : unconfirmed);
    }
    for (const QString &name : counts.unread)
        gaps.hide({name});
    if (contradicted > 0)
        gaps.say(Text::tr("Your network sees other records than the world, or the change is still spreading: another "
                          "resolver does not see %n difference(s).",
                          nullptr, contradicted));
    if (unconfirmed > 0)
        gaps.say(Text::tr("Only one look has seen %n difference(s): press \"Check again\" in a minute.", nullptr,
                          unconfirmed));
    if (!counts.unread.isEmpty())
        gaps.say(
            Text::tr("%n set(s) of records could not be looked at: %1", nullptr, static_cast<int>(counts.unread.size()))
                .arg(counts.problem));
    return gaps;
}

// Who shows a summary sets its full stop.
QString withoutFullStop(const QString &sentence)
{
    return sentence.endsWith(u'.') ? sentence.chopped(1) : sentence;
}

Judged compared(const DriftFacts &facts, const std::vector<DriftLook> &changed)
{
    Judged judged;
    judged.findings = findingsOf(facts, changed);
    judged.outcome = outcomeFor(judged.findings);
    const auto agreed = std::ranges::count_if(changed, [&](const DriftLook &look) { return isAgreed(facts, look); });
    const QString date = QLocale::c().toString(facts.known.baseline->acceptedAt.date(), u"yyyy-MM-dd"_s);
    judged.summary = agreed > 0 ? Text::tr("%n set(s) of records differ from what was accepted on %1", nullptr,
                                           static_cast<int>(agreed))
                                      .arg(date)
                                : Text::tr("%n set(s) of records are as accepted on %1", nullptr,
                                           countsOf(facts).compared - static_cast<int>(changed.size()))
                                      .arg(date);
    return judged;
}

std::optional<Judged> whyNothingIsCompared(const DriftFacts &facts)
{
    const auto hasLook = [](const DriftLook &look) { return look.values.has_value(); };
    if (std::ranges::none_of(facts.present, hasLook) && !facts.present.empty())
        return couldNotLook({ErrorKind::Unreachable, facts.present.front().problem, {}});
    if (!isAcceptedFor(facts.known, facts.target)) {
        return notRun(
            Text::tr("There is nothing to compare with yet: look at the DNS records on the Monitoring page and "
                     "accept today's as the baseline."));
    }
    const Counts counts = countsOf(facts);
    if (counts.compared > 0)
        return std::nullopt;
    return !counts.unread.isEmpty() ? couldNotLook({ErrorKind::Unreachable, counts.problem, {}})
                                    : notRun(Text::tr("None of the accepted records belongs to this project any more: "
                                                      "accept today's as the baseline."));
}

} // namespace

bool isAsAccepted(const DnsRecordSet &accepted, const DriftLook &look)
{
    const bool isSameKey = !look.keys.isEmpty() && look.keys == accepted.values;
    return isSameKey || look.values == withEdgesNamed(accepted).values;
}

std::vector<DriftLook> changedSets(const DnsHistory &known, const Target &target, const std::vector<DriftLook> &present)
{
    std::vector<DriftLook> changed;
    if (!isAcceptedFor(known, target))
        return changed;
    for (const DriftLook &look : present) {
        const auto before = findSet(known.baseline->sets, look.name, look.type);
        if (before != known.baseline->sets.end() && look.values && !isAsAccepted(*before, look))
            changed.push_back(look);
    }
    return changed;
}

Judged judgeDrift(const DriftFacts &facts)
{
    const auto changed = changedSets(facts.known, facts.target, facts.present);
    const auto nothing = whyNothingIsCompared(facts);
    Judged judged = nothing ? *nothing : compared(facts, changed);
    judged.observed = observedOf(facts, sightingsAfter(facts, changed));
    if (nothing)
        return judged;
    const LookGaps gaps = gapsIn(facts, changed);
    if (gaps.isSaid())
        judged.summary += u". "_s + withoutFullStop(sentencesInWords(gaps.sentences()));
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
