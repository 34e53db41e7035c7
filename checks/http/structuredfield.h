// Structured field values (RFC 9651), as far as security headers use them: one item, or a dictionary of items and inner
// lists. A value that breaks the grammar anywhere is no value at all: browsers then ignore the whole header.
#pragma once

#include <QByteArray>

#include <map>
#include <optional>
#include <vector>

namespace cockpit {

struct FieldItem
{
    enum class Kind { Token, String, Number, Boolean, Bytes, Date, DisplayString };
    Kind kind = Kind::Token;
    QByteArray text; // a token as it is written, a string without its quotes and escapes; of the others: as written
    bool operator==(const FieldItem &) const = default;
};

// item = bare-item parameters; the parameters are read and left out. Empty when the value is none.
std::optional<FieldItem> parseFieldItem(const QByteArray &value);

struct FieldMember
{
    bool isList = false;          // written in parentheses
    std::vector<FieldItem> items; // one unless isList
    bool operator==(const FieldMember &) const = default;
};
using FieldDictionary = std::map<QByteArray, FieldMember>; // of two equal keys the last counts (section 4.2.2)

// dictionary = member *( OWS "," OWS member ). The lines of one header belong together, joined by commas.
std::optional<FieldDictionary> parseFieldDictionary(const QByteArray &value);

} // namespace cockpit
