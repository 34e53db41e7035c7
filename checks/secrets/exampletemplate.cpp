#include "checks/secrets/exampletemplate.h"

#include "checks/secrets/naturaltext.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kAlphabets{{
    {"alnum", kAlnum},
    {"hex", "0123456789abcdef"},
    {"HEX", "0123456789ABCDEF"},
    {"upper", kUpper},
    {"lower", kLower},
    {"digits", "0123456789"},
    {"b64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"},
    {"b64url", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"},
    {"base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"},
}};

const QRegularExpression &templates()
{
    static const QRegularExpression pattern(u"\\{(?:([A-Za-z0-9_]{1,16}):(\\d{1,5})|(uuid))\\}"_s);
    return pattern;
}

std::string_view alphabetOf(const QByteArray &word)
{
    const auto found =
        std::ranges::find(kAlphabets, std::string_view(word.constData(), static_cast<size_t>(word.size())),
                          &std::pair<std::string_view, std::string_view>::first);
    return found == kAlphabets.end() ? std::string_view() : found->second;
}

// Every character of the alphabet once, in an order of its own, then again in another. Not std::shuffle: its order
// differs between standard libraries.
QByteArray mixed(std::string_view alphabet, qsizetype count, std::mt19937 &random)
{
    QByteArray text;
    std::string left;
    while (text.size() < count) {
        if (left.empty())
            left = alphabet;
        const size_t at = random() % left.size();
        // Neither the end of a word nor a run begins or ends with a sign: its neighbour would decide about the edge.
        const bool isEdge = text.isEmpty() || text.size() == count - 1;
        if (isEdge && left.size() > 2 && kAlnum.find(left[at]) == std::string_view::npos)
            continue;
        text.append(left[at]);
        left.erase(at, 1);
    }
    return text;
}

// One in a hundred reads like words by chance (naturaltext.h says how many keys that costs, and its test counts them).
// An example of a form that is missed by that luck would say nothing about the form.
QByteArray unlikeWords(std::string_view alphabet, qsizetype count, std::mt19937 &random)
{
    constexpr int kMostDraws = 20; // short runs of small letters may read like words for ever
    QByteArray text = mixed(alphabet, count, random);
    const auto reads = [&] { return readsLikeWords({text.constData(), static_cast<size_t>(text.size())}); };
    for (int draws = 1; draws < kMostDraws && reads(); ++draws)
        text = mixed(alphabet, count, random);
    return text;
}

QByteArray uuid(std::mt19937 &random)
{
    QByteArray text = mixed(alphabetOf("hex"), 32, random);
    text[12] = '4'; // version and variant of RFC 9562
    text[16] = 'a';
    for (const qsizetype at : {20, 16, 12, 8})
        text.insert(at, '-');
    return text;
}

} // namespace

QByteArray expanded(const QByteArray &text, quint32 seed)
{
    std::mt19937 random(seed);
    const QString source = QString::fromUtf8(text);
    QByteArray result;
    qsizetype copiedTo = 0;
    for (auto it = templates().globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const std::string_view alphabet = alphabetOf(match.captured(1).toLatin1());
        const bool isUuid = match.hasCaptured(3);
        if (alphabet.empty() && !isUuid)
            continue;
        result += source.sliced(copiedTo, match.capturedStart() - copiedTo).toUtf8();
        result += isUuid ? uuid(random) : unlikeWords(alphabet, match.captured(2).toInt(), random);
        copiedTo = match.capturedEnd();
    }
    return result + source.sliced(copiedTo).toUtf8();
}

qsizetype randomCharactersIn(const QByteArray &text)
{
    constexpr int inUuid = 32;
    qsizetype all = 0;
    qsizetype run = 0; // of templates beside each other
    bool isNumber = true;
    qsizetype runEnd = -1;
    const auto endRun = [&] {
        all += isNumber ? 0 : run;
        run = 0;
        isNumber = true;
    };
    for (auto it = templates().globalMatch(QString::fromUtf8(text)); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        const QByteArray word = match.captured(1).toLatin1();
        const bool isUuid = match.hasCaptured(3);
        if (alphabetOf(word).empty() && !isUuid)
            continue;
        if (match.capturedStart() != runEnd)
            endRun();
        run += isUuid ? inUuid : match.captured(2).toInt();
        isNumber = isNumber && word == "digits";
        runEnd = match.capturedEnd();
    }
    endRun();
    return all;
}

QByteArray unknownTemplate(const QByteArray &text)
{
    for (auto it = templates().globalMatch(QString::fromUtf8(text)); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        if (!match.hasCaptured(3) && alphabetOf(match.captured(1).toLatin1()).empty())
            return match.captured(0).toUtf8();
    }
    return {};
}

} // namespace cockpit
