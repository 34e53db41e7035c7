#include "checks/secrets/gitpeople.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

namespace {

struct Role
{
    QByteArrayView word;
    BlobKind kind;
};

std::optional<Role> roleOf(QByteArrayView line)
{
    static constexpr std::array roles{Role{"author ", BlobKind::Author}, Role{"committer ", BlobKind::Committer},
                                      Role{"tagger ", BlobKind::Tagger}};
    const auto found = std::ranges::find_if(roles, [line](const Role &role) { return line.startsWith(role.word); });
    return found == roles.end() ? std::nullopt : std::optional(*found);
}

// "1700000000 +0130": each commit has another, and there is no room for a secret in it.
bool isTime(QByteArrayView text)
{
    constexpr qsizetype longest = 32;
    return text.size() <= longest &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == ' '; });
}

// git writes no NUL there; other programs may write anything.
void handOut(BlobKind role, QByteArrayView text, const OnPerson &onPerson)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf('\0');
        const QByteArrayView part = (end < 0 ? text : text.first(end)).trimmed();
        text = text.sliced(end < 0 ? text.size() : end + 1);
        if (!part.isEmpty())
            onPerson(role, part);
    }
}

// "Name <address> 1700000000 +0130"
void takeApart(BlobKind role, QByteArrayView person, const OnPerson &onPerson)
{
    const qsizetype open = person.indexOf('<');
    const qsizetype close = person.lastIndexOf('>');
    if (open < 0 || close < open) {
        handOut(role, person, onPerson);
        return;
    }
    handOut(role, person.first(open), onPerson);
    handOut(role, person.sliced(open + 1, close - open - 1), onPerson);
    if (const QByteArrayView behind = person.sliced(close + 1); !isTime(behind))
        handOut(role, behind, onPerson);
}

} // namespace

void forEachPerson(QByteArrayView object, const OnPerson &onPerson)
{
    // The message follows an empty line. A commit without one may end with its head.
    const qsizetype message = object.indexOf("\n\n");
    QByteArrayView head = message < 0 ? object : object.first(message);
    while (!head.isEmpty()) {
        const qsizetype end = head.indexOf('\n');
        const QByteArrayView line = end < 0 ? head : head.first(end);
        head = head.sliced(end < 0 ? head.size() : end + 1);
        if (const auto role = roleOf(line))
            takeApart(role->kind, line.sliced(role->word.size()), onPerson);
    }
}

} // namespace cockpit
