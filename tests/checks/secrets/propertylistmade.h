// Binary property lists as Apple's tools write them: each text once, joined by number.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <algorithm>

namespace cockpit::test {

enum class ListTexts { Ascii, Wide, Bytes };

class PropertyListMade
{
public:
    // texts: how values are written; keys are ASCII.
    static QByteArray of(const QJsonValue &value, ListTexts texts = ListTexts::Ascii)
    {
        PropertyListMade made(texts);
        const qsizetype top = made.add(value);
        return made.file(top);
    }

private:
    explicit PropertyListMade(ListTexts texts) : m_texts(texts) {}

    static QByteArray number(quint64 value, int bytes)
    {
        QByteArray big;
        for (int i = bytes - 1; i >= 0; --i)
            big.append(static_cast<char>(value >> 8 * i & 0xff));
        return big;
    }
    static QByteArray head(int kind, qsizetype count)
    {
        if (count < 15)
            return number(static_cast<quint64>(kind << 4 | count), 1);
        return number(static_cast<quint64>(kind << 4 | 15), 1) + '\x12' + number(static_cast<quint64>(count), 4);
    }
    static QByteArray joined(const QList<qsizetype> &members)
    {
        QByteArray numbers;
        for (const qsizetype member : members)
            numbers += number(static_cast<quint64>(member), kNumberBytes);
        return numbers;
    }
    qsizetype keep(const QByteArray &object)
    {
        m_objects.append(object);
        return m_objects.size() - 1;
    }
    qsizetype addText(const QString &text, ListTexts form)
    {
        QByteArray object;
        if (form == ListTexts::Wide) {
            object = head(6, text.size());
            for (const QChar unit : text)
                object += number(unit.unicode(), 2);
        } else {
            object = head(form == ListTexts::Bytes ? 4 : 5, text.size()) + text.toLatin1();
        }
        const auto known = m_known.constFind(object);
        return known == m_known.cend() ? m_known.insert(object, keep(object)).value() : known.value();
    }
    qsizetype add(const QJsonValue &value)
    {
        if (value.isArray()) {
            QList<qsizetype> members;
            for (const QJsonValue one : value.toArray())
                members += add(one);
            return keep(head(10, members.size()) + joined(members));
        }
        if (value.isObject()) {
            const QJsonObject pairs = value.toObject();
            QList<qsizetype> members;
            for (auto pair = pairs.begin(); pair != pairs.end(); ++pair)
                members += addText(pair.key(), ListTexts::Ascii);
            for (auto pair = pairs.begin(); pair != pairs.end(); ++pair)
                members += add(pair.value());
            return keep(head(13, pairs.size()) + joined(members));
        }
        if (value.isDouble())
            return keep('\x10' + number(static_cast<quint64>(value.toInt()), 1));
        return value.isString() ? addText(value.toString(), m_texts) : keep(value.toBool() ? "\x09" : "\x08");
    }
    QByteArray file(qsizetype top) const
    {
        QByteArray made("bplist00");
        QByteArray offsets;
        for (const QByteArray &object : m_objects) {
            offsets += number(static_cast<quint64>(made.size()), kOffsetBytes);
            made += object;
        }
        const auto table = static_cast<quint64>(made.size());
        return made + offsets + QByteArray(6, '\0') + number(kOffsetBytes, 1) + number(kNumberBytes, 1) +
               number(static_cast<quint64>(m_objects.size()), 8) + number(static_cast<quint64>(top), 8) +
               number(table, 8);
    }

    static constexpr int kNumberBytes = 2;
    static constexpr int kOffsetBytes = 3;

    const ListTexts m_texts;
    QList<QByteArray> m_objects;
    QHash<QByteArray, qsizetype> m_known;
};

} // namespace cockpit::test
