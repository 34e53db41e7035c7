#include "models/access/graphqlquestion.h"

#include "models/access/graphqltokens.h"
#include "models/access/harmless.h"
#include "models/secretsinventory.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

using graphql::Token;
using graphql::TokenKind;

bool isBalanced(const std::vector<Token> &tokens)
{
    QString open;
    bool hasSelection = false;
    static constexpr std::array kPairs{std::pair("(", ")"), std::pair("[", "]"), std::pair("{", "}")};
    for (const Token &token : tokens) {
        for (const auto &[first, last] : kPairs) {
            if (token.is(QLatin1StringView(first)))
                open += QLatin1StringView(first);
            if (!token.is(QLatin1StringView(last)))
                continue;
            if (!open.endsWith(QLatin1StringView(first)))
                return false;
            open.chop(1);
            hasSelection = hasSelection || *first == '{';
        }
    }
    return open.isEmpty() && hasSelection;
}

std::optional<std::vector<Token>> documentIn(const QString &text)
{
    static constexpr std::array kBeginnings{"query"_L1, "mutation"_L1, "subscription"_L1, "fragment"_L1};
    auto tokens = graphql::tokensOf(text);
    if (!tokens || tokens->empty())
        return std::nullopt;
    const bool begins = tokens->front().is("{"_L1) || std::ranges::any_of(kBeginnings, [&](QLatin1StringView word) {
                            return tokens->front().text == word;
                        });
    return begins && isBalanced(*tokens) ? tokens : std::nullopt;
}

// Goes from token to token, and knows which argument, field of an object or variable the value at hand belongs to.
class Cleaner
{
public:
    explicit Cleaner(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}

    // Nothing where a value without quotes could be a secret.
    std::optional<QString> run()
    {
        for (m_at = 0; m_at < m_tokens.size(); ++m_at) {
            follow(m_tokens[m_at]);
            if (m_tokens[m_at].is(":"_L1) && m_at > 0)
                learnName();
            else if (!clean(m_tokens[m_at]))
                return std::nullopt;
        }
        return graphql::textOf(m_tokens);
    }

private:
    enum class Within { Values, Selection };

    // Brackets that are open, each by what it holds. Of braces those within arguments are objects (GraphQL, October
    // 2021, section 2.9.8), the others selections (2.4).
    void follow(const Token &token)
    {
        if (token.is("("_L1) || token.is("["_L1))
            m_open.push_back(Within::Values);
        else if (token.is("{"_L1))
            m_open.push_back(isWithin(Within::Values) ? Within::Values : Within::Selection);
        else if ((token.is(")"_L1) || token.is("]"_L1) || token.is("}"_L1)) && !m_open.empty())
            m_open.pop_back();
    }

    bool isWithin(Within what) const { return !m_open.empty() && m_open.back() == what; }

    void learnName()
    {
        m_name = m_tokens[m_at - 1].text;
        m_isVariable = m_at > 1 && m_tokens[m_at - 2].is("$"_L1);
    }

    bool isBehind(QLatin1StringView punctuator) const { return m_at > 0 && m_tokens[m_at - 1].is(punctuator); }

    bool clean(Token &token) const
    {
        switch (token.kind) {
        case TokenKind::Punctuator:
            return true;
        case TokenKind::Name:
            return mayStay(token);
        case TokenKind::Number:
            if (harmlessJson(token.text.toDouble(), m_name) != QJsonValue(token.text.toDouble()))
                token.text = u"0"_s;
            return true;
        case TokenKind::Text:
        case TokenKind::BlockText:
            cleanText(token);
            return true;
        }
        Q_UNREACHABLE();
    }

    // A name in the place of a secret's value: of the type of a variable it is none, else it may be.
    bool mayStay(const Token &token) const
    {
        if (looksLikeValue(token.text))
            return false;
        static constexpr std::array kNoValues{"true"_L1, "false"_L1, "null"_L1};
        const bool isNoValue =
            m_isVariable || std::ranges::any_of(kNoValues, [&](QLatin1StringView word) { return token.text == word; });
        // "token: accessToken" in a selection gives a field another name.
        return isNoValue || isWithin(Within::Selection) || !isBehind(":"_L1) || !isSecretName(m_name);
    }

    void cleanText(Token &token) const
    {
        const auto meaning = token.meaning();
        const QString harmless = meaning ? harmlessText(m_name, *meaning) : placeholder();
        if (!meaning || harmless != *meaning)
            token = {TokenKind::Text, graphql::quotedText(harmless), token.gap};
    }

    std::vector<Token> m_tokens;
    std::vector<Within> m_open;
    std::size_t m_at = 0;
    QString m_name;            // what stood before the last colon
    bool m_isVariable = false; // it was declared there: "$password: String!"
};

} // namespace

bool isGraphQlDocument(const QString &text)
{
    return documentIn(text).has_value();
}

std::optional<QString> harmlessDocument(const QString &document)
{
    auto tokens = documentIn(document);
    return tokens ? Cleaner(std::move(*tokens)).run() : std::nullopt;
}

QString questionIn(const QByteArray &body)
{
    const QJsonObject asked = QJsonDocument::fromJson(body).object();
    const auto tokens = documentIn(asked["query"_L1].toString());
    const QString name = asked["operationName"_L1].toString();
    // By its hash alone, as the second time (automatic persisted queries of Apollo), it still has its name.
    const bool isPersisted = asked["extensions"_L1]["persistedQuery"_L1].isObject();
    if (!tokens && !isPersisted)
        return {};
    return name.isEmpty() && tokens ? graphql::compactTextOf(*tokens) : name;
}

} // namespace cockpit
