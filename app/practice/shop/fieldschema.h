// What a route of the shop takes, field by field: one table from which bodies are judged, JSON Schemas are written, and
// examples are made.
#pragma once

#include "app/practice/shop/shopfault.h"

#include <QJsonObject>
#include <QStringList>

#include <vector>

namespace cockpit::shop {

enum class FieldKind { Text, Email, Password, Slug, Date, Choice, Url, Integer, Flag, Lines, Ids };

struct Field
{
    QString name;
    FieldKind kind = FieldKind::Text;
    bool isRequired = false;
    qint64 most = 100; // characters of a text, or the greatest number
    qint64 least = 0;  // the least number
    QStringList choices = {};
    QJsonValue example = {};
};

using Fields = std::vector<Field>;

enum class Whole { Yes, Part }; // of a PATCH, required fields may be missing

struct BodyProblem
{
    QString field;
    QString problem; // "type", "length", "range", "format", "missing", "unknown"
};

// The first problem of the body; none when it is taken. allowedToo: fields that a fault lets through.
std::vector<BodyProblem> problemsOf(const QJsonObject &body, const Fields &fields, Whole whole,
                                    const FaultSet<ShopFault> &faults, const QStringList &allowedToo = {});
QJsonObject jsonSchemaOf(const Fields &fields); // JSON Schema 2020-12
QJsonObject exampleOf(const Fields &fields);
// The lines of an invoice: text, quantity, price_cents.
const Fields &lineFields();

} // namespace cockpit::shop
