#include "checks/dns/drift.h"
#include "checks/dns/drifteffects.h"

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

// Another resolver, asked at the same time, sees something else: then it may be this network that is told lies.
bool isContradicted(const DriftFacts &facts, const DriftLook &look)
{
    const auto second = findSet(facts.second, look.name, look.type);
    return second != facts.second.end() && second->values && second->values != look.values;
}

bool isAgreed(const DriftFacts &facts, const DriftLook &look)
{
    if (isContradicted(facts, look))
        return false; // however long it has been so
    const auto second = findSet(facts.second, look.name, look.type);
    if (second != facts.second.end() && second->values == look.values)
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

std::vector<Finding> findingsOf(const DriftFacts &facts, const std::vector<DriftLook> &changed)
{
    std::vector<Finding> findings;
    for (const DriftLook &look : changed) {
        if (!isAgreed(facts, look))
            continue;
        const auto before = findSet(facts.known.baseline->sets, look.name, look.type);
        std::ranges::move(driftFindings(*before, *look.values, facts.target), std::back_inserter(findings));
    }
    return findings;
}

struct Counts
{
    int compared = 0;
    int unread = 0;
    QString problem; // of the first that could not be read
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
        } else if (counts.unread++ == 0) {
            counts.problem = look->problem;
        }
    }
    return counts;
}

// Two looks agreed on nothing yet, or a part could not be looked at: neither a fault nor a pass.
QString openQuestion(const Counts &counts, size_t unconfirmed, int contradicted)
{
    if (contradicted > 0)
        return Text::tr("your network sees other records than the world: %n difference(s) that another resolver does "
                        "not see",
                        nullptr, contradicted);
    if (unconfirmed > 0)
        return Text::tr("%n difference(s) seen by one look alone: press Check again in a minute", nullptr,
                        static_cast<int>(unconfirmed));
    if (counts.unread > 0)
        return Text::tr("%n set(s) of records could not be looked at: %1", nullptr, counts.unread).arg(counts.problem);
    return {};
}

Judged compared(const DriftFacts &facts, const Counts &counts, const std::vector<DriftLook> &changed)
{
    Judged judged;
    judged.findings = findingsOf(facts, changed);
    judged.outcome = outcomeFor(judged.findings);
    const auto agreed = std::ranges::count_if(changed, [&](const DriftLook &look) { return isAgreed(facts, look); });
    const auto contradicted =
        std::ranges::count_if(changed, [&](const DriftLook &look) { return isContradicted(facts, look); });
    const QString open =
        openQuestion(counts, changed.size() - static_cast<size_t>(agreed), static_cast<int>(contradicted));
    const QString date = QLocale::c().toString(facts.known.baseline->acceptedAt.date(), u"yyyy-MM-dd"_s);
    judged.summary = agreed > 0 ? Text::tr("%n set(s) of records differ from what was accepted on %1", nullptr,
                                           static_cast<int>(agreed))
                                      .arg(date)
                                : Text::tr("%n set(s) of records are as accepted on %1", nullptr,
                                           counts.compared - static_cast<int>(changed.size()))
                                      .arg(date);
    if (!open.isEmpty()) {
        judged.summary += u"; "_s + open;
        if (judged.findings.empty()) {
            judged.outcome = Outcome::Info;
            judged.reason = open;
        }
    }
    return judged;
}

Judged judged(const DriftFacts &facts, const std::vector<DriftLook> &changed)
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
    if (counts.compared == 0) {
        return counts.unread > 0 ? couldNotLook({ErrorKind::Unreachable, counts.problem, {}})
                                 : notRun(Text::tr("None of the accepted records belongs to this project any more: "
                                                   "accept today's as the baseline."));
    }
    return compared(facts, counts, changed);
}

} // namespace

std::vector<DriftLook> changedSets(const DnsHistory &known, const Target &target, const std::vector<DriftLook> &present)
{
    std::vector<DriftLook> changed;
    if (!isAcceptedFor(known, target))
        return changed;
    for (const DriftLook &look : present) {
        const auto before = findSet(known.baseline->sets, look.name, look.type);
        if (before != known.baseline->sets.end() && look.values && *look.values != before->values)
            changed.push_back(look);
    }
    return changed;
}

Judged judgeDrift(const DriftFacts &facts)
{
    const auto changed = changedSets(facts.known, facts.target, facts.present);
    Judged result = judged(facts, changed);
    result.observed = observedOf(facts, sightingsAfter(facts, changed));
    return result;
}

} // namespace cockpit
