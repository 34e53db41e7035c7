#include "app/report/jsontext.h"

#include <utility>

namespace cockpit {

namespace {

constexpr int kIndent = 4;

bool isPlain(char16_t c)
{
    return c >= u' ' && c != u'"' && c != u'\\';
}

void appendEscaped(QByteArray &text, char16_t c)
{
    switch (c) {
    case u'"':
    case u'\\':
        text += '\\';
        text += static_cast<char>(c);
        return;
    case u'\n':
        text += "\\n";
        return;
    case u'\r':
        text += "\\r";
        return;
    case u'\t':
        text += "\\t";
        return;
    default: // the other control characters
        text += "\\u00" + QByteArray::number(static_cast<uint>(c), 16).rightJustified(2, '0');
    }
}

} // namespace

JsonText &JsonText::name(QLatin1StringView name)
{
    beforeValue();
    m_text += '"';
    m_text.append(name.data(), name.size());
    m_text += "\": ";
    m_isNamed = true;
    return *this;
}

void JsonText::text(QStringView value)
{
    beforeValue();
    m_text += '"';
    qsizetype from = 0;
    for (qsizetype at = 0; at < value.size(); ++at) {
        if (isPlain(value[at].unicode()))
            continue;
        m_text += value.sliced(from, at - from).toUtf8();
        appendEscaped(m_text, value[at].unicode());
        from = at + 1;
    }
    m_text += value.sliced(from).toUtf8();
    m_text += '"';
}

void JsonText::latin1(QByteArrayView value)
{
    beforeValue();
    m_text += '"';
    m_text.append(value.data(), value.size());
    m_text += '"';
}

void JsonText::number(qint64 value)
{
    beforeValue();
    m_text += QByteArray::number(value);
}

void JsonText::truth(bool value)
{
    beforeValue();
    m_text += value ? "true" : "false";
}

void JsonText::null()
{
    beforeValue();
    m_text += "null";
}

void JsonText::textOrNull(const QString &value)
{
    if (value.isEmpty())
        null();
    else
        text(value);
}

void JsonText::texts(const QStringList &values)
{
    beginArray();
    for (const QString &value : values)
        text(value);
    endArray();
}

QByteArray JsonText::take()
{
    m_text += '\n';
    return std::exchange(m_text, QByteArray());
}

void JsonText::begin(char bracket)
{
    beforeValue();
    m_text += bracket;
    ++m_depth;
    m_isFirst = true;
}

void JsonText::end(char bracket)
{
    --m_depth;
    if (!m_isFirst)
        newLine();
    m_text += bracket;
    m_isFirst = false;
}

void JsonText::beforeValue()
{
    if (std::exchange(m_isNamed, false))
        return;
    if (!m_isFirst)
        m_text += ',';
    if (m_depth > 0)
        newLine();
    m_isFirst = false;
}

void JsonText::newLine()
{
    m_text += '\n';
    m_text.append(m_depth * kIndent, ' ');
}

} // namespace cockpit
