// domain-spec and macro-string (RFC 7208 sections 7 and 12): their grammar, and what they stand for.
#pragma once

#include <tl/expected.hpp>

#include <QHostAddress>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace cockpit {

// c, r and t are for explanations only; an explanation may also hold blanks (section 6.2).
enum class SpfMacroUse { DomainSpec, Explanation };

// A stretch of a macro-string: literal text, or a macro.
struct SpfMacroPiece
{
    QString literal;        // of a macro: empty
    QChar letter;           // lower case; null for literal text
    bool isEscaped = false; // the letter stood in upper case: URL-escaped
    int keep = 0;           // right-hand parts to keep; 0: all
    bool isReversed = false;
    QString delimiters; // where the value is split; never empty for a macro

    bool operator==(const SpfMacroPiece &) const = default;
};

// The error is where the text stops being a macro-string.
[[nodiscard]] tl::expected<std::vector<SpfMacroPiece>, qsizetype> readMacroString(QStringView text, SpfMacroUse use);

// Where the text stops being a macro-string for a domain-spec; empty when it is one.
std::optional<qsizetype> firstMacroFault(QStringView text);

// A macro-string that ends in a macro or in a dot and a valid top label.
std::optional<qsizetype> firstDomainSpecFault(QStringView text);

// What the macros of section 7.2 stand for while one record is evaluated.
struct SpfMacroValues
{
    QString localPart;                      // %{l}
    QString senderDomain;                   // %{o}; %{s} is localPart@senderDomain
    QString domain;                         // %{d}: of the record at hand
    QHostAddress client;                    // %{i}, %{c}, %{v}
    QString helo;                           // %{h}
    QString receiver;                       // %{r}
    qint64 secondsSinceEpoch = 0;           // %{t}
    std::function<QString()> validatedName; // %{p}: asked for only where a record uses it, because it costs look-ups
};

// The text with its macros replaced.
QString expandMacros(const std::vector<SpfMacroPiece> &pieces, const SpfMacroValues &values);
// The name that a valid domain-spec stands for: without a trailing dot, and cut from the left to 253 bytes
// (section 7.3).
QString expandDomainSpec(const QString &domainSpec, const SpfMacroValues &values);

} // namespace cockpit
