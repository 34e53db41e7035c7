// The words of a GraphQL document (specification of October 2021, section 2.1.6 to 2.9).
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace cockpit::graphql {

enum class TokenKind { Name, Number, Text, BlockText, Punctuator };

struct Token
{
    TokenKind kind = TokenKind::Punctuator;
    QString text;     // as it is written, with its quotes
    QString gap = {}; // blanks and commas before it

    bool is(QLatin1StringView punctuator) const { return kind == TokenKind::Punctuator && text == punctuator; }
    // What a Text or BlockText means; empty where its escapes cannot be read.
    std::optional<QString> meaning() const;
};

// Without comments. Nothing for text that is none of the language's.
std::optional<std::vector<Token>> tokensOf(const QString &document);

QString textOf(const std::vector<Token> &tokens);
// The same for every way to set blanks and commas.
QString compactTextOf(const std::vector<Token> &tokens);

// A text of GraphQL that means this, with its quotes.
QString quotedText(const QString &meaning);

} // namespace cockpit::graphql
