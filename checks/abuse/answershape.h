// A JSON value beside the schema that a document gives for it: where the two differ, without a single value, which may
// be somebody's. Pure and bounded: schema and value may be anybody's. Not by valijson, the library of the tests: it
// stops at an OpenAPI "nullable", names no pointer and kind of fault, and runs the document's patterns in std::regex,
// which a long text ends with the whole program.
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

#include <vector>

namespace cockpit {

enum class ShapeFault {
    Missing,   // required, and not there
    Null,      // and nothing says that it may be
    Type,      // a text where a number is described
    Format,    // a text that is no date, address, UUID …
    Word,      // none of the words (enum)
    Extra,     // a member that additionalProperties: false forbids
    NoChoice,  // none of oneOf or anyOf
    WriteOnly, // described as never to be shown
};

struct ShapeDifference
{
    QString pointer; // "/items/*/price": RFC 6901, with * for any place in a list
    ShapeFault fault = ShapeFault::Type;
    QString wanted, seen; // in words: "a number", "a text"

    bool operator==(const ShapeDifference &) const = default;
};

// A member that an object's description does not name, where it names others. Its value stays where it is.
struct UnnamedMember
{
    QString pointer;
    QString name;
    QJsonValue value;
};

struct ShapeComparison
{
    std::vector<ShapeDifference> differences; // each pointer and fault once; at most kMostShapeDifferences
    std::vector<UnnamedMember> unnamed;       // each pointer once; at most kMostUnnamedMembers
    bool isCut = false;                       // too much to compare: the rest is not known
};
constexpr std::size_t kMostShapeDifferences = 20;
constexpr std::size_t kMostUnnamedMembers = 100;

// schema: without references (resolvedSchema). Types, formats, enum, required, additionalProperties where it is false,
// nullable (OpenAPI 3.0) and "null" among the types (3.1), oneOf and anyOf as "any of them"; of lists the first fifty.
// What a schema does not say is not asked for.
ShapeComparison compareShape(const QJsonValue &value, const QJsonObject &schema);

// "/items/*/price: a text where a number is described".
QString describe(const ShapeDifference &difference);

} // namespace cockpit
