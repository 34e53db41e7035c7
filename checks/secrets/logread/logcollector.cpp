#include "checks/secrets/logread/logcollector.h"

#include "checks/secrets/candidate.h"

#include <algorithm>

namespace cockpit {

namespace {

constexpr qsizetype kMostDifferent = 1000;

void addSample(std::vector<LogSample> &samples, const QString &file, qint64 line, const QString &shown)
{
    const auto isThere = [&](const LogSample &one) { return one.line == line && one.file == file; };
    if (samples.size() < kMostLogSamples && std::ranges::none_of(samples, isThere))
        samples.push_back({file, line, shown});
}

// Those that a rule may find as well.
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

LogCollector::LogCollector(KnownFinder known, QDateTime now, bool isBuildLog)
    : m_finder(std::move(now)), m_known(std::move(known)), m_isBuildLog(isBuildLog)
{
}

void LogCollector::begin(const QString &file)
{
    m_file = file;
    m_counted.clear();
    m_uncounted.clear();
    if (m_isBuildLog)
        m_ci = std::make_unique<CiCounter>(m_digest.ci[file]);
}

void LogCollector::count(const SensitiveFound &found, const LinePiece &piece)
{
    KindSeen &seen = m_digest.kinds[found.kind];
    ++seen.count;
    if (seen.samples.size() < kMostLogSamples)
        addSample(seen.samples, m_file, piece.line, shownSensitive(found, piece.text));
    if (mayBeKey(found.kind) && m_counted.size() < kMostCounted)
        m_counted.push_back({piece.offset + static_cast<qint64>(found.at.start),
                             piece.offset + static_cast<qint64>(found.at.end), found.kind, piece.line});
}

void LogCollector::addKnown(const LinePiece &piece)
{
    m_knownFound.clear();
    m_known.find(piece.text, m_knownFound);
    for (const KnownFound &found : m_knownFound) {
        auto it = std::ranges::find_if(m_digest.known, [&found](const KnownSeen &seen) {
            return seen.name == found.value->name && seen.form == found.form;
        });
        if (it == m_digest.known.end())
            it = m_digest.known.insert(it, KnownSeen{found.value->name, found.form, 0, {}});
        ++it->count;
        addSample(it->samples, m_file, piece.line, found.value->name);
    }
}

void LogCollector::add(const LinePiece &piece)
{
    m_found.clear();
    m_finder.find(piece.text, m_found, m_digest.fields);
    for (const SensitiveFound &found : m_found)
        count(found, piece);
    if (!m_known.isEmpty())
        addKnown(piece);
    if (!piece.isBeginning)
        return;
    const LogLine line = m_reader.read(piece.text);
    if (!line.goesOn)
        ++m_digest.formats[line.format];
    m_events.add(line);
    m_ids.add(line);
    if (m_ci)
        m_ci->add(piece.text, piece.line);
}

const LogCollector::Counted *LogCollector::countedAt(const SecretHit &hit) const
{
    // Sorted by their beginnings; those inside one another are few.
    constexpr int nested = 4;
    auto it = std::ranges::lower_bound(m_counted, hit.offset + hit.length, {}, &Counted::start);
    for (int tried = 0; tried < nested && it != m_counted.begin(); ++tried) {
        --it;
        if (hit.offset < it->end)
            return &*it;
    }
    return nullptr;
}

// Two keys may stand in one value.
void LogCollector::uncount(const Counted &counted)
{
    if (!m_uncounted.insert(counted.start).second)
        return;
    KindSeen &seen = m_digest.kinds[counted.kind];
    --seen.count;
    std::erase_if(seen.samples, [&](const LogSample &one) { return one.file == m_file && one.line == counted.line; });
    if (seen.count == 0)
        m_digest.kinds.erase(counted.kind);
}

void LogCollector::addRule(const SecretHit &hit)
{
    RuleSeen &seen = m_digest.rules[hit.rule->id];
    seen.severity = seen.count == 0 ? hit.severity : std::min(seen.severity, hit.severity);
    seen.name = hit.rule->name;
    seen.kind = hit.kind;
    seen.isToken = hit.rule->kind == LeakKind::Jwt;
    seen.isGuessed = isGeneric(*hit.rule);
    ++seen.count;
    if (seen.different.size() < kMostDifferent)
        seen.different.insert(hit.fingerprint);
    addSample(seen.samples, m_file, hit.line, hit.masked);
}

void LogCollector::end(const std::vector<SecretHit> &hits, qint64 lines)
{
    std::ranges::sort(m_counted, {}, &Counted::start);
    for (const SecretHit &hit : hits) {
        const Counted *counted = countedAt(hit);
        const bool isOpen = hit.kind == LeakKind::Secret;
        // A token of which the claims say that it opens everything is more than a token of somebody.
        const bool isKnownBetter =
            !isGeneric(*hit.rule) && (hit.rule->kind != LeakKind::Jwt || hit.severity == Severity::Critical || !isOpen);
        if (counted && !isKnownBetter)
            continue;
        if (counted)
            uncount(*counted);
        addRule(hit);
    }
    m_ids.endFile();
    ++m_digest.files;
    m_digest.lines += lines;
    m_ci.reset();
}

LogDigest LogCollector::take()
{
    m_digest.events = m_events.seen();
    m_digest.ids = m_ids.seen();
    return std::move(m_digest);
}

} // namespace cockpit
