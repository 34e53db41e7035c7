// https://maven.apache.org/pom.html#version-order-specification: tokens with the separator before them; what means
// nothing ("0", "final", "ga") is left out at the end and before each hyphen; the rest is compared token by token.
#include "checks/secrets/dependencies/versionorder.h"
#include "checks/secrets/dependencies/versionparts.h"

#include <QByteArrayList>

#include <array>
#include <vector>

namespace cockpit {

namespace {

struct Token
{
    char separator = '-';
    QByteArray text; // digits, or a word in lower case

    bool isNumeric() const { return isNumber(text); }
    bool isNothing() const
    {
        return text.isEmpty() || text == "final" || text == "ga" || text == "release" ||
               (isNumeric() && withoutLeadingZeros(text) == "0");
    }
};

// "a1" is alpha 1, "1a" is not.
QByteArray spelledOut(const QByteArray &word, bool isBeforeNumber)
{
    if (isBeforeNumber && word == "a")
        return "alpha";
    if (isBeforeNumber && word == "b")
        return "beta";
    if (isBeforeNumber && word == "m")
        return "milestone";
    return word == "cr" ? QByteArray("rc") : word;
}

std::vector<Token> tokensOf(const QByteArray &version)
{
    std::vector<Token> tokens;
    Token token{'-', {}}; // the first has none; the same for all
    const auto finish = [&](char next, bool isTransition, bool isBeforeNumber) {
        token.text = spelledOut(token.text, isTransition && isBeforeNumber);
        if (token.text.isEmpty())
            token.text = "0";
        tokens.push_back(token);
        token = {next, {}};
    };
    for (const char c : version) {
        const bool changes =
            !token.text.isEmpty() && c != '.' && c != '-' && isDigitByte(token.text.back()) != isDigitByte(c);
        if (changes)
            finish('-', true, isDigitByte(c));
        if (c == '.' || c == '-')
            finish(c, false, false);
        else
            token.text += c;
    }
    finish('-', false, false);
    return tokens;
}

void trim(std::vector<Token> &tokens)
{
    auto end = static_cast<std::ptrdiff_t>(tokens.size());
    while (end > 0) {
        std::ptrdiff_t keep = end;
        while (keep > 1 && tokens[static_cast<size_t>(keep - 1)].isNothing())
            --keep;
        tokens.erase(tokens.begin() + keep, tokens.begin() + end);
        // On to the next hyphen towards the start.
        end = keep - 1;
        while (end > 0 && tokens[static_cast<size_t>(end)].separator != '-')
            --end;
    }
}

int rankOf(const QByteArray &word)
{
    static const std::array<QByteArrayList, 7> known{
        {{"alpha"}, {"beta"}, {"milestone"}, {"rc"}, {"snapshot"}, {"", "final", "ga", "release"}, {"sp"}}};
    for (size_t rank = 0; rank < known.size(); ++rank) {
        if (known.at(rank).contains(word))
            return static_cast<int>(rank);
    }
    return static_cast<int>(known.size());
}

std::weak_ordering compareWords(const QByteArray &left, const QByteArray &right)
{
    const int one = rankOf(left);
    const int other = rankOf(right);
    if (one != other)
        return one <=> other;
    return one == 7 ? compareBytes(left, right) : std::weak_ordering::equivalent;
}

// ".word" and "-word" alike, then "-number", then ".number".
int placeOf(const Token &token)
{
    if (!token.isNumeric())
        return 0;
    return token.separator == '-' ? 1 : 2;
}

std::weak_ordering compareTokens(const Token &left, const Token &right)
{
    if (placeOf(left) != placeOf(right))
        return placeOf(left) <=> placeOf(right);
    return left.isNumeric() ? compareNumbers(left.text, right.text) : compareWords(left.text, right.text);
}

// What stands against a token that the other version does not have.
Token nothingLike(const Token &token)
{
    return {token.separator, token.separator == '.' && token.isNumeric() ? QByteArray("0") : QByteArray()};
}

} // namespace

VersionOrder compareMavenVersions(const QByteArray &left, const QByteArray &right)
{
    std::vector<Token> one = tokensOf(left.toLower());
    std::vector<Token> other = tokensOf(right.toLower());
    trim(one);
    trim(other);
    for (size_t i = 0; i < std::max(one.size(), other.size()); ++i) {
        const Token a = i < one.size() ? one[i] : nothingLike(other[i]);
        const Token b = i < other.size() ? other[i] : nothingLike(one[i]);
        const auto order = compareTokens(a, b);
        if (std::is_neq(order))
            return order;
    }
    return std::weak_ordering::equivalent;
}

} // namespace cockpit
