#include "models/guide.h"

#include "models/target.h"

#include <QCoreApplication>
#include <QFile>
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
        m_error = Text::tr("line %1: %2.").arg(line).arg(what);
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

const QRegularExpression &placeholder()
{
    static const QRegularExpression pattern(u"\\{([a-z][a-z0-9_]*)\\}"_s);
    return pattern;
}

// One pass: braces inside a value are text, not another placeholder.
QString filled(const QString &text, const QHash<QString, QString> &values)
{
    QString result;
    qsizetype done = 0;
    for (auto it = placeholder().globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        result += QStringView(text).mid(done, match.capturedStart() - done);
        result += values.value(match.captured(1), match.captured(0));
        done = match.capturedEnd();
    }
    result += QStringView(text).mid(done);
    return result;
}

// What every finding knows about itself; the judge's own values win.
QHash<QString, QString> valuesFor(const Finding &finding, const QHash<QString, QString> &extra)
{
    QHash<QString, QString> values{{u"title"_s, finding.title},
                                   {u"seen"_s, finding.whatWeSaw},
                                   {u"code"_s, finding.code},
                                   {u"paste"_s, finding.fix.paste}};
    if (!finding.host.isEmpty()) {
        values.insert(u"host"_s, finding.host);
        values.insert(u"domain"_s, registrableDomain(finding.host));
    }
    values.insert(extra);
    return values;
}

QStringList fallbackLanguages(const QString &language)
{
    QString name = language;
    name.replace(u'-', u'_');
    QStringList names{name, name.section(u'_', 0, 0), u"en"_s};
    names.removeDuplicates();
    names.removeAll(QString());
    return names;
}

// Ids and languages become part of a path: letters, digits and separators alone.
bool isPlainWord(const QString &word)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*\\z"_s);
    return pattern.match(word).hasMatch();
}

} // namespace

Result<Guide> parseGuide(const QString &checkId, const QString &markdown)
{
    return Parser(checkId).parse(markdown);
}

Result<Guide> loadGuide(const QString &checkId, const QString &language)
{
    for (const QString &name : fallbackLanguages(language)) {
        QFile file(u":/guides/%1/%2.md"_s.arg(name, checkId));
        if (isPlainWord(name) && isPlainWord(checkId) && file.open(QIODevice::ReadOnly))
            return parseGuide(checkId, QString::fromUtf8(file.readAll()));
    }
    return failure(ErrorKind::NotFound, Text::tr("There is no guide for %1.").arg(checkId.left(80)));
}

QStringList placeholdersOf(const Guide &guide)
{
    QStringList texts = guide.steps;
    for (const auto &[code, steps] : guide.stepsByCode)
        texts += steps;
    for (const auto &[provider, steps] : guide.stepsByProvider)
        texts += steps;
    texts.append(guide.prompt);
    QStringList names;
    for (auto it = placeholder().globalMatch(texts.join(u'\n')); it.hasNext();)
        names.append(it.next().captured(1));
    names.removeDuplicates();
    return names;
}

void fillFromGuide(Finding &finding, const Guide &guide, const QStringList &providers,
                   const QHash<QString, QString> &extra)
{
    QStringList steps;
    for (const QString &provider : providers) {
        if (const auto it = guide.stepsByProvider.find(provider); it != guide.stepsByProvider.end()) {
            steps = it->second; // the most specific provider that the guide knows
            break;
        }
    }
    const auto byCode = guide.stepsByCode.find(finding.code);
    steps += byCode == guide.stepsByCode.end() ? guide.steps : byCode->second;

    const QHash<QString, QString> values = valuesFor(finding, extra);
    for (QString &step : steps)
        step = filled(step, values);
    finding.whyItMatters = filled(guide.why, values);
    finding.fix.steps = steps;
    finding.fix.aiPrompt = filled(guide.prompt, values);
}

} // namespace cockpit
