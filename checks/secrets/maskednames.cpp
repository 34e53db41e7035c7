#include "checks/secrets/maskednames.h"

namespace cockpit {

namespace {

std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<size_t>(bytes.size())};
}

} // namespace

QByteArray maskedBy(const std::vector<SecretHit> &hits, const QByteArray &name)
{
    QByteArray shown;
    qsizetype from = 0;
    for (const SecretHit &hit : hits) {
        if (hit.kind == LeakKind::PublicByDesign || hit.offset < from)
            continue;
        shown += name.sliced(from, hit.offset - from) + hit.masked.toUtf8();
        from = hit.offset + hit.length;
    }
    return shown + name.sliced(from);
}

void NameMask::learn(const QByteArray &name)
{
    if (!name.isEmpty())
        m_names.insert(name);
}

void NameMask::learn(const std::vector<FoundSecret> &found)
{
    for (const FoundSecret &secret : found) {
        learn(secret.path);
        if (!secret.history)
            continue;
        for (const auto *note : {&secret.history->first, &secret.history->last}) {
            if (!*note)
                continue;
            learn((*note)->author.toUtf8());
            learn((*note)->mail.toUtf8());
        }
        for (const QByteArray &path : secret.history->otherPaths)
            learn(path);
    }
}

Result<void> NameMask::look()
{
    const std::vector<QByteArray> names(m_names.cbegin(), m_names.cend());
    std::vector<std::string_view> pieces;
    pieces.reserve(names.size());
    for (const QByteArray &name : names)
        pieces.push_back(viewOf(name));
    auto looked = m_scanner.scanNames(pieces, [&](size_t piece, TextScan &scan) {
        m_masked.insert(names[piece], maskedBy(scan.hits, names[piece]));
    });
    m_names.clear();
    return looked;
}

Result<void> NameMask::mask(TreeScan &scan)
{
    learn(scan.found);
    for (const QString &sentence : scan.archiveGaps)
        learn(sentence.toUtf8());
    for (const QString &name : scan.outside.names)
        learn(name.toUtf8());
    for (const WalkProblem &problem : scan.walk.problems) {
        learn(problem.place.toUtf8());
        learn(problem.why.toUtf8());
    }
    if (auto looked = look(); !looked)
        return looked;
    mask(scan.found);
    maskAll(scan.archiveGaps);
    maskAll(scan.outside.names);
    for (WalkProblem &problem : scan.walk.problems) {
        problem.place = masked(problem.place);
        problem.why = masked(problem.why);
    }
    return {};
}

Result<void> NameMask::mask(HistoryScan &scan)
{
    learn(scan.found);
    for (const QString &sentence : scan.gaps)
        learn(sentence.toUtf8());
    if (auto looked = look(); !looked)
        return looked;
    mask(scan.found);
    maskAll(scan.gaps);
    return {};
}

void NameMask::maskNote(std::optional<CommitNote> &note) const
{
    if (!note)
        return;
    note->author = masked(note->author);
    note->mail = masked(note->mail);
}

void NameMask::maskAll(QStringList &sentences) const
{
    for (QString &sentence : sentences)
        sentence = masked(sentence);
}

void NameMask::mask(std::vector<FoundSecret> &found) const
{
    if (m_masked.isEmpty()) // nearly always, and whoever stopped the look waits
        return;
    for (FoundSecret &secret : found) {
        secret.path = masked(secret.path);
        if (!secret.history)
            continue;
        auto history = std::make_shared<HistoryPlace>(*secret.history);
        maskNote(history->first);
        maskNote(history->last);
        for (QByteArray &path : history->otherPaths)
            path = masked(path);
        secret.history = std::move(history);
    }
}

} // namespace cockpit
