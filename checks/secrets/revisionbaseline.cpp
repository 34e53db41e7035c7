#include "checks/secrets/revisionbaseline.h"

#include "checks/secrets/githandles.h"
#include "checks/secrets/headfiles.h"
#include "checks/secrets/stagedfiles.h"
#include "checks/secrets/treewalk.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakBaseline)
};

using Bytes = std::optional<QByteArray>;

// Nothing: the revision has no such file. Before the first commit HEAD has none.
Result<Bytes> fileAt(const GitRepository &repository, const QString &revision, const QByteArray &path)
{
    if (revision == "HEAD"_L1 && git_repository_head_unborn(repository.handle()) == 1)
        return Bytes();
    git_object *found = nullptr;
    const QByteArray tree = revision.toUtf8() + "^{tree}";
    if (git_revparse_single(&found, repository.handle(), tree.constData()) < 0)
        return failure(ErrorKind::BadInput,
                       Text::tr("The repository has no revision %1 to take the baseline from.").arg(revision),
                       lastGitError());
    const GitObject root(found);
    git_tree_entry *entry = nullptr;
    const int code = git_tree_entry_bypath(&entry, reinterpret_cast<const git_tree *>(found), path.constData());
    if (code == GIT_ENOTFOUND)
        return Bytes();
    const std::unique_ptr<git_tree_entry, FreedBy<git_tree_entry_free>> owned(entry);
    auto bytes = code < 0 ? Bytes() : blobBytes(repository, *git_tree_entry_id(entry));
    if (!bytes)
        return failure(ErrorKind::BadInput,
                       Text::tr("The baseline %1 of %2 cannot be read.").arg(shownPath(path), revision),
                       lastGitError());
    return bytes;
}

Bytes fileOfChange(const GitRepository &repository, ChangeOf change, const QByteArray &path, const QString &indexFile)
{
    if (change == ChangeOf::Head)
        return fileAt(repository, u"HEAD"_s, path).value_or(Bytes());
    const auto id = stagedId(repository, indexFile, path);
    return id ? blobBytes(repository, *id) : Bytes();
}

QByteArray keyIn(const QJsonObject &file)
{
    return QByteArray::fromHex(file.value("key"_L1).toString().toLatin1());
}

// With another key, and hashed otherwise, the same secret looks different.
bool isComparable(const QJsonObject &file, const std::optional<LeakBaseline> &known)
{
    if (!known || known->isEmpty())
        return true;
    const auto hashing = slowHashingIn(file.value("scrypt"_L1).toObject());
    return keyIn(file) == known->key && hashing.value_or(SlowHashing()) == known->hashing;
}

// Entries of the change by their fingerprint that the revision has by the slow hash of it: whoever writes the file anew
// with this version turns keys of services from one into the other, and accepts no more by that. There can be no more
// of them than the revision has slow ones, so a change cannot make this last.
Result<std::set<QByteArray>> knownBySlowHash(const QJsonObject &file, const LeakBaseline &known, SlowHashes &hashes)
{
    std::set<QByteArray> asked;
    for (const QJsonValue value : file.value("accepted"_L1).toArray()) {
        const auto entry = baselineEntryIn(value.toObject());
        const bool mayBeOne =
            entry && !entry->isSlow && !accepts(known, *entry) && known.slowRules.contains(value["rule"_L1].toString());
        if (mayBeOne && asked.size() < known.slow.size())
            asked.insert(entry->hash);
    }
    const std::vector<QByteArray> inputs(asked.begin(), asked.end());
    const auto hashed = hashes.of(inputs, known.hashing);
    if (!hashed)
        return tl::unexpected(hashed.error());
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (!known.slow.contains((*hashed)[i]))
            asked.erase(inputs[i]);
    }
    return asked;
}

// A file of an earlier version has fingerprints alone; the change wrote it anew with its key. What it accepts, by the
// hashes of the change's file as well. Nothing: it is no such case, or there is more than is hashed for it.
Result<std::optional<LeakBaseline>> inFormOf(const QJsonObject &file, const LeakBaseline &known, SlowHashes &hashes)
{
    constexpr size_t most = 500; // within a minute, however dear the change makes each (slowHashingIn())
    const auto hashing = slowHashingIn(file.value("scrypt"_L1).toObject());
    const bool isWrittenAnew = hashing && known.isGuessable && keyIn(file) == known.key;
    if (!isWrittenAnew || known.fingerprints.size() > most)
        return std::optional<LeakBaseline>();
    const std::vector<QByteArray> inputs(known.fingerprints.begin(), known.fingerprints.end());
    const auto hashed = hashes.of(inputs, *hashing);
    if (!hashed)
        return tl::unexpected(hashed.error());
    LeakBaseline renewed = known;
    renewed.hashing = *hashing;
    renewed.slow = {hashed->begin(), hashed->end()};
    return std::optional(std::move(renewed));
}

// What the revision accepts, in whichever form.
struct KnownEntries
{
    const LeakBaseline *baseline = nullptr; // null: nothing
    std::set<QByteArray> bySlowHash;        // fingerprints

    // What is no entry makes the whole file none, for whoever compares with it next; till then it is named like a new
    // one.
    bool have(const QJsonObject &json) const
    {
        const auto entry = baselineEntryIn(json);
        return baseline && entry &&
               (accepts(*baseline, *entry) || (!entry->isSlow && bySlowHash.contains(entry->hash)));
    }
};

// "generic-password in config.js:3": its own words for each, as it was written.
QStringList entriesBeyond(const QJsonObject &file, const KnownEntries &known)
{
    QStringList entries;
    for (const QJsonValue value : file.value("accepted"_L1).toArray()) {
        const QJsonObject entry = value.toObject();
        if (known.have(entry))
            continue;
        const auto shown = [&entry](QLatin1StringView member) {
            constexpr qsizetype longest = 200;
            return shownPath(entry.value(member).toString().left(longest).toUtf8());
        };
        entries += Text::tr("%1 in %2:%3")
                       .arg(shown("rule"_L1), shown("file"_L1), QString::number(entry.value("line"_L1).toInteger()));
    }
    return entries;
}

QString sentenceOf(const QStringList &entries, const QString &revision)
{
    if (entries.isEmpty())
        return {};
    constexpr qsizetype named = 5;
    return Text::tr("The baseline of the change accepts %n secret(s) that the one of %1 does not: %2. They count from "
                    "the next change on: put a changed baseline into a change of its own.",
                    nullptr, static_cast<int>(entries.size()))
        .arg(revision, entries.mid(0, named).join(u", "_s) + (entries.size() > named ? u", …"_s : QString()));
}

// Of a file that cannot be compared entry by entry.
QString incomparableSentence(const QJsonObject &file, const LeakBaseline &known, const QString &revision)
{
    const auto accepted = static_cast<int>(file.value("accepted"_L1).toArray().size());
    if (accepted == 0)
        return {};
    const bool isWrittenAnew = known.isGuessable && keyIn(file) == known.key;
    return (isWrittenAnew
                ? Text::tr("The baseline of the change accepts %n secret(s) and was written anew with the key of the "
                           "one of %1, which has the form of an earlier version: which of them are new cannot be told. "
                           "Look through them before the change is merged; the next one is compared again.",
                           nullptr, accepted)
                : Text::tr("The baseline of the change accepts %n secret(s) and has another key or form than the one "
                           "of %1: which of them are new cannot be told. Write it again over the file that %1 has "
                           "(--write-baseline): that keeps the key.",
                           nullptr, accepted))
        .arg(revision);
}

Result<QString> alsoAccepted(const QByteArray &bytes, std::optional<LeakBaseline> known, const QString &revision,
                             SlowHashes &hashes)
{
    const QJsonObject file = QJsonDocument::fromJson(bytes).object();
    if (!isComparable(file, known)) {
        auto renewed = inFormOf(file, *known, hashes);
        if (!renewed)
            return tl::unexpected(renewed.error());
        if (!*renewed)
            return incomparableSentence(file, *known, revision);
        known = std::move(*renewed);
    }
    KnownEntries entries;
    if (known) {
        auto bySlowHash = knownBySlowHash(file, *known, hashes);
        if (!bySlowHash)
            return tl::unexpected(bySlowHash.error());
        entries = {&*known, std::move(*bySlowHash)};
    }
    return sentenceOf(entriesBeyond(file, entries), revision);
}

} // namespace

bool namesRevision(const QString &name)
{
    const qsizetype colon = name.indexOf(u':');
    return colon > 0 && colon + 1 < name.size() && !name.startsWith(u'.') && !name.startsWith(u'/');
}

Result<RevisionBaseline> baselineOfRevision(const GitRepository &repository, const QString &name, ChangeOf change,
                                            const QString &indexFile, SlowHashes &hashes)
{
    const QString revision = name.section(u':', 0, 0);
    const QByteArray path = name.section(u':', 1).toUtf8();
    const auto before = fileAt(repository, revision, path);
    if (!before)
        return tl::unexpected(before.error());
    RevisionBaseline all;
    if (*before) {
        auto baseline = parseLeakBaseline(**before, name);
        if (!baseline)
            return tl::unexpected(baseline.error());
        all.baseline = std::move(*baseline);
    }
    const Bytes after = fileOfChange(repository, change, path, indexFile);
    if (!after || after == *before)
        return all;
    const auto renewed = parseLeakBaseline(*after, name);
    all.isRenewed = renewed && !renewed->isGuessable;
    auto more = alsoAccepted(*after, all.baseline, revision, hashes);
    if (!more)
        return tl::unexpected(more.error());
    all.alsoAccepted = std::move(*more);
    return all;
}

} // namespace cockpit
