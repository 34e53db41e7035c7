#include "checks/secrets/revisionbaseline.h"

#include "checks/secrets/githandles.h"
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

constexpr git_object_size_t kLargestFile = 64 << 20;

using Bytes = std::optional<QByteArray>;

Bytes bytesOf(const GitRepository &repository, const git_oid &id)
{
    git_object *opened = nullptr;
    if (git_object_lookup(&opened, repository.handle(), &id, GIT_OBJECT_BLOB) < 0)
        return std::nullopt;
    const GitObject object(opened);
    const auto *blob = reinterpret_cast<const git_blob *>(opened);
    if (git_blob_rawsize(blob) > kLargestFile)
        return std::nullopt;
    return QByteArray(static_cast<const char *>(git_blob_rawcontent(blob)),
                      static_cast<qsizetype>(git_blob_rawsize(blob)));
}

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
    auto bytes = code < 0 ? Bytes() : bytesOf(repository, *git_tree_entry_id(entry));
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
    return id ? bytesOf(repository, *id) : Bytes();
}

// With another key, and hashed otherwise, the same secret looks different.
bool isComparable(const QJsonObject &file, const std::optional<LeakBaseline> &known)
{
    if (!known || known->isEmpty())
        return true;
    const auto hashing = slowHashingIn(file.value("scrypt"_L1).toObject());
    return QByteArray::fromHex(file.value("key"_L1).toString().toLatin1()) == known->key &&
           hashing.value_or(SlowHashing()) == known->hashing;
}

// What is no entry makes the whole file none, for whoever compares with it next; till then it is named like a new one.
bool isKnown(const std::optional<LeakBaseline> &known, const QJsonObject &json)
{
    const auto entry = baselineEntryIn(json);
    return known && entry && accepts(*known, *entry);
}

// "generic-password in config.js:3": its own words for each, as it was written.
QStringList entriesBeyond(const QJsonObject &file, const std::optional<LeakBaseline> &known)
{
    QStringList entries;
    for (const QJsonValue value : file.value("accepted"_L1).toArray()) {
        const QJsonObject entry = value.toObject();
        if (isKnown(known, entry))
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

QString alsoAccepted(const QByteArray &bytes, const std::optional<LeakBaseline> &known, const QString &revision)
{
    const QJsonObject file = QJsonDocument::fromJson(bytes).object();
    if (isComparable(file, known))
        return sentenceOf(entriesBeyond(file, known), revision);
    const auto accepted = static_cast<int>(file.value("accepted"_L1).toArray().size());
    return accepted == 0
               ? QString()
               : Text::tr("The baseline of the change accepts %n secret(s) and has another key or form than the one "
                          "of %1: which of them are new cannot be told. Write it again over the file that %1 has "
                          "(--write-baseline): that keeps the key.",
                          nullptr, accepted)
                     .arg(revision);
}

} // namespace

bool namesRevision(const QString &name)
{
    const qsizetype colon = name.indexOf(u':');
    return colon > 0 && colon + 1 < name.size() && !name.startsWith(u'.') && !name.startsWith(u'/');
}

Result<RevisionBaseline> baselineOfRevision(const GitRepository &repository, const QString &name, ChangeOf change,
                                            const QString &indexFile)
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
    if (after && after != *before)
        all.alsoAccepted = alsoAccepted(*after, all.baseline, revision);
    return all;
}

} // namespace cockpit
