// What is said of what strangers can put into a backend service.
#include "checks/access/backendwrites.h"

#include "checks/access/backendowed.h"
#include "checks/access/backendwords.h"
#include "checks/actors/requestproof.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendWrites)
};

QString subjectOf(const BackendWrite &write)
{
    return subjectOfWrite(toWord(write.part), write.name);
}

bool isOpen(WriteEnd end)
{
    return end == WriteEnd::Taken || end == WriteEnd::WouldBeTaken;
}

QString titleOf(BackendPart part)
{
    if (part == BackendPart::Table)
        return Text::tr("Anybody can put rows into a table of your database");
    return part == BackendPart::Bucket ? Text::tr("Anybody can put files into your storage")
                                       : Text::tr("Anybody can write into your database");
}

QString sawOf(const BackendWrite &write)
{
    const QString meant = Text::tr("Where that is meant, such as for a form that everybody may send, accept this "
                                   "finding with that reason.");
    const bool isTaken = write.end == WriteEnd::Taken;
    const QString shown = Text::tr("A test record was put into %1 at %2 with the key that every visitor of your pages "
                                   "gets, and could be read there.");
    const QString named = Text::tr("%1 at %2 took a test file with the key that every visitor of your pages gets, and "
                                   "said under which name it keeps it; a stranger is not shown it there.");
    const QString unseen = Text::tr("%1 at %2 took a test row with the key that every visitor of your pages gets. "
                                    "Strangers may not read the table, so that it was not seen there.");
    const QString refused =
        Text::tr("%1 at %2 refused a test row for what was missing in it or was taken back at once, and not for "
                 "who sent it: the rules of the table let rows of everybody pass.");
    const QString hidden = write.part == BackendPart::Table ? unseen : named;
    const QString saw = !isTaken ? refused : write.wasShown ? shown : hidden;
    return saw.arg(write.name, write.host) + u' ' + meant;
}

Finding findingOf(const BackendWrite &write)
{
    const bool isPrivate = isPrivateName(write.name);
    Finding finding = makeFinding(codeOfWrite(toWord(write.part)), isPrivate ? Severity::High : Severity::Medium,
                                  write.end == WriteEnd::Taken && write.wasShown ? Proof::Proven : Proof::Strong,
                                  Impact::CostAbuse, titleOf(write.part), sawOf(write));
    finding.host = write.host;
    finding.subject = subjectOf(write);
    if (write.exchange)
        finding.evidence = {requestProof(write.exchange->first, write.exchange->second, {})};
    finding.effortMinutes = 45;
    return finding;
}

QJsonObject rowOf(const BackendWrite &write)
{
    QJsonObject row{{u"what"_s, toWord(write.part)},
                    {u"name"_s, write.name},
                    {u"host"_s, write.host},
                    {u"result"_s, toWord(write.end)}};
    if (!write.why.isEmpty())
        row.insert(u"why"_s, write.why);
    return row;
}

LookGaps gapsOf(const std::vector<BackendWrite> &writes, const QJsonObject &before, const PlacesNow &now)
{
    LookGap untold;
    QStringList sentences;
    for (const BackendWrite &one : writes) {
        if (one.end != WriteEnd::NotTold && one.end != WriteEnd::NotTried)
            continue;
        Unseen place{.subject = subjectOf(one), .host = one.host};
        if (wasFoundOpen(place, before, now)) // and so stays so, also where it is there no more in a later look
            place.code = codeOfWrite(toWord(one.part));
        untold.hides.push_back(place);
        sentences.append(
            Text::tr("%1 at %2: %3", "a place, its host, why it stays open").arg(one.name, one.host, one.why));
    }
    if (!sentences.isEmpty())
        untold.sentence =
            Text::tr("Whether a stranger can put something there is open: %1.").arg(sentences.join(u"; "_s));
    LookGaps gaps;
    gaps.add(untold);
    gaps.add(owedWrites(before, writes, now));
    return gaps;
}

// A service of which it is known how something is put there.
bool hasPlaces(const QJsonObject &observed)
{
    const QJsonArray backends = observed["backends"_L1].toArray();
    return std::any_of(backends.begin(), backends.end(), [](const QJsonValue &one) {
        const QString kind = one["kind"_L1].toString();
        return kind == toWord(BackendKind::Supabase) || kind == toWord(BackendKind::Firebase);
    });
}

} // namespace

Judged withBackendWrites(Judged judged, const std::vector<BackendWrite> &writes, const QJsonObject &before,
                         const PlacesNow &now)
{
    const LookGaps gaps = gapsOf(writes, before, now);
    if (writes.empty()) {
        leaveOpen(judged, gaps);
        if (hasPlaces(judged.observed))
            judged.summary += Text::tr("; not tried, as you marked no place for it: whether a stranger can put "
                                       "something into your backend service");
        return judged;
    }
    QJsonArray rows;
    int refused = 0;
    const std::size_t found = judged.findings.size();
    for (const BackendWrite &write : writes) {
        rows.append(rowOf(write));
        refused += write.end == WriteEnd::Refused ? 1 : 0;
        if (isOpen(write.end))
            judged.findings.push_back(findingOf(write));
    }
    judged.observed.insert(u"backend_writes"_s, rows);
    if (judged.findings.size() > found)
        judged.outcome = outcomeFor(judged.findings);
    leaveOpen(judged, gaps);
    if (refused > 0)
        judged.summary += Text::tr("; a stranger's test record was refused at %n place(s)", nullptr, refused);
    return judged;
}

} // namespace cockpit
