#include "checks/secrets/logread/countedvalues.h"

#include "checks/secrets/candidate.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype kMostDifferent = 1000;

bool mayBeKey(SensitiveKind kind)
{
    switch (kind) {
    case SensitiveKind::Password:
    case SensitiveKind::Token:
    case SensitiveKind::Login:
    case SensitiveKind::Cookie:
    case SensitiveKind::LinkToken:
        return true;
    case SensitiveKind::OneTimeCode:
    case SensitiveKind::Card:
    case SensitiveKind::TestCard:
    case SensitiveKind::CardCode:
    case SensitiveKind::Identity:
    case SensitiveKind::Mail:
    case SensitiveKind::Phone:
    case SensitiveKind::Address:
    case SensitiveKind::Prompt:
    case SensitiveKind::Body:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

void CountedValues::clear()
{
    m_values.clear();
    m_out.clear();
}

void CountedValues::add(CountedValue value)
{
    if (mayBeKey(value.kind) && m_values.size() < kMost)
        m_values.push_back(std::move(value));
}

void CountedValues::sort()
{
    std::ranges::sort(m_values, {}, &CountedValue::start);
}

const CountedValue *CountedValues::at(const SecretHit &hit) const
{
    // Those inside one another are few.
    constexpr int nested = 4;
    auto it = std::ranges::lower_bound(m_values, hit.offset + hit.length, {}, &CountedValue::start);
    for (int tried = 0; tried < nested && it != m_values.begin(); ++tried) {
        --it;
        if (hit.offset < it->end)
            return &*it;
    }
    return nullptr;
}

void CountedValues::takeOut(const CountedValue &value, const QString &file, std::map<SensitiveKind, KindSeen> &kinds)
{
    if (!m_out.insert(value.start).second)
        return;
    const auto kind = kinds.find(value.kind);
    if (kind == kinds.end())
        return;
    if (--kind->second.count == 0) {
        kinds.erase(kind);
        return;
    }
    std::vector<LogSample> &samples = kind->second.samples;
    const auto sample = std::ranges::find(samples, LogSample{file, value.line, value.shown});
    if (sample == samples.end())
        return;
    samples.erase(sample);
    // Another value of the line stands where it stood.
    constexpr std::ptrdiff_t near = 16;
    const auto own = m_values.cbegin() + (&value - m_values.data());
    const auto from = own - std::min(own - m_values.cbegin(), near);
    const auto to = own + std::min(m_values.cend() - own, near);
    const auto other = std::find_if(from, to, [&](const CountedValue &one) {
        return one.kind == value.kind && one.line == value.line && !one.shown.isEmpty() && !isOut(one);
    });
    if (other != to)
        addSample({file, other->line, other->shown}, samples);
}

bool isKnownBetter(const SecretHit &hit)
{
    // A token of which the claims say that it opens everything is more than a token of somebody.
    const bool isOpen = hit.kind == LeakKind::Secret;
    return !isGeneric(*hit.rule) && (hit.rule->kind != LeakKind::Jwt || hit.severity == Severity::Critical || !isOpen);
}

void addHit(const SecretHit &hit, const QString &file, qint64 line, RuleSeen &seen)
{
    seen.severity = seen.count == 0 ? hit.severity : std::min(seen.severity, hit.severity);
    seen.name = hit.rule->name;
    seen.kind = hit.kind;
    seen.isToken = hit.rule->kind == LeakKind::Jwt;
    seen.isGuessed = isGeneric(*hit.rule);
    ++seen.count;
    if (seen.different.size() < kMostDifferent)
        seen.different.insert(hit.fingerprint);
    addSample({file, line, hit.masked}, seen.samples);
}

void addSample(const LogSample &sample, std::vector<LogSample> &samples)
{
    const auto isThere = [&](const LogSample &one) { return one.line == sample.line && one.file == sample.file; };
    if (samples.size() < kMostLogSamples && std::ranges::none_of(samples, isThere))
        samples.push_back(sample);
}

} // namespace cockpit
