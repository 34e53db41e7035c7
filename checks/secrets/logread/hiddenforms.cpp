#include "checks/secrets/logread/hiddenforms.h"

#include "checks/secrets/fingerprintkey.h"
#include "checks/values/bytekinds.h"

#include <algorithm>
#include <optional>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kBetweenWords = " \t\r\"'`,;()<>[]{}|";
constexpr std::string_view kInsideWords = ":=@&?/";
constexpr size_t kShortestEncoded = 11;
constexpr size_t kLongestWord = 16 << 10;
// Of a line that goes on: behind it a word that is not too long, the two behind a short one, and the letters of a
// spaced value with their signs are all there.
constexpr size_t kHeld = kLongestWord + 1;

std::vector<std::string_view> wordsOf(std::string_view line, std::string_view signs)
{
    std::vector<std::string_view> words;
    for (size_t at = line.find_first_not_of(signs); at != std::string_view::npos;) {
        const size_t end = std::min(line.find_first_of(signs, at), line.size());
        words.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(signs, end);
    }
    return words;
}

QByteArray bytesOf(std::string_view text)
{
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
}

// Of a decoding: overwritten when it goes.
WipedBytes wiped(QByteArray decoded)
{
    WipedBytes bytes(decoded.constData(), static_cast<size_t>(decoded.size()));
    wipeMemory(decoded.data(), static_cast<size_t>(decoded.size()));
    return bytes;
}

bool isHexText(std::string_view text)
{
    return text.size() % 2 == 0 && std::ranges::all_of(text, [](char c) {
               const char lower = lowerByte(c);
               return isDigitByte(c) || (lower >= 'a' && lower <= 'f');
           });
}

bool isBase64Text(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return isWordByte(c) || c == '+' || c == '/' || c == '-' || c == '_' || c == '='; });
}

} // namespace

KnownFinder::KnownFinder(std::vector<KnownValue> values, QByteArray key)
    : m_known(std::move(values)), m_key(std::move(key))
{
    for (size_t i = 0; i < m_known.size(); ++i) {
        m_lengths.resize(std::max(m_lengths.size(), m_known[i].length + 1));
        m_lengths[m_known[i].length] = true;
        m_byFingerprint.emplace(m_known[i].fingerprint.toStdString(), i);
    }
}

const KnownValue *KnownFinder::known(std::string_view value) const
{
    if (value.size() >= m_lengths.size() || !m_lengths[value.size()])
        return nullptr;
    const auto it = m_byFingerprint.find(fingerprintOf(value, m_key).toStdString());
    return it == m_byFingerprint.end() ? nullptr : &m_known[it->second];
}

bool KnownFinder::tryOne(std::string_view value, ValueForm form, std::vector<KnownFound> &found) const
{
    const KnownValue *one = known(value);
    if (one)
        found.push_back({one, form});
    return one != nullptr;
}

// The text itself, what is behind each of its signs, and what is between them.
bool KnownFinder::tryInside(std::string_view text, ValueForm form, std::vector<KnownFound> &found) const
{
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '.'))
        text.remove_suffix(1);
    if (tryOne(text, form, found))
        return true;
    for (size_t at = text.find_first_of(kInsideWords); at != std::string_view::npos;
         at = text.find_first_of(kInsideWords, at + 1)) {
        if (tryOne(text.substr(at + 1), form, found))
            return true;
    }
    // "user:value@host", where the value itself has a slash.
    constexpr int mostEnds = 8;
    constexpr int mostSigns = 32;
    int signs = 0;
    for (size_t at = text.find_first_of(":="); at != std::string_view::npos && signs < mostSigns;
         at = text.find_first_of(":=", at + 1), ++signs) {
        size_t end = text.find_first_of("@&", at + 1);
        for (int tried = 0; tried < mostEnds && end != std::string_view::npos; ++tried) {
            if (tryOne(text.substr(at + 1, end - at - 1), form, found))
                return true;
            end = text.find_first_of("@&", end + 1);
        }
    }
    bool isFound = false;
    for (const std::string_view part : wordsOf(text, kInsideWords))
        isFound = (part.size() < text.size() && tryOne(part, form, found)) || isFound;
    return isFound;
}

bool KnownFinder::tryForms(std::string_view word, std::vector<KnownFound> &found) const
{
    if (tryInside(word, ValueForm::Plain, found))
        return true;
    const WipedBytes reversed(word.rbegin(), word.rend());
    if (tryInside(reversed, ValueForm::Reversed, found))
        return true;
    if (word.find('%') != std::string_view::npos &&
        tryInside(wiped(QByteArray::fromPercentEncoding(bytesOf(word))), ValueForm::UrlEncoded, found))
        return true;
    // NAME=encoded: the encoded part begins behind the sign.
    const size_t sign = word.find_first_of(":=");
    const bool isGiven = sign != std::string_view::npos && sign + 2 < word.size() && word[sign + 1] != '=';
    for (const std::string_view part : {word, isGiven ? word.substr(sign + 1) : std::string_view()}) {
        if (part.size() < kShortestEncoded)
            continue;
        if (isHexText(part) && tryInside(wiped(QByteArray::fromHex(bytesOf(part))), ValueForm::Hex, found))
            return true;
        if (!isBase64Text(part))
            continue;
        const bool isForUrls = part.find_first_of("-_") != std::string_view::npos;
        const auto options = isForUrls ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding;
        if (tryInside(wiped(QByteArray::fromBase64(bytesOf(part), options)), ValueForm::Base64, found))
            return true;
    }
    return false;
}

// "s e c r e t", "s-e-c-r-e-t": what begins before `to`.
void KnownFinder::trySpaced(std::string_view line, size_t to, std::vector<KnownFound> &found) const
{
    constexpr size_t fewest = 8;
    for (size_t at = 0; at + 2 < line.size() && at < to;) {
        const char sign = line[at + 1];
        const bool isBeginning = at == 0 || kBetweenWords.find(line[at - 1]) != std::string_view::npos;
        const bool isSpaced =
            isBeginning && (sign == ' ' || sign == '-' || sign == '.' || sign == '_') && line[at] != sign;
        WipedBytes joined;
        size_t next = at;
        while (isSpaced && next < line.size() && line[next] != sign) {
            joined += line[next];
            if (byteAt(line, next + 1) != sign)
                break;
            next += 2;
        }
        if (joined.size() >= fewest)
            tryOne(joined, ValueForm::Spaced, found);
        at = std::max(at + 1, next);
    }
}

// Over two or three words, of which the first is `first`.
void KnownFinder::trySplit(std::span<const std::string_view> words, size_t first, std::vector<KnownFound> &found) const
{
    constexpr size_t most = 3;
    WipedBytes joined(words[first]);
    for (const std::string_view next : words.subspan(first + 1, std::min(words.size() - first, most) - 1)) {
        joined += next;
        if (joined.size() >= m_lengths.size() || tryOne(joined, ValueForm::Split, found))
            return;
    }
}

// Over the ends of two lines.
void KnownFinder::tryLines(std::string_view lastWord, std::vector<KnownFound> &found)
{
    if (!m_lastWord.empty())
        tryOne(m_lastWord + WipedBytes(lastWord), ValueForm::Split, found);
}

// Returns where what is undecided begins: a word's end, or a place in a word that is too long.
size_t KnownFinder::look(std::string_view text, bool isEndOfLine, std::vector<KnownFound> &found)
{
    const size_t before = found.size();
    const std::vector<std::string_view> words = wordsOf(text, kBetweenWords);
    size_t to = isEndOfLine ? text.size() : text.size() - std::min(text.size(), kHeld);
    const auto startOf = [text](std::string_view word) { return static_cast<size_t>(word.data() - text.data()); };
    const auto own = static_cast<size_t>(std::ranges::lower_bound(words, to, {}, startOf) - words.begin());
    for (const std::string_view word : std::span(words).first(own)) {
        if (word.size() <= kLongestWord)
            tryForms(word, found);
    }
    if (found.size() == before) {
        trySpaced(text, to, found);
        for (size_t i = 0; i < own; ++i)
            trySplit(words, i, found);
        if (isEndOfLine && !words.empty())
            tryLines(words.back(), found);
    }
    if (isEndOfLine && !words.empty())
        m_lastWord = words.back().substr(0, kLongestWord);
    if (own > 0 && startOf(words[own - 1]) + words[own - 1].size() < text.size())
        to = std::max(to, startOf(words[own - 1]) + words[own - 1].size());
    return to;
}

void KnownFinder::findIn(std::string_view piece, bool isEndOfLine, std::vector<KnownFound> &found)
{
    if (isEmpty())
        return;
    if (m_held.empty() && isEndOfLine) {
        look(piece, true, found);
        return;
    }
    const WipedBytes text = std::move(m_held.append(piece));
    m_held = {};
    const size_t undecided = look(text, isEndOfLine, found);
    if (!isEndOfLine)
        m_held = std::string_view(text).substr(undecided);
}

void KnownFinder::dropLine()
{
    m_held.clear();
}

QString toWord(ValueForm form)
{
    switch (form) {
    case ValueForm::Plain:
        return u"plain"_s;
    case ValueForm::Base64:
        return u"base64"_s;
    case ValueForm::UrlEncoded:
        return u"url_encoded"_s;
    case ValueForm::Reversed:
        return u"reversed"_s;
    case ValueForm::Hex:
        return u"hex"_s;
    case ValueForm::Spaced:
        return u"spaced"_s;
    case ValueForm::Split:
        return u"split"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
