#include "checks/http/cssurls.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

class CssReader
{
public:
    CssReader(QStringView css, const std::function<bool(CssUse, const QString &)> &found) : m_css(css), m_found(found)
    {
    }

    void read()
    {
        while (!m_isEnough && m_at < m_css.size()) {
            const QChar c = m_css[m_at];
            if (c == u'/' && next() == u'*')
                skipComment();
            else if (c == u'"' || c == u'\'')
                readString();
            else if (c == u'@')
                readRule();
            else if (isOfName(c))
                readName();
            else
                readMark(c);
        }
    }

private:
    enum class Rule { None, Import, Font, Nameless };

    static bool isOfName(QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_' || c.unicode() > 0x7f; }
    QChar next() const { return m_at + 1 < m_css.size() ? m_css[m_at + 1] : QChar(); }

    void skipComment()
    {
        const qsizetype end = m_css.indexOf("*/"_L1, m_at + 2);
        m_at = end < 0 ? m_css.size() : end + 2;
    }

    // m_at stands on the quotation mark. A string ends with its line, closed or not.
    QString takeString()
    {
        const QChar mark = m_css[m_at];
        const qsizetype begin = ++m_at;
        while (m_at < m_css.size() && m_css[m_at] != mark && m_css[m_at] != u'\n')
            m_at += m_css[m_at] == u'\\' ? 2 : 1;
        const qsizetype end = std::min(m_at, m_css.size());
        m_at = end + 1;
        return m_css.sliced(begin, end - begin).toString();
    }

    QString takeName()
    {
        const qsizetype begin = m_at;
        while (m_at < m_css.size() && isOfName(m_css[m_at]))
            ++m_at;
        return m_css.sliced(begin, m_at - begin).toString().toLower();
    }

    void readString()
    {
        const QString text = takeString();
        if (m_rule == Rule::Import)
            tell(text);
    }

    void readRule()
    {
        ++m_at;
        const QString name = takeName();
        if (name == "import"_L1)
            m_rule = Rule::Import;
        else if (name == "font-face"_L1)
            m_rule = Rule::Font;
        else if (name == "namespace"_L1 || name.endsWith("document"_L1))
            m_rule = Rule::Nameless;
    }

    void readName()
    {
        const QString name = takeName();
        if (name != "url"_L1 && name != "src"_L1)
            return;
        if (m_at < m_css.size() && m_css[m_at] == u'(')
            tell(takeAddress());
    }

    // m_at stands on the bracket.
    QString takeAddress()
    {
        ++m_at;
        while (m_at < m_css.size() && m_css[m_at].isSpace())
            ++m_at;
        if (m_at < m_css.size() && (m_css[m_at] == u'"' || m_css[m_at] == u'\''))
            return takeString();
        const qsizetype end = m_css.indexOf(u')', m_at);
        const QStringView address = m_css.sliced(m_at, (end < 0 ? m_css.size() : end) - m_at);
        m_at = end < 0 ? m_css.size() : end + 1;
        return address.trimmed().toString();
    }

    void readMark(QChar c)
    {
        m_at += c == u'\\' ? 2 : 1;
        if (c == u'{') {
            ++m_depth;
            if (m_rule == Rule::Font)
                m_fontDepth = m_depth;
        } else if (c == u'}') {
            if (m_depth == m_fontDepth)
                m_fontDepth = 0;
            m_depth = std::max(0, m_depth - 1);
        }
        if (c == u'{' || c == u'}' || c == u';')
            m_rule = Rule::None;
    }

    void tell(const QString &url)
    {
        if (m_rule == Rule::Nameless)
            return;
        const CssUse outside = m_fontDepth > 0 ? CssUse::Font : CssUse::Picture;
        m_isEnough = !m_found(m_rule == Rule::Import ? CssUse::Import : outside, url);
        m_rule = Rule::None; // what follows in an import are conditions
    }

    const QStringView m_css;
    const std::function<bool(CssUse, const QString &)> &m_found;
    qsizetype m_at = 0;
    Rule m_rule = Rule::None; // that has begun, until its block
    int m_depth = 0;
    int m_fontDepth = 0; // of the @font-face block that is open; 0: none
    bool m_isEnough = false;
};

} // namespace

void readCssUrls(QStringView css, const std::function<bool(CssUse use, const QString &url)> &found)
{
    CssReader(css, found).read();
}

} // namespace cockpit
