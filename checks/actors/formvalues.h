// Bodies of forms (application/x-www-form-urlencoded), name by name, and what a page has in its fields.
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace cockpit {

struct FormValue
{
    QString name, value; // decoded

    bool operator==(const FormValue &) const = default;
};
using FormValues = std::vector<FormValue>;

FormValues formValuesOf(const QByteArray &body);
QByteArray formBodyOf(const FormValues &values);
// The body with these in place of fields of the same name, or behind the others. Without any it stays byte by byte.
QByteArray formBodyWith(const QByteArray &body, const FormValues &values);

// What the page's <input> elements hold, in their order: those that are typed into, hidden ones aside.
FormValues inputsIn(const QByteArray &html);

} // namespace cockpit
