#include "checks/access/backendmemory.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BackendReads)
};

// What was open may have a finding; of what gave no answer that tells, it may still have one.
bool mayHaveFinding(const QJsonValue &row)
{
    const QString result = row["result"_L1].toString();
    return result == toWord(BackendResult::Open) || result == toWord(BackendResult::Unclear);
}

QStringList *listFor(const QString &what, BackendFound &found)
{
    if (what == toWord(BackendPart::Bucket))
        return &found.buckets;
    if (what == toWord(BackendPart::Function))
        return &found.functions;
    const bool isTable = what == toWord(BackendPart::Table) || what == toWord(BackendPart::Collection) ||
                         what == toWord(BackendPart::Query);
    return isTable ? &found.tables : nullptr;
}

qsizetype mostOf(const QStringList *list, const BackendFound &found)
{
    return list == &found.buckets ? kMostBuckets : list == &found.functions ? kMostDatabaseFunctions : kMostTables;
}

bool isOf(const BackendFound &found, const QJsonValue &backend)
{
    return backend["kind"_L1].toString() == toWord(found.kind) &&
           backend["origin"_L1].toString() == found.origin.toString();
}

QString subjectOf(const QJsonValue &row)
{
    return row["what"_L1].toString() + u' ' + row["name"_L1].toString();
}

// The gaps that a look of that backend leaves when it is not asked at all.
std::vector<Unseen> gapsOf(const QJsonValue &backend)
{
    std::vector<Unseen> gaps;
    const QString host = QUrl(backend["origin"_L1].toString()).host();
    for (const QJsonValue row : backend["asked"_L1].toArray()) {
        if (mayHaveFinding(row))
            gaps.push_back({.subject = subjectOf(row), .host = row["host"_L1].toString(host)});
    }
    const QString kind = backend["kind"_L1].toString();
    if (kind == toWord(BackendKind::N8n) || kind == toWord(BackendKind::Retool)) // a workflow that the pages name
        gaps.push_back({.subject = kind, .host = host});
    return gaps;
}

bool isHostOf(const QString &host, const BackendAsk &ask)
{
    return host.isEmpty() || host == ask.question.url.host();
}

bool isAsked(const Unseen &gap, const BackendLook &look)
{
    if (gap.subject == toWord(look.backend.kind))
        return gap.host == look.backend.origin.host();
    return std::ranges::any_of(look.asks, [&](const BackendAsk &ask) {
        const bool isSame = gap.subject == toWord(ask.part) + u' ' + ask.name;
        // Files are asked for where the bucket lists them: who keeps the list back was asked for it.
        const bool isItsBucket =
            ask.part == BackendPart::Bucket && gap.subject == toWord(BackendPart::File) + u' ' + ask.name;
        return !ask.isMadeUp && (isSame || isItsBucket) && isHostOf(gap.host, ask);
    });
}

} // namespace

void recallNames(BackendFound &found, const QJsonObject &before)
{
    for (const QJsonValue backend : before["backends"_L1].toArray()) {
        if (!isOf(found, backend))
            continue;
        for (const QJsonValue row : backend["asked"_L1].toArray()) {
            QStringList *list = mayHaveFinding(row) ? listFor(row["what"_L1].toString(), found) : nullptr;
            const QString name = row["name"_L1].toString();
            if (list && !name.isEmpty() && !list->contains(name) && list->size() < mostOf(list, found))
                list->append(name);
        }
    }
}

std::vector<Unseen> unaskedBackends(const QJsonObject &before, const std::vector<BackendLook> &looks)
{
    std::vector<Unseen> gaps;
    for (const QJsonValue backend : before["backends"_L1].toArray())
        std::ranges::move(gapsOf(backend), std::back_inserter(gaps));
    // Those of writes are kept by backendwrites.h.
    std::ranges::move(
        unseenBefore(before,
                     [](const Unseen &gap) { return !gap.host.isEmpty() && !gap.subject.startsWith("write "_L1); }),
        std::back_inserter(gaps));
    return notAskedAgain(gaps, [&](const Unseen &gap) {
        return std::ranges::any_of(looks, [&](const BackendLook &look) { return isAsked(gap, look); });
    });
}

Judged withUnaskedBackends(Judged judged, const std::vector<Unseen> &gaps)
{
    if (gaps.empty())
        return judged;
    judged.hasNothingToTry = false;
    QStringList hosts;
    for (const Unseen &gap : gaps)
        hosts.append(gap.host);
    hosts.removeAll(QString());
    hosts.removeDuplicates();
    if (hosts.isEmpty()) {
        leaveOpen(judged, LookGap{gaps, {}});
        return judged;
    }
    const QString words = Text::tr("not looked at again, so that what was found there stays open, as your pages do not "
                                   "name it any more: the backend service at %1")
                              .arg(hosts.join(u", "_s));
    judged.summary = judged.summary.isEmpty() ? words : judged.summary + u"; "_s + words;
    leaveOpen(judged, LookGap{gaps, Text::tr("The backend service at %1 was not looked at again, as your pages do not "
                                             "name it any more: what was found there stays open.")
                                        .arg(hosts.join(u", "_s))});
    return judged;
}

} // namespace cockpit
