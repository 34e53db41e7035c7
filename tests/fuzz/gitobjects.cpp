// Objects of git that are read from their bytes: trees, commits and tags.
#include "fuzz/fuzz.h"

#include "checks/secrets/commitgraph.h"
#include "checks/secrets/commitnote.h"
#include "checks/secrets/treeentries.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray object = inputOf(bytes, size);
    qsizetype named = 0;
    forEachTreeEntry(object, [&](const TreeEntry &entry) {
        named += entry.name.size() + GIT_OID_RAWSZ;
        promise(named <= object.size(), "entries are parts of the tree");
        promise(!entry.name.contains('\0'), "a name ends at its NUL");
    });
    if (const auto commit = parseCommit(object))
        promise(static_cast<qsizetype>(commit->parents.size()) * GIT_OID_HEXSZ < object.size(), "parents are named");
    const CommitNote note = parseNote(object, git_oid{});
    promise(!note.author.contains(u'\n') && !note.mail.contains(u'\n'), "an author fits into a line");
    promise(std::abs(note.authoredAt.offsetFromUtc()) <= 14 * 60 * 60, "a zone of this world");
    return 0;
}
