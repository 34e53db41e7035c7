#include "checks/secrets/maskednames.h"

namespace cockpit {

namespace {

void maskNote(std::optional<CommitNote> &note, NameMask &mask)
{
    if (!note)
        return;
    note->author = mask.masked(note->author);
    note->mail = mask.masked(note->mail);
}

void maskAll(QStringList &sentences, NameMask &mask)
{
    for (QString &sentence : sentences)
        sentence = mask.masked(sentence);
}

} // namespace

QByteArray NameMask::masked(const QByteArray &name)
{
    if (const auto known = m_known.constFind(name); known != m_known.cend())
        return *known;
    const TextScan scan = m_scanner.scan(std::string_view(name.constData(), static_cast<size_t>(name.size())));
    QByteArray shown;
    qsizetype from = 0;
    for (const SecretHit &hit : scan.hits) {
        if (hit.kind == LeakKind::PublicByDesign || hit.offset < from)
            continue;
        shown += name.sliced(from, hit.offset - from) + hit.masked.toUtf8();
        from = hit.offset + hit.length;
    }
    shown += name.sliced(from);
    if (shown == name)
        m_known.insert(name, name); // what is masked is not kept as it was
    return shown;
}

void NameMask::mask(TreeScan &scan)
{
    mask(scan.found);
    maskAll(scan.archiveGaps, *this);
    for (WalkProblem &problem : scan.walk.problems) {
        problem.place = masked(problem.place);
        problem.why = masked(problem.why);
    }
}

void NameMask::mask(HistoryScan &scan)
{
    mask(scan.found);
    maskAll(scan.gaps, *this);
}

void NameMask::mask(std::vector<FoundSecret> &found)
{
    for (FoundSecret &secret : found) {
        secret.path = masked(secret.path);
        if (!secret.history)
            continue;
        auto history = std::make_shared<HistoryPlace>(*secret.history);
        maskNote(history->first, *this);
        maskNote(history->last, *this);
        for (QByteArray &path : history->otherPaths)
            path = masked(path);
        secret.history = std::move(history);
    }
}

} // namespace cockpit
