// JSON that is written as it comes (RFC 8259), with an indentation for people. A report of ten thousand findings as a
// tree of QJsonValues takes several times its size of memory, and whoever stopped the look waits for it.
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>
#include <QStringList>

namespace cockpit {

// Values, objects and lists follow each other as they are added; inside of an object each comes behind its name().
class JsonText
{
public:
    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }

    // Our own words: nothing in them is escaped.
    JsonText &name(QLatin1StringView name);

    void text(QStringView value);
    void latin1(QByteArrayView value); // digits and letters alone, as a commit's name is
    void number(qint64 value);
    void truth(bool value);
    void null();

    void textOrNull(const QString &value); // null for an empty one
    void texts(const QStringList &values);

    // What was written, with an end of line.
    QByteArray take();

private:
    void begin(char bracket);
    void end(char bracket);
    void beforeValue();
    void newLine();

    QByteArray m_text;
    int m_depth = 0;
    bool m_isFirst = true;  // nothing stands in the innermost bracket yet
    bool m_isNamed = false; // the value's name was written
};

} // namespace cockpit
