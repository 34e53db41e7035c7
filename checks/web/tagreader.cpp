#include "checks/web/tagreader.h"

#include <algorithm>
#include <cctype>

namespace cockpit {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

bool isLetter(char c)
{
    return std::isalpha(static_cast<unsigned char>(c)) && static_cast<unsigned char>(c) < 0x80;
}

qsizetype indexAfter(QByteArrayView html, QByteArrayView mark, qsizetype from)
{
    const qsizetype at = from < html.size() ? html.indexOf(mark, from) : -1;
    return at < 0 ? html.size() : at + mark.size();
}

// "<!-->" and "<!--->" are whole, and "--!>" ends one, too, unless the comment begins with it.
qsizetype endOfComment(QByteArrayView html, qsizetype begin)
{
    for (qsizetype at = html.indexOf("--", begin + 2); at >= 0; at = html.indexOf("--", at + 1)) {
        const QByteArrayView rest = html.sliced(at + 2);
        if (rest.startsWith('>'))
            return at + 3;
        if (rest.startsWith("!>") && at >= begin + 4)
            return at + 4;
    }
    return html.size();
}

// Quotes only count behind "=": elsewhere they are letters of a name.
class Attributes
{
public:
    // True with the ">" that ends the tag.
    bool take(char c)
    {
        switch (m_state) {
        case State::Slash:
        case State::BeforeName:
        case State::AfterQuoted:
            return takeOutside(c);
        case State::Name:
        case State::AfterName:
            if (c == '=') {
                m_state = State::BeforeValue;
                return false;
            }
            if (isBlank(c)) {
                m_state = State::AfterName;
                return false;
            }
            return takeOutside(c);
        case State::BeforeValue:
            if (c == '"' || c == '\'') {
                m_quote = c;
                m_state = State::Quoted;
            } else if (!isBlank(c)) {
                m_state = State::Unquoted;
            }
            return c == '>';
        case State::Unquoted:
            if (isBlank(c))
                m_state = State::BeforeName;
            return c == '>';
        case State::Quoted:
            if (c == m_quote)
                m_state = State::AfterQuoted;
            return false;
        }
        Q_UNREACHABLE();
    }

    bool endsWithSlash() const { return m_state == State::Slash; }

private:
    enum class State { BeforeName, Name, AfterName, BeforeValue, Unquoted, Quoted, AfterQuoted, Slash };

    bool takeOutside(char c)
    {
        if (c == '>')
            return true;
        if (c == '/')
            m_state = State::Slash;
        else
            m_state = isBlank(c) ? State::BeforeName : State::Name;
        return false;
    }

    State m_state = State::BeforeName;
    char m_quote = 0;
};

QByteArray nameAt(QByteArrayView html, qsizetype from)
{
    qsizetype end = from;
    while (end < html.size() && !isBlank(html[end]) && html[end] != '/' && html[end] != '>')
        ++end;
    return html.sliced(from, end - from).toByteArray().toLower();
}

HtmlTag namedTag(QByteArrayView html, HtmlTag::Kind kind, qsizetype begin, qsizetype nameBegin)
{
    HtmlTag tag{kind, nameAt(html, nameBegin), false, false, begin, html.size()};
    Attributes attributes;
    for (qsizetype i = nameBegin + tag.name.size(); i < html.size(); ++i) {
        const bool slash = attributes.endsWithSlash();
        if (attributes.take(html[i])) {
            tag.closesItself = slash;
            tag.end = i + 1;
            return tag;
        }
    }
    tag.kind = HtmlTag::Kind::None; // cut off: a parser drops it
    return tag;
}

bool standsAt(QByteArrayView html, qsizetype at, QByteArrayView mark)
{
    return html.sliced(at).startsWith(mark);
}

// Reads no further than the name is long: text may hold many beginnings and no end.
bool isNameAt(QByteArrayView html, qsizetype at, QByteArrayView name)
{
    if (at + name.size() >= html.size() || html.sliced(at, name.size()).compare(name, Qt::CaseInsensitive) != 0)
        return false;
    const char next = html[at + name.size()];
    return isBlank(next) || next == '/' || next == '>';
}

// A script may write scripts inside of "<!--": there "</script>" ends the inner one ("double escaped").
qsizetype endOfScript(QByteArrayView html, qsizetype from)
{
    enum class Depth { Plain, Escaped, Inner };
    Depth depth = Depth::Plain;
    for (qsizetype at = from; at < html.size(); ++at) {
        if (depth != Depth::Plain && html[at] == '-' && standsAt(html, at, "-->")) {
            depth = Depth::Plain;
        } else if (html[at] != '<') {
            continue;
        } else if (depth == Depth::Plain && standsAt(html, at, "<!--")) {
            depth = Depth::Escaped;
            ++at; // its dashes may end it: "<!-->"
        } else if (standsAt(html, at, "</") && isNameAt(html, at + 2, "script")) {
            if (depth != Depth::Inner)
                return at;
            depth = Depth::Escaped;
        } else if (depth == Depth::Escaped && isNameAt(html, at + 1, "script")) {
            depth = Depth::Inner;
        }
    }
    return html.size();
}

} // namespace

HtmlTag nextTag(QByteArrayView html, qsizetype from)
{
    for (qsizetype at = html.indexOf('<', from); at >= 0 && at + 1 < html.size(); at = html.indexOf('<', at + 1)) {
        const char next = html[at + 1];
        if (isLetter(next))
            return namedTag(html, HtmlTag::Kind::Start, at, at + 1);
        if (next == '/' && at + 2 < html.size() && isLetter(html[at + 2]))
            return namedTag(html, HtmlTag::Kind::End, at, at + 2);
        if (html.sliced(at).startsWith("<!--"))
            return {HtmlTag::Kind::Other, {}, false, false, at, endOfComment(html, at)};
        if (next == '!' || next == '?' || next == '/')
            return {HtmlTag::Kind::Other,         {}, false, html.sliced(at).startsWith("<![CDATA["), at,
                    indexAfter(html, ">", at + 2)};
    }
    return {HtmlTag::Kind::None, {}, false, false, html.size(), html.size()};
}

qsizetype endOfRawText(QByteArrayView html, const QByteArray &name, qsizetype from)
{
    if (name == "script")
        return endOfScript(html, from);
    for (qsizetype at = html.indexOf("</", from); at >= 0; at = html.indexOf("</", at + 2)) {
        if (isNameAt(html, at + 2, name))
            return at;
    }
    return html.size();
}

} // namespace cockpit
