// What a field of a body takes: as its schema says, or as far as the one value that is known tells. Pure.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace cockpit {

enum class FieldType { Text, Whole, Number, Flag, List, Object, Nothing };

struct FieldRule
{
    QStringList path; // "lines", "0", "quantity"
    FieldType type = FieldType::Text;
    QJsonValue value; // in the good body
    std::optional<double> least = {};
    std::optional<double> most = {};
    std::optional<int> shortest = {}; // characters
    std::optional<int> longest = {};
    QStringList words = {}; // the only ones that are taken
    QString format = {};    // "email", "date", "date-time", "uuid", "uri"
    bool isRequired = false;
    bool mayBeNull = false;
    bool isDeclared = false; // a schema says so; else it is what the value looks like

    QString name() const { return path.join(u'/'); }
    bool isNumber() const { return type == FieldType::Whole || type == FieldType::Number; }
};

struct BodyFieldRules
{
    std::vector<FieldRule> rules; // kMostFieldRules at most
    int leftOut = 0;              // fields beyond them
};

// Fields of a JSON body at most three objects deep, of lists the first item.
constexpr std::size_t kMostFieldRules = 24;
BodyFieldRules fieldRulesOf(const QJsonObject &body, const QJsonObject &schema);
// Of a form: every value is a text, and one that looks like a number is one.
BodyFieldRules formRulesOf(const QByteArray &form);

// Whether the schema of the whole body forbids members that it does not name.
bool forbidsOthers(const QJsonObject &schema);

} // namespace cockpit
