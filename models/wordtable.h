// A closed list of words for an enum: the stable word for files and JSON, and the text for people that tr() translates.
#pragma once

#include <QString>
#include <QStringView>

#include <algorithm>
#include <array>
#include <optional>

namespace cockpit {

template<typename Enum>
struct WordRow
{
    Enum value;
    const char *word;
    const char *label = nullptr; // source text for tr(); null where people never see the value
};

template<typename Enum, std::size_t N>
const WordRow<Enum> &rowOf(const std::array<WordRow<Enum>, N> &table, Enum value)
{
    const auto it = std::ranges::find(table, value, &WordRow<Enum>::value);
    Q_ASSERT(it != table.end());
    return *it;
}

template<typename Enum, std::size_t N>
QString wordOf(const std::array<WordRow<Enum>, N> &table, Enum value)
{
    return QString::fromLatin1(rowOf(table, value).word);
}

template<typename Enum, std::size_t N>
std::optional<Enum> valueOf(const std::array<WordRow<Enum>, N> &table, QStringView word)
{
    const auto it =
        std::ranges::find_if(table, [word](const auto &row) { return word == QLatin1StringView(row.word); });
    return it == table.end() ? std::nullopt : std::optional(it->value);
}

} // namespace cockpit

// The two functions over a table that every enum with words has.
#define COCKPIT_WORDS(Enum, table, valueFromWord)                                                                      \
    QString toWord(Enum value)                                                                                         \
    {                                                                                                                  \
        return wordOf(table, value);                                                                                   \
    }                                                                                                                  \
    std::optional<Enum> valueFromWord(QStringView word)                                                                \
    {                                                                                                                  \
        return valueOf(table, word);                                                                                   \
    }
