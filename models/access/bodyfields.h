// The members of a body, seen and replaced one at a time; the rest of the body stays as it was.
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace cockpit {

enum class BodyKind { Form, Json, Multipart, Other };
// By the content type; a body that is a JSON object or array is one, whatever it is called.
BodyKind bodyKindOf(const QByteArray &contentType, const QByteArray &body);

// Of a multipart content type (RFC 2046 section 5.1.1); empty for others.
QByteArray boundaryOf(const QByteArray &contentType);

// Called with the name and the value of each text, in the order of the body (of JSON: of its names). Gives what is to
// stand there instead, with holes that are written as they are; nothing to leave it.
using FieldVisitor = std::function<std::optional<QString>(const QString &name, const QString &value)>;

// The body with what the visitor gave. JSON comes back compact, its members by name. Of files and of Other kinds
// nothing is visited.
QString replacedFields(BodyKind kind, const QByteArray &contentType, const QByteArray &body,
                       const FieldVisitor &visitor);
// The same of a form or a query.
QString replacedFormFields(const QByteArray &form, const FieldVisitor &visitor);

} // namespace cockpit
