// The form of a guide, read line by line.
#include "models/guide.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Guide)
};

class Parser
{
public:
    explicit Parser(const QString &checkId) { m_guide.checkId = checkId; }

    Result<Guide> parse(const QString &markdown);

private:
    void read(const QString &line);
    void openSection(const QString &heading);
    void closeSection();
    void store(const QString &heading, const QStringList &body);
    QString paragraph(const QStringList &body) const;
    QStringList steps(const QStringList &body);
    void complain(int line, const QString &what);
    void requireAll();

    Guide m_guide;
    QString m_heading;
    QStringList m_body;
    QSet<QString> m_seen;
    int m_line = 0;
    int m_headingLine = 0;
    QString m_error;
};

Result<Guide> Parser::parse(const QString &markdown)
{
    for (const QString &line : markdown.split(u'\n')) {
        ++m_line;
        read(line.endsWith(u'\r') ? line.chopped(1) : line);
    }
    closeSection();
    requireAll();
    if (!m_error.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("The guide %1 cannot be used: %2").arg(m_guide.checkId, m_error));
    return m_guide;
}

void Parser::complain(int line, const QString &what)
{
    if (m_error.isEmpty())
        m_error = Text::tr("line %1: %2.").arg(QString::number(line), what);
}

void Parser::read(const QString &line)
{
    if (line.startsWith("## "_L1)) {
        closeSection();
        openSection(line.mid(3).trimmed());
    } else if (line.startsWith("# "_L1)) {
        if (!m_guide.title.isEmpty() || !m_heading.isEmpty())
            complain(m_line, Text::tr("there is one title, and it comes first"));
        m_guide.title = line.mid(2).trimmed();
    } else if (!m_heading.isEmpty()) {
        m_body.append(line);
    } else if (!line.trimmed().isEmpty()) {
        complain(m_line, Text::tr("text must stand under a heading"));
    }
}

void Parser::openSection(const QString &heading)
{
    m_headingLine = m_line;
    m_heading = heading;
    if (m_seen.contains(heading))
        complain(m_line, Text::tr("the heading “%1” is there twice").arg(heading.left(60)));
    m_seen.insert(heading);
}

void Parser::closeSection()
{
    if (m_heading.isEmpty())
        return;
    const QStringList body = m_body.join(u'\n').trimmed().split(u'\n');
    if (body.first().isEmpty())
        complain(m_headingLine, Text::tr("nothing stands under “%1”").arg(m_heading.left(60)));
    else
        store(m_heading, body);
    m_heading.clear();
    m_body.clear();
}

void Parser::store(const QString &heading, const QStringList &body)
{
    static const QRegularExpression word(u"\\A[a-z0-9][a-z0-9_.-]*\\z"_s);
    const bool isCode = heading.startsWith("Fix: "_L1);
    const bool isProvider = heading.startsWith("At "_L1);
    const QString name = heading.mid(isCode ? 5 : 3).trimmed();
    if (heading == "What it means"_L1)
        m_guide.meaning = paragraph(body);
    else if (heading == "Why it matters"_L1)
        m_guide.why = paragraph(body);
    else if (heading == "How to fix it"_L1)
        m_guide.steps = steps(body);
    else if (heading == "Prompt"_L1)
        m_guide.prompt = body.join(u'\n');
    else if (isCode && word.match(name).hasMatch())
        m_guide.stepsByCode[name] = steps(body);
    else if (isProvider && word.match(name).hasMatch())
        m_guide.stepsByProvider[name] = steps(body);
    else
        complain(m_headingLine, Text::tr("“%1” is not a heading of guides").arg(heading.left(60)));
}

// Lines that follow each other are one paragraph; an empty line starts a new one.
QString Parser::paragraph(const QStringList &body) const
{
    QStringList paragraphs{QString()};
    for (const QString &line : body) {
        const QString text = line.trimmed();
        if (text.isEmpty() && !paragraphs.last().isEmpty())
            paragraphs.append(QString());
        else if (!text.isEmpty())
            paragraphs.last() += paragraphs.last().isEmpty() ? text : u' ' + text;
    }
    return paragraphs.join("\n\n"_L1);
}

// "1. Do this" starts a step; lines without a number carry it on.
QStringList Parser::steps(const QStringList &body)
{
    static const QRegularExpression numbered(u"\\A\\s{0,3}[0-9]{1,2}[.)]\\s+(\\S.*)\\z"_s);
    QStringList list;
    for (qsizetype i = 0; i < body.size(); ++i) {
        const auto match = numbered.match(body[i]);
        const QString text = body[i].trimmed();
        if (match.hasMatch())
            list.append(match.captured(1).trimmed());
        else if (!text.isEmpty() && list.isEmpty())
            complain(m_headingLine, Text::tr("the steps under “%1” must be numbered").arg(m_heading.left(60)));
        else if (!text.isEmpty())
            list.last() += u' ' + text;
    }
    return list;
}

void Parser::requireAll()
{
    if (m_guide.title.isEmpty())
        complain(1, Text::tr("the title is missing (“# …”)"));
    for (const QLatin1StringView heading : {"What it means"_L1, "Why it matters"_L1, "How to fix it"_L1, "Prompt"_L1}) {
        if (!m_seen.contains(heading))
            complain(m_line, Text::tr("the part “%1” is missing").arg(heading));
    }
}

} // namespace

Result<Guide> parseGuide(const QString &checkId, const QString &markdown)
{
    return Parser(checkId).parse(markdown);
}

} // namespace cockpit
