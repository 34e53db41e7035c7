#include "models/secretsfound.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostFindings = 20; // that are kept of one secret

bool isNamedAlike(const SecretEntry &a, const SecretEntry &b)
{
    return a.name.compare(b.name, Qt::CaseInsensitive) == 0 && (a.fingerprint.isEmpty() || b.fingerprint.isEmpty());
}

SecretEntry *knownOf(const SecretEntry &proposal, std::vector<SecretEntry> &known)
{
    const auto match = [&](auto &&isIt) -> SecretEntry * {
        const auto found = std::ranges::find_if(known, isIt);
        return found == known.end() ? nullptr : &*found;
    };
    const QString &print = proposal.fingerprint;
    if (SecretEntry *one = match([&](const SecretEntry &entry) { return entry.id == proposal.id; }))
        return one;
    if (!print.isEmpty()) {
        if (SecretEntry *one = match([&](const SecretEntry &entry) {
                return entry.fingerprint == print || entry.deadFingerprints.contains(print);
            }))
            return one;
    }
    // Two values of one kind have one name: only what people and environments call a secret says which it is.
    const bool hasOwnName = !proposal.id.startsWith("found:"_L1);
    return hasOwnName ? match([&](const SecretEntry &entry) { return isNamedAlike(entry, proposal); }) : nullptr;
}

void fill(QString &text, const QString &from)
{
    if (text.isEmpty())
        text = from;
}

void fillEmpty(SecretEntry &entry, const SecretEntry &proposal)
{
    fill(entry.service, proposal.service);
    fill(entry.scope, proposal.scope);
    fill(entry.keptIn, proposal.keptIn);
    fill(entry.rule, proposal.rule);
    if (entry.environments.empty())
        entry.environments = proposal.environments;
    if (!entry.lastRotated.isValid())
        entry.lastRotated = proposal.lastRotated;
    if (!entry.deadFingerprints.contains(proposal.fingerprint))
        fill(entry.fingerprint, proposal.fingerprint);
}

// Says whether it is marked now and was not before.
bool markExposed(SecretEntry &entry, const SecretEntry &proposal)
{
    const bool isDead = entry.deadFingerprints.contains(proposal.fingerprint) ||
                        (isRotated(entry) && entry.fingerprint == proposal.fingerprint);
    const bool isNews = std::ranges::any_of(proposal.exposedBy,
                                            [&](const QString &finding) { return !entry.exposedBy.contains(finding); });
    if (proposal.exposure != Exposure::Yes || isDead || !isNews)
        return false;
    const bool wasExposed = entry.exposure == Exposure::Yes;
    entry.exposure = Exposure::Yes;
    if (!entry.exposedOn.isValid())
        entry.exposedOn = proposal.exposedOn;
    fill(entry.exposedWhere, proposal.exposedWhere);
    entry.exposedBy << proposal.exposedBy;
    entry.exposedBy.removeDuplicates();
    entry.exposedBy = entry.exposedBy.mid(0, kMostFindings);
    return !wasExposed;
}

} // namespace

MergedSecrets mergedSecrets(std::vector<SecretEntry> known, const std::vector<SecretEntry> &proposed)
{
    MergedSecrets merged;
    for (const SecretEntry &proposal : proposed) {
        if (SecretEntry *entry = knownOf(proposal, known)) {
            fillEmpty(*entry, proposal);
            merged.marked += markExposed(*entry, proposal) ? 1 : 0;
        } else if (known.size() < kMostSecrets) {
            known.push_back(proposal);
            ++merged.added;
        } else {
            ++merged.leftOut;
        }
    }
    merged.entries = std::move(known);
    return merged;
}

} // namespace cockpit
