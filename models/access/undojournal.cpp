#include "models/access/undojournal.h"

#include "models/access/routesample.h"
#include "models/redactor.h"
#include "models/routes/routelist.h"
#include "models/secretsinventory.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(UndoJournal)
};

constexpr int kLongestWord = 100;
constexpr int kLongestId = 300;

constexpr std::array<WordRow<LeftKind>, 3> kKinds{{
    {LeftKind::Record, "record"},
    {LeftKind::Value, "value"},
    {LeftKind::Account, "account"},
}};

constexpr std::array<WordRow<OldValue>, 2> kOldValues{{
    {OldValue::Kept, "kept"},
    {OldValue::MayBeSecret, "may_be_secret"},
}};

QString line(const QString &text, int most)
{
    return plainText(text.left(qsizetype(4) * most).simplified(), most);
}

QString nameOf(const Route &route)
{
    return route.method + u' ' + route.path;
}

// With its host where it has one of its own, such as a backend service: the path alone does not say where to look.
QString placeOf(const Route &route)
{
    return route.host.isEmpty() ? nameOf(route)
                                : Text::tr("%1 at %2", "a request, its host").arg(nameOf(route), route.host);
}

QJsonArray listOf(const std::optional<Route> &route)
{
    return route ? toJson(std::vector<Route>{*route}) : QJsonArray();
}

std::optional<Route> routeIn(const QJsonValue &list)
{
    const std::vector<Route> routes = routesFromJson(list.toArray());
    return routes.empty() ? std::nullopt : std::optional(routes.front());
}

bool isQuestion(const std::optional<Route> &route)
{
    return !route || route->method == "GET"_L1;
}

bool isHarmless(const QByteArray &contentType, const QByteArray &body)
{
    const auto harmless = harmlessBody(contentType, body);
    if (!harmless)
        return false;
    const QJsonDocument before = QJsonDocument::fromJson(body);
    return *harmless == body || (!before.isNull() && QJsonDocument::fromJson(*harmless) == before);
}

QString withAccount(const QString &what, const JournalEntry &entry)
{
    return entry.account.isEmpty() ? what : Text::tr("%1, as %2", "what is left, the account").arg(what, entry.account);
}

} // namespace

COCKPIT_WORDS(LeftKind, kKinds, leftKindFromWord)
COCKPIT_WORDS(OldValue, kOldValues, oldValueFromWord)

QString newJournalId()
{
    return QUuid::createUuid().toString(QUuid::Id128);
}

JournalEntry tidied(JournalEntry entry)
{
    entry.id = line(entry.id, kLongestWord);
    entry.run = line(entry.run, kLongestWord);
    entry.checkId = line(entry.checkId, kLongestWord);
    entry.actorId = line(entry.actorId, kLongestWord);
    entry.account = withoutValues(line(entry.account, kLongestWord));
    entry.text = line(entry.text, kLongestWord);
    // Some products name a record by what opens it.
    if (entry.recordId.size() > kLongestId || redact(entry.recordId) != entry.recordId)
        entry.recordId.clear();
    entry.contentType = entry.contentType.left(kLongestWord);
    if (entry.oldValue == OldValue::MayBeSecret)
        entry.oldBody.clear();
    return entry;
}

void setOldValue(JournalEntry &entry, const QByteArray &contentType, const QByteArray &body)
{
    const bool isKept = !body.isEmpty() && isHarmless(contentType, body);
    entry.contentType = contentType;
    entry.oldValue = isKept ? OldValue::Kept : OldValue::MayBeSecret;
    entry.oldBody = isKept ? body : QByteArray();
}

QString describe(const JournalEntry &entry)
{
    const QString route = placeOf(entry.create);
    switch (entry.kind) {
    case LeftKind::Record:
        if (!entry.hasText && entry.recordId.isEmpty())
            return withAccount(Text::tr("A record without a mark that %1 may have made").arg(route), entry);
        if (!entry.hasText)
            return withAccount(Text::tr("The record with the id %1 that %2 made").arg(entry.recordId, route), entry);
        return withAccount(entry.recordId.isEmpty()
                               ? Text::tr("The record %1 that %2 made").arg(entry.text, route)
                               : Text::tr("The record %1 (id %2) that %3 made").arg(entry.text, entry.recordId, route),
                           entry);
    case LeftKind::Value:
        return withAccount(entry.oldValue == OldValue::Kept
                               ? Text::tr("What %1 changed").arg(route)
                               : Text::tr("What %1 changed; the old value may be a secret and was not kept").arg(route),
                           entry);
    case LeftKind::Account:
        return Text::tr("The account or invitation of %1 that %2 may have made").arg(entry.text, route);
    }
    Q_UNREACHABLE();
}

std::vector<std::vector<JournalEntry>> byRun(const std::vector<JournalEntry> &entries)
{
    std::vector<JournalEntry> sorted = entries;
    std::ranges::stable_sort(sorted, {}, &JournalEntry::at);
    std::vector<std::vector<JournalEntry>> runs;
    for (JournalEntry &entry : sorted) {
        const auto known = std::ranges::find_if(runs, [&](const auto &run) { return run.front().run == entry.run; });
        if (known == runs.end())
            runs.push_back({std::move(entry)});
        else
            known->push_back(std::move(entry));
    }
    return runs;
}

QString headlineOf(const std::vector<JournalEntry> &ofRun)
{
    const auto count = static_cast<int>(ofRun.size());
    const QString when = QLocale().toString(ofRun.front().at.toLocalTime(), QLocale::ShortFormat);
    return ofRun.front().hasRunEnded
               ? Text::tr("A run on %1 could not take away all that it made; %n thing(s) may still be in your product:",
                          nullptr, count)
                     .arg(when)
               : Text::tr("A run on %1 was cut off; %n thing(s) that it made may still be in your product:", nullptr,
                          count)
                     .arg(when);
}

QJsonObject toJson(const JournalEntry &given)
{
    const JournalEntry entry = tidied(given);
    QJsonObject object{{u"kind"_s, toWord(entry.kind)},
                       {u"check"_s, entry.checkId},
                       {u"actor"_s, entry.actorId},
                       {u"account"_s, entry.account},
                       {u"by_admin"_s, entry.isRemovedByAdmin},
                       {u"text"_s, entry.text},
                       {u"has_text"_s, entry.hasText},
                       {u"record"_s, entry.recordId},
                       {u"alone"_s, entry.isShownAlone},
                       {u"made"_s, entry.wasMade},
                       {u"create"_s, listOf(entry.create)},
                       {u"remove"_s, listOf(entry.remove)},
                       {u"read"_s, listOf(entry.read)},
                       {u"list"_s, listOf(entry.list)},
                       {u"content_type"_s, QString::fromLatin1(entry.contentType)}};
    if (entry.kind == LeftKind::Value) {
        object.insert(u"old_value"_s, toWord(entry.oldValue));
        object.insert(u"old_body"_s, QString::fromUtf8(entry.oldBody));
    }
    return object;
}

std::optional<JournalEntry> journalEntryFromJson(const QJsonObject &object)
{
    const auto kind = leftKindFromWord(object["kind"_L1].toString());
    const auto create = routeIn(object["create"_L1]);
    if (!kind || !create)
        return std::nullopt;
    JournalEntry entry{.kind = *kind, .create = *create};
    entry.checkId = object["check"_L1].toString();
    entry.actorId = object["actor"_L1].toString();
    entry.account = object["account"_L1].toString();
    entry.isRemovedByAdmin = object["by_admin"_L1].toBool();
    entry.text = object["text"_L1].toString();
    entry.hasText = object["has_text"_L1].toBool(true);
    entry.recordId = object["record"_L1].toString();
    entry.isShownAlone = object["alone"_L1].toBool();
    entry.wasMade = object["made"_L1].toBool();
    entry.remove = routeIn(object["remove"_L1]);
    entry.read = routeIn(object["read"_L1]);
    entry.list = routeIn(object["list"_L1]);
    entry.contentType = object["content_type"_L1].toString().toLatin1();
    // Whatever another program wrote there: nothing but GET is sent to look for something, and only what bears our mark
    // is ever looked for to be removed.
    if (!isQuestion(entry.read) || !isQuestion(entry.list))
        return std::nullopt;
    if (*kind == LeftKind::Record && !entry.text.contains("LC-CANARY-"_L1))
        return std::nullopt;
    if (*kind == LeftKind::Value) {
        const auto old = oldValueFromWord(object["old_value"_L1].toString());
        const QByteArray body = object["old_body"_L1].toString().toUtf8();
        setOldValue(entry, entry.contentType, old == OldValue::Kept ? body : QByteArray());
    }
    return tidied(std::move(entry));
}

} // namespace cockpit
