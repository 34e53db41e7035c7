#include "checks/secrets/secretguards.h"

#include "models/strictobject.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <optional>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretGuards)
};

SecretGuard readGuard(StrictObject &object, std::set<QString> &ids)
{
    SecretGuard guard;
    guard.id = object.text(u"id"_s);
    guard.name = object.text(u"name"_s);
    guard.isAsked = object.optionalFlag(u"asked"_s);
    if (!guard.isAsked)
        guard.marks = object.texts(u"marks"_s);
    guard.covers = object.text(u"covers"_s);
    if (object.has(u"silenced_by"_s))
        guard.silencedBy = object.texts(u"silenced_by"_s);
    guard.commandBlocksWith = object.optionalText(u"command_blocks_with"_s);
    guard.isNarrow = object.optionalFlag(u"is_narrow"_s);
    guard.isReportOnly = object.optionalFlag(u"reports_only"_s);
    if (!ids.insert(guard.id).second)
        object.complain(u"id"_s, Text::tr("is used twice"));
    object.refuseOthers();
    return guard;
}

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

// As a whole word: "gitleaks" is in "gitleaks/gitleaks-action", and not in "mygitleaks".
qsizetype wordIn(const QString &text, const QString &mark)
{
    for (qsizetype at = text.indexOf(mark, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(mark, at + 1, Qt::CaseInsensitive)) {
        const qsizetype end = at + mark.size();
        const bool begins = at == 0 || !isWordCharacter(text[at - 1]) || !isWordCharacter(mark.front());
        const bool ends = end == text.size() || !isWordCharacter(text[end]) || !isWordCharacter(mark.back());
        if (begins && ends)
            return at;
    }
    return -1;
}

bool isCalledIn(const QString &text, const SecretGuard &guard)
{
    return std::ranges::any_of(guard.marks, [&](const QString &mark) { return wordIn(text, mark) >= 0; });
}

// Getting a program, or asking whether it is there, is not running it: "brew install gitleaks".
bool isInstallation(const QString &command)
{
    static const QRegularExpression form(
        u"^\\s*(?:-\\s+)?(?:if\\s+)?(?:!\\s+)?(?:sudo\\s+)?(?:"
        "(?:apt|apt-get|brew|pip3?|pipx|npm|pnpm|yarn|go|cargo|apk|dnf|choco)\\s+(?:-\\S+\\s+)*(?:install|add|i)\\b|"
        "(?:python3?\\s+-m\\s+pip|uv)\\s+.*\\binstall\\b|(?:curl|wget|echo|printf|which|type|command\\s+-v)\\b)"_s);
    return form.match(command).hasMatch();
}

// The commands that follow each other on one line. What stands behind "||" stays with its command: it says what becomes
// of a failure.
QStringList commandsOf(const QString &line)
{
    static const QRegularExpression between(u"&&|;"_s);
    return line.split(between, Qt::SkipEmptyParts);
}

// Whatever comes of it, the line succeeds.
bool isIgnored(const QString &line)
{
    static const QRegularExpression form(u"\\|\\|\\s*(?:true|:|echo|exit\\s+0|/bin/true)(?:\\s|[;\"']|$)"_s);
    return form.match(line).hasMatch();
}

void weaken(GuardUse &use, const QString &why)
{
    use.stops = false;
    use.weakness = why;
}

GuardUse useIn(const QString &line, const SecretGuard &guard, const QString &file, int number)
{
    GuardUse use{.guard = guard, .file = file, .line = number, .weakness = {}};
    const auto silencer =
        std::ranges::find_if(guard.silencedBy, [&](const QString &word) { return line.contains(word); });
    if (guard.isReportOnly)
        weaken(use, Text::tr("%1 writes a report and stops nothing.").arg(guard.name));
    else if (isIgnored(line))
        weaken(use, Text::tr("%1 runs, and what it finds is ignored (\"|| …\" behind it).").arg(guard.name));
    else if (silencer != guard.silencedBy.end())
        weaken(use, Text::tr("%1 runs with %2, so that it never fails.").arg(guard.name, *silencer));
    else if (!guard.commandBlocksWith.isEmpty() && !line.contains(guard.commandBlocksWith))
        weaken(use, Text::tr("%1 runs without %2, so that it never fails.").arg(guard.name, guard.commandBlocksWith));
    return use;
}

// Lines that a backslash joins are one; remarks are none.
struct JoinedLine
{
    QString text;
    int number = 0;
};
std::vector<JoinedLine> linesOf(const QString &text, int firstLine)
{
    std::vector<JoinedLine> lines;
    bool goesOn = false;
    int number = firstLine;
    for (const QString &raw : text.split(u'\n')) {
        QString line = raw.trimmed();
        const qsizetype remark = line.startsWith(u'#') ? 0 : line.indexOf(" # "_L1);
        if (remark >= 0)
            line.truncate(remark);
        const bool continues = line.endsWith(u'\\');
        if (continues)
            line.chop(1);
        if (goesOn)
            lines.back().text += line;
        else
            lines.push_back({line, number});
        goesOn = continues;
        ++number;
    }
    return lines;
}

} // namespace

Result<std::vector<SecretGuard>> parseSecretGuards(const QByteArray &json)
{
    FirstError error;
    std::vector<SecretGuard> guards;
    std::set<QString> ids;
    StrictObject document(QJsonDocument::fromJson(json).object(), u"secret-guards"_s, error);
    document.wholeNumber(u"schema"_s);
    document.each(u"guards"_s, [&](StrictObject &object) { guards.push_back(readGuard(object, ids)); });
    document.refuseOthers();
    if (!error.isEmpty())
        return failure(ErrorKind::BadInput, error.sentence());
    return guards;
}

Result<std::vector<SecretGuard>> loadSecretGuards()
{
    QFile file(u":/rules/secret-guards.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The guards against secrets are missing from the program."));
    return parseSecretGuards(file.readAll());
}

std::vector<GuardUse> guardsInScript(const QString &text, const QString &file, int firstLine,
                                     const std::vector<SecretGuard> &guards)
{
    std::vector<GuardUse> uses;
    const std::vector<JoinedLine> lines = linesOf(text, firstLine);
    for (const SecretGuard &guard : guards) {
        std::optional<GuardUse> best;
        for (const JoinedLine &line : lines) {
            for (const QString &command : commandsOf(line.text)) {
                if (!isCalledIn(command, guard) || isInstallation(command))
                    continue;
                GuardUse use = useIn(command, guard, file, line.number);
                if (!best || (use.stops && !best->stops))
                    best = std::move(use);
            }
        }
        if (best)
            uses.push_back(std::move(*best));
    }
    return uses;
}

std::vector<GuardUse> guardsNamed(const QString &word, const QString &file, int line,
                                  const std::vector<SecretGuard> &guards)
{
    std::vector<GuardUse> uses;
    for (const SecretGuard &guard : guards) {
        if (!isCalledIn(word, guard))
            continue;
        GuardUse use{.guard = guard, .file = file, .line = line, .weakness = {}};
        if (guard.isReportOnly)
            weaken(use, Text::tr("%1 writes a report and stops nothing.").arg(guard.name));
        uses.push_back(std::move(use));
    }
    return uses;
}

int lineWith(const QByteArray &bytes, const QString &text)
{
    const qsizetype at = text.isEmpty() ? -1 : bytes.indexOf(text.toUtf8());
    return at < 0 ? 0 : static_cast<int>(bytes.first(at).count('\n')) + 1;
}

} // namespace cockpit
