// What an answer tells about people and money, read without keeping a single value.
#pragma once

#include <QByteArray>
#include <QStringList>

namespace cockpit {

struct PrivateData
{
    int records = 0;    // objects in the answer, or lines of a table
    QStringList fields; // names of private fields, each once; none when nothing proves that people are meant
    bool isPersonal() const { return !fields.isEmpty(); }
};

// JSON, one document or one a line, or a table of text. A name alone proves little ("total" stands in every list of
// products): the proof is a value that is somebody's (an e-mail address, an IBAN, the hash of a password, a key under
// the name of a secret), or a record with fields of two kinds, such as a name and a date of birth. The phone number and
// the street of a shop are for everybody.
PrivateData privateDataIn(const QByteArray &body);

// The names of the answer's fields or columns, for people: none of what could be a value.
QStringList fieldNamesIn(const QByteArray &body);

} // namespace cockpit
