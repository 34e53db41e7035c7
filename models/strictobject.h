// Reads one JSON object of the program's own data strictly: a member that is missing, of another type or unknown is an
// error that names its place. The first error is kept; reading goes on with empty values, so that callers stay plain.
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cockpit {

// Shared by all objects of one document.
class FirstError
{
public:
    void note(const QString &sentence)
    {
        if (m_sentence.isEmpty())
            m_sentence = sentence;
    }
    bool isEmpty() const { return m_sentence.isEmpty(); }
    const QString &sentence() const { return m_sentence; }

private:
    QString m_sentence;
};

class StrictObject
{
public:
    // place: where the object stands in its document ("stages[2].checks[0]").
    StrictObject(const QJsonValue &value, QString place, FirstError &error);

    QString text(const QString &name); // must not be empty
    int wholeNumber(const QString &name);
    QStringList texts(const QString &name); // must not be empty, no text twice
    // The same in lower case, for values that are compared so.
    std::vector<std::string> lowerTexts(const QString &name);
    std::vector<int> wholeNumbers(const QString &name);

    bool has(const QString &name) const { return m_object.contains(name); }
    QString optionalText(const QString &name);
    bool optionalFlag(const QString &name);
    std::optional<int> optionalWholeNumber(const QString &name);
    std::optional<double> optionalNumber(const QString &name);

    // Calls read for each object of the array.
    void each(const QString &name, const std::function<void(StrictObject &)> &read);
    StrictObject child(const QString &name);

    // Complains about every member that was not asked for.
    void refuseOthers();
    void complain(const QString &member, const QString &what);

private:
    QJsonValue take(const QString &name, QJsonValue::Type type, const QString &typeName);

    QJsonObject m_object;
    QString m_place;
    FirstError &m_error;
    QSet<QString> m_asked;
};

} // namespace cockpit
