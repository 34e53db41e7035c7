#include "checks/secrets/logread/logcollector.h"

#include <algorithm>

namespace cockpit {

LogCollector::LogCollector(KnownFinder known, QDateTime now, bool isBuildLog)
    : m_finder(std::move(now)), m_known(std::move(known)), m_isBuildLog(isBuildLog)
{
}

void LogCollector::begin(const QString &file)
{
    m_file = file;
    m_counted.clear();
    if (m_isBuildLog)
        m_ci = std::make_unique<CiCounter>(m_digest.ci[file]);
}

void LogCollector::count(const SensitiveFound &found, const LinePiece &piece)
{
    KindSeen &seen = m_digest.kinds[found.kind];
    ++seen.count;
    QString shown;
    if (seen.samples.size() < kMostLogSamples) {
        shown = shownSensitive(found, piece.text);
        addSample({m_file, piece.line, shown}, seen.samples);
    }
    m_counted.add({found.kind, piece.offset + static_cast<qint64>(found.at.start),
                   piece.offset + static_cast<qint64>(found.at.end), piece.line, std::move(shown)});
}

void LogCollector::addKnown(const LinePiece &piece)
{
    m_knownFound.clear();
    if (piece.isBeginning)
        m_known.dropLine(); // of which the end was not read
    m_known.findIn(piece.ownText(), piece.isEnd(), m_knownFound);
    for (const KnownFound &found : m_knownFound) {
        auto it = std::ranges::find_if(m_digest.known, [&found](const KnownSeen &seen) {
            return seen.name == found.value->name && seen.form == found.form;
        });
        if (it == m_digest.known.end())
            it = m_digest.known.insert(it, KnownSeen{found.value->name, found.form, 0, {}});
        ++it->count;
        addSample({m_file, piece.line, found.value->name}, it->samples);
    }
}

void LogCollector::add(const LinePiece &piece)
{
    m_found.clear();
    m_finder.find(piece.text, piece.own, m_found, m_digest.fields);
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

void LogCollector::end(const std::vector<SecretHit> &hits, qint64 lines)
{
    m_counted.sort();
    for (const SecretHit &hit : hits) {
        const CountedValue *counted = m_counted.at(hit);
        if (counted && !isKnownBetter(hit))
            continue;
        if (counted)
            m_counted.takeOut(*counted, m_file, m_digest.kinds);
        addHit(hit, m_file, hit.line, m_digest.rules[hit.rule->id]);
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
