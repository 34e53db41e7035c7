#include "checks/secrets/commitgraph.h"

#include "checks/secrets/structureobject.h"

#include <queue>

namespace cockpit {

namespace {

// The line behind a word and a blank, and bytes moved behind it; nothing when another word stands there.
std::optional<QByteArrayView> takeLine(QByteArrayView &bytes, QByteArrayView word)
{
    if (!bytes.startsWith(word))
        return std::nullopt;
    const qsizetype end = bytes.indexOf('\n');
    if (end < 0)
        return std::nullopt;
    const QByteArrayView line = bytes.sliced(word.size(), end - word.size());
    bytes = bytes.sliced(end + 1);
    return line;
}

bool parseId(QByteArrayView hex, git_oid &id)
{
    return hex.size() == GIT_OID_HEXSZ && git_oid_fromstrn(&id, hex.data(), GIT_OID_HEXSZ) == 0;
}

// "Name <mail> 1700000000 +0100"
qint64 timeOf(QByteArrayView signature)
{
    const qsizetype mailEnd = signature.lastIndexOf('>');
    const QByteArrayView time = signature.sliced(mailEnd + 1).trimmed();
    const qsizetype blank = time.indexOf(' ');
    return (blank < 0 ? time : time.first(blank)).toLongLong();
}

} // namespace

std::optional<CommitParts> parseCommit(QByteArrayView bytes)
{
    CommitParts parts;
    const auto tree = takeLine(bytes, "tree ");
    if (!tree || !parseId(*tree, parts.tree))
        return std::nullopt;
    while (const auto line = takeLine(bytes, "parent ")) {
        git_oid parent;
        if (!parseId(*line, parent))
            return std::nullopt;
        parts.parents.push_back(parent);
    }
    takeLine(bytes, "author ");
    if (const auto committer = takeLine(bytes, "committer "))
        parts.committedAt = timeOf(*committer);
    return parts;
}

quint32 CommitGraph::numberOf(const git_oid &id)
{
    const auto [number, isNew] = m_ids.insert(id);
    if (isNew)
        m_commits.emplace_back();
    return number;
}

void CommitGraph::read(quint32 number, quint8 group, std::vector<quint32> &pending)
{
    GitOdbObject object;
    const git_oid id = m_ids.at(number);
    m_commits[number].group = kNotThere;
    const int code = readStructure(m_odb, id, object);
    if (code < 0) {
        if (code != GIT_ENOTFOUND)
            m_broken.push_back(id);
        return;
    }
    if (git_odb_object_type(object.get()) != GIT_OBJECT_COMMIT)
        return;
    const auto parts = parseCommit(QByteArrayView(static_cast<const char *>(git_odb_object_data(object.get())),
                                                  static_cast<qsizetype>(git_odb_object_size(object.get()))));
    if (!parts) {
        m_broken.push_back(id);
        return;
    }
    const auto first = static_cast<quint32>(m_parents.size());
    for (const git_oid &parent : parts->parents) {
        const quint32 parentNumber = numberOf(parent);
        m_parents.push_back(parentNumber);
        if (m_commits[parentNumber].group == kUnread)
            pending.push_back(parentNumber);
    }
    m_commits[number] = {parts->tree, parts->committedAt, first, static_cast<quint32>(parts->parents.size()), group};
}

bool CommitGraph::addReachable(const std::vector<git_oid> &heads, quint8 group)
{
    std::vector<quint32> pending;
    pending.reserve(heads.size());
    for (const git_oid &head : heads)
        pending.push_back(numberOf(head));
    while (!pending.empty()) {
        if (m_cancel.isCancelled())
            return false;
        const quint32 number = pending.back();
        pending.pop_back();
        if (m_commits[number].group == kUnread)
            read(number, group, pending);
    }
    return true;
}

std::optional<quint32> CommitGraph::find(const git_oid &id) const
{
    const auto number = m_ids.find(id);
    return number && isThere(*number) ? number : std::nullopt;
}

std::vector<quint32> CommitGraph::parentsOf(quint32 number) const
{
    const Commit &commit = m_commits[number];
    std::vector<quint32> parents;
    for (quint32 at = 0; at < commit.parents; ++at) {
        const quint32 parent = m_parents[commit.firstParent + at];
        if (isThere(parent))
            parents.push_back(parent);
    }
    return parents;
}

std::vector<quint32> CommitGraph::oldestFirst() const
{
    // Children of each commit, one behind the other: where[n] to where[n + 1].
    std::vector<quint32> where(m_commits.size() + 1, 0);
    std::vector<quint32> waitsFor(m_commits.size(), 0);
    for (quint32 number = 0; number < m_commits.size(); ++number) {
        for (const quint32 parent : parentsOf(number)) {
            ++where[parent + 1];
            ++waitsFor[number];
        }
    }
    for (size_t at = 1; at < where.size(); ++at)
        where[at] += where[at - 1];
    std::vector<quint32> children(where.back());
    std::vector<quint32> filled(where.begin(), where.end() - 1);
    for (quint32 number = 0; number < m_commits.size(); ++number) {
        for (const quint32 parent : parentsOf(number))
            children[filled[parent]++] = number;
    }

    const auto isLater = [this](quint32 a, quint32 b) {
        return std::pair(m_commits[a].committedAt, a) > std::pair(m_commits[b].committedAt, b);
    };
    std::priority_queue<quint32, std::vector<quint32>, decltype(isLater)> ready(isLater);
    for (quint32 number = 0; number < m_commits.size(); ++number) {
        if (isThere(number) && waitsFor[number] == 0)
            ready.push(number);
    }
    std::vector<quint32> order;
    while (!ready.empty()) {
        const quint32 number = ready.top();
        ready.pop();
        order.push_back(number);
        for (quint32 at = where[number]; at < where[number + 1]; ++at) {
            if (--waitsFor[children[at]] == 0)
                ready.push(children[at]);
        }
    }
    return order;
}

} // namespace cockpit
