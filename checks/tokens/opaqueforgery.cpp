// Forgeries of values that are no signed token: session ids, signed cookies.
#include "checks/tokens/forgery.h"

#include <QRandomGenerator>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

char otherLetter(char c, quint32 random)
{
    if (c >= '0' && c <= '9')
        return static_cast<char>('0' + random % 10);
    if (c >= 'a' && c <= 'f')
        return static_cast<char>('a' + random % 6);
    if (c >= 'g' && c <= 'z')
        return static_cast<char>('g' + random % 20);
    return c >= 'A' && c <= 'Z' ? static_cast<char>('A' + random % 26) : c;
}

} // namespace

QByteArray withOneLetterChanged(const QByteArray &text)
{
    QByteArray changed = text;
    const qsizetype middle = text.size() / 2;
    for (qsizetype at = middle; at < text.size(); ++at) {
        const char c = changed[at];
        // One of the two is another letter, but for a sign between the parts.
        for (const char other : {otherLetter(c, 0), otherLetter(c, 1)}) {
            if (other == c)
                continue;
            changed[at] = other;
            return changed;
        }
    }
    return changed + 'a';
}

Secret inventedLike(const Secret &value)
{
    QByteArray text = value.reveal();
    for (char &c : text)
        c = otherLetter(c, QRandomGenerator::system()->generate());
    return Secret(text);
}

std::vector<Forgery> forgeriesOfOpaque(const Secret &value)
{
    constexpr qsizetype kShortest = 8;
    if (value.reveal().size() < kShortest)
        return {};
    const QByteArray &text = value.reveal();
    std::vector<Forgery> made;
    made.push_back({ForgeryKind::Altered, u"one letter changed"_s, Secret(withOneLetterChanged(text))});
    made.push_back({ForgeryKind::Cut, u"its second half left out"_s, Secret(text.left(text.size() / 2))});
    // What signed values have behind their last dot or hyphens is the signature.
    const qsizetype dot = std::max(text.lastIndexOf('.'), text.lastIndexOf("--"));
    if (dot > 0)
        made.push_back({ForgeryKind::Cut, u"its last part left out"_s, Secret(text.left(dot))});
    return made;
}

} // namespace cockpit
