#include "checks/actors/products.h"

#include "checks/actors/productturns.h"
#include "checks/engine/nothingtotry.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Products)
};

// Another product's look at the same pages sees the same.
void addFindings(const std::vector<Finding> &more, std::vector<Finding> &findings)
{
    for (const Finding &finding : more) {
        const bool isKnown = std::ranges::any_of(findings, [&](const Finding &known) {
            return known.code == finding.code && known.host == finding.host && known.subject == finding.subject;
        });
        if (!isKnown)
            findings.push_back(finding);
    }
}

void addObserved(const QJsonObject &more, QJsonObject &observed)
{
    for (auto it = more.begin(); it != more.end(); ++it) {
        const QJsonValue known = observed.value(it.key());
        const bool counts = it.key() == "requests"_L1 || it.key() == "sent"_L1;
        if (known.isUndefined()) {
            observed.insert(it.key(), it.value());
        } else if (known.isArray() && it.value().isArray()) {
            QJsonArray all = known.toArray();
            for (const QJsonValue one : it.value().toArray())
                all.append(one);
            observed.insert(it.key(), all);
        } else if (counts && known.isDouble() && it.value().isDouble()) {
            observed.insert(it.key(), known.toInt() + it.value().toInt());
        }
    }
}

bool hasLooked(const Judged &judged)
{
    return judged.outcome != Outcome::NotRun && judged.outcome != Outcome::Error &&
           judged.outcome != Outcome::NotApplicable;
}

bool isGap(const Judged &judged)
{
    return judged.outcome == Outcome::NotRun || judged.outcome == Outcome::Error;
}

// "api.example.com: 8 were refused; desk.example.com: …"
QString sentences(const std::vector<ProductSight> &sights, QString Judged::*text)
{
    QStringList parts;
    for (const ProductSight &sight : sights) {
        if (!(sight.judged.*text).isEmpty())
            parts << Text::tr("%1: %2").arg(sight.name, sight.judged.*text);
    }
    return parts.join("; "_L1);
}

Outcome outcomeOf(const std::vector<ProductSight> &sights, const std::vector<Finding> &findings, bool hasGap)
{
    if (!findings.empty())
        return outcomeFor(findings);
    const bool isInfo =
        std::ranges::any_of(sights, [](const ProductSight &sight) { return sight.judged.outcome == Outcome::Info; });
    return isInfo || hasGap ? Outcome::Info : Outcome::Pass;
}

const ProductSight &gravestOf(const std::vector<ProductSight> &sights)
{
    for (const Outcome outcome : {Outcome::Error, Outcome::NotRun}) {
        const auto it =
            std::ranges::find_if(sights, [&](const ProductSight &sight) { return sight.judged.outcome == outcome; });
        if (it != sights.end())
            return *it;
    }
    return sights.front();
}

// A part that was not seen this time is not forgotten: how long a pasted session has been known is told over months.
QJsonObject partsOf(const std::vector<ProductSight> &sights, const QJsonObject &before)
{
    QJsonObject parts = before.value(kProductsKey).toObject();
    for (const ProductSight &sight : sights) {
        if (hasLooked(sight.judged) || sight.judged.outcome == Outcome::NotApplicable)
            parts.insert(sight.name, sight.judged.observed);
    }
    for (const QString &name : parts.keys()) { // no product any more
        if (std::ranges::find(sights, name, &ProductSight::name) == sights.end())
            parts.remove(name);
    }
    return parts;
}

Judged lookAtEach(const Check &check, const Look &look)
{
    ProductTurns turns(check.requests, look);
    std::vector<ProductSight> sights;
    for (std::size_t at = 0; at < turns.size(); ++at)
        sights.push_back({turns.name(at), check.look(turns.lookAt(at))});
    return joined(sights, look.facts.lastObserved(check.id));
}

} // namespace

Judged joined(const std::vector<ProductSight> &sights, const QJsonObject &before)
{
    if (sights.size() == 1)
        return sights.front().judged;
    std::vector<ProductSight> seen;
    std::ranges::copy_if(sights, std::back_inserter(seen),
                         [](const ProductSight &sight) { return hasLooked(sight.judged); });
    const bool hasGap = std::ranges::any_of(sights, [](const ProductSight &one) { return isGap(one.judged); });
    Judged all = seen.empty() ? gravestOf(sights).judged : seen.front().judged;
    if (seen.empty()) {
        all.reason = sentences(sights, &Judged::reason);
        all.observed.insert(kProductsKey, partsOf(sights, before));
        const bool hadSome = std::ranges::any_of(
            sights, [](const ProductSight &one) { return isGap(one.judged) && !hadNothingToTry(one.judged); });
        if (hadSome) // of one product there was something, and it could not be tried
            all.hasNothingToTry = false;
        return all;
    }
    for (std::size_t at = 1; at < seen.size(); ++at) {
        const Judged &more = seen[at].judged;
        addFindings(more.findings, all.findings);
        addObserved(more.observed, all.observed);
        all.evidence.insert(all.evidence.end(), more.evidence.begin(), more.evidence.end());
        for (auto it = more.values.begin(); it != more.values.end(); ++it) {
            if (!all.values.contains(it.key()))
                all.values.insert(it.key(), it.value());
        }
    }
    all.observed.insert(kProductsKey, partsOf(sights, before));
    all.outcome = outcomeOf(seen, all.findings, hasGap);
    all.summary = sentences(seen, &Judged::summary);
    std::vector<ProductSight> told = sights;
    std::erase_if(told, [](const ProductSight &one) { return one.judged.outcome == Outcome::NotApplicable; });
    all.reason = sentences(told, &Judged::reason);
    if (hasGap)
        noteUnseen({{}}, all.observed); // it may be any of the part that was not seen
    return all;
}

Check perProduct(Check check)
{
    Check each = check;
    each.look = [check](const Look &look) { return lookAtEach(check, look); };
    if (check.requests)
        each.requests = needsOfAll(check.requests);
    return each;
}

std::vector<Check> perProduct(std::vector<Check> checks, const QStringList &butThese)
{
    for (Check &check : checks) {
        const bool asksAsSomebody = std::ranges::find(check.needs, Need::TestAccounts) != check.needs.end();
        if (asksAsSomebody && check.scope == Scope::Target && !butThese.contains(check.id))
            check = perProduct(std::move(check));
    }
    return checks;
}

} // namespace cockpit
