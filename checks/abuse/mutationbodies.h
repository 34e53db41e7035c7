// A good body written anew with one thing changed. Pure.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace cockpit {

class MutationBodies
{
public:
    MutationBodies(const QByteArray &contentType, QByteArray body);

    bool isForm() const { return m_isForm; }
    bool isUsable() const { return m_isForm ? !m_body.isEmpty() : !m_object.isEmpty(); }
    const QJsonObject &object() const { return m_object; } // of JSON

    // The path leads through objects and lists ("lines", "0", "quantity"); of a form it is one name. A member that is
    // not there is added.
    QByteArray with(const QStringList &path, const QJsonValue &value) const;
    // JSON with these bytes as the value, as no writer of JSON would write them; a form with them as they are.
    QByteArray withRaw(const QStringList &path, const QByteArray &raw) const;
    QByteArray without(const QStringList &path) const;
    QByteArray padded(qsizetype size) const; // still good, and that many bytes longer
    QByteArray asOther() const;              // of JSON the form, of a form the JSON
    QByteArray inUtf16() const;              // with a byte order mark
    QByteArray doubled() const;              // the first member twice, with another value behind

private:
    const bool m_isForm;
    const QByteArray m_body;
    const QJsonObject m_object;
};

} // namespace cockpit
