#include "checks/exposure/pathrules.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <optional>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PathRules)
};

constexpr qsizetype kStart = 200; // bytes in which markup would show

const std::set<QString> kMembers{u"id"_s,      u"paths"_s, u"severity"_s,        u"impact"_s,      u"title"_s,
                                 u"pattern"_s, u"lines"_s, u"magicHex"_s,        u"magicHexAny"_s, u"absentAtStart"_s,
                                 u"json"_s,    u"html"_s,  u"caseInsensitive"_s, u"secrets"_s,     u"inside"_s,
                                 u"login"_s,   u"shows"_s};

tl::unexpected<Error> badRule(const QString &id, const QString &why)
{
    return failure(ErrorKind::BadInput, Text::tr("Rule \"%1\" for exposed files is not usable: %2").arg(id, why));
}

QRegularExpression compiled(const QString &pattern, bool caseInsensitive)
{
    QRegularExpression::PatternOptions options = QRegularExpression::MultilineOption;
    options.setFlag(QRegularExpression::CaseInsensitiveOption, caseInsensitive);
    return QRegularExpression(pattern, options);
}

std::optional<ToolLogin> loginFrom(const QString &word)
{
    if (word == "form"_L1)
        return ToolLogin::Form;
    if (word == "script"_L1)
        return ToolLogin::Script;
    if (word == "none"_L1)
        return ToolLogin::None;
    return std::nullopt;
}

void readPredicates(PathRule &rule, const QJsonObject &json)
{
    const bool caseInsensitive = json.value("caseInsensitive"_L1).toBool();
    rule.pattern = compiled(json.value("pattern"_L1).toString(), caseInsensitive);
    const QJsonObject lines = json.value("lines"_L1).toObject();
    rule.linePattern = compiled(lines.value("pattern"_L1).toString(), caseInsensitive);
    rule.linesNeeded = lines.value("atLeast"_L1).toInt();
    if (json.contains("magicHex"_L1))
        rule.magics.push_back(QByteArray::fromHex(json.value("magicHex"_L1).toString().toLatin1()));
    for (const QJsonValue magic : json.value("magicHexAny"_L1).toArray())
        rule.magics.push_back(QByteArray::fromHex(magic.toString().toLatin1()));
    rule.absentAtStart = json.value("absentAtStart"_L1).toString();
    rule.needsJson = json.value("json"_L1).toBool();
    rule.allowsHtml = json.value("html"_L1).toBool();
    rule.needsSecret = json.value("secrets"_L1).toBool();
    rule.isInside = json.value("inside"_L1).toBool();
    rule.shows = compiled(json.value("shows"_L1).toString(), caseInsensitive);
}

Result<PathRule> parseRule(const QJsonObject &json)
{
    PathRule rule;
    rule.id = json.value("id"_L1).toString();
    for (const QString &member : json.keys()) {
        if (!kMembers.contains(member))
            return badRule(rule.id, Text::tr("\"%1\" is not known.").arg(member));
    }
    for (const QJsonValue path : json.value("paths"_L1).toArray())
        rule.paths.append(path.toString());
    const auto severity = fromWord<Severity>(json.value("severity"_L1).toString());
    const auto impact = fromWord<Impact>(json.value("impact"_L1).toString());
    const auto login = loginFrom(json.value("login"_L1).toString(u"form"_s));
    if (!severity || !impact || !login)
        return badRule(rule.id, Text::tr("its severity, impact or login is not a known word."));
    rule.severity = *severity;
    rule.impact = *impact;
    rule.login = *login;
    rule.title = json.value("title"_L1).toString();
    readPredicates(rule, json);
    if (rule.id.isEmpty() || rule.title.isEmpty() || rule.paths.isEmpty())
        return badRule(rule.id, Text::tr("id, title and paths are needed."));
    if (!rule.pattern.isValid() || !rule.linePattern.isValid() || !rule.shows.isValid())
        return badRule(rule.id, Text::tr("its pattern cannot be read."));
    if (rule.pattern.pattern().isEmpty() && rule.linesNeeded == 0 && rule.magics.empty())
        return badRule(rule.id, Text::tr("it does not say what the content must be."));
    return rule;
}

// First bytes of a longer file are not a whole JSON document: a JSON object or list that does not turn into HTML.
bool beginsAsJson(const QByteArray &body)
{
    const QByteArray start = body.trimmed();
    return start.startsWith('{') || start.startsWith('[');
}

bool looksLikeHtml(const QByteArray &body, const QByteArray &contentType)
{
    const QByteArray start = body.first(std::min(body.size(), kStart)).trimmed().toLower();
    return contentType.toLower().contains("text/html") || start.startsWith("<!doctype html") ||
           start.startsWith("<html");
}

int countMatches(const QRegularExpression &pattern, const QString &text)
{
    int count = 0;
    for (auto it = pattern.globalMatch(text); it.hasNext(); it.next())
        ++count;
    return count;
}

} // namespace

bool PathRule::accepts(const QByteArray &body, const QByteArray &contentType) const
{
    if (!magics.empty())
        return std::ranges::any_of(magics, [&](const QByteArray &magic) { return body.startsWith(magic); });
    // Some servers label every unknown file as text/html: only the content decides about .env and the like.
    const bool isLabelledHtml = looksLikeHtml(body, {});
    if (isLabelledHtml && !allowsHtml)
        return false;
    if (needsJson && (!beginsAsJson(body) || looksLikeHtml(body, contentType)))
        return false;
    const QString text = QString::fromUtf8(body);
    if (!absentAtStart.isEmpty() && text.first(std::min(text.size(), kStart)).contains(absentAtStart))
        return false;
    if (linesNeeded > 0 && countMatches(linePattern, text) < linesNeeded)
        return false;
    return pattern.pattern().isEmpty() || pattern.match(text).hasMatch();
}

Result<std::vector<PathRule>> parsePathRules(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorKind::BadInput,
                       Text::tr("The rules for exposed files are not JSON: %1").arg(error.errorString()));
    std::vector<PathRule> rules;
    std::set<QString> ids;
    for (const QJsonValue value : document.object().value("rules"_L1).toArray()) {
        const auto rule = parseRule(value.toObject());
        if (!rule)
            return tl::unexpected(rule.error());
        if (!ids.insert(rule->id).second)
            return badRule(rule->id, Text::tr("its id is used twice."));
        rules.push_back(*rule);
    }
    return rules;
}

Result<QByteArray> readRuleFile(const QString &name)
{
    QFile file(u":/rules/%1.json"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The rules \"%1\" are missing from the program.").arg(name));
    return file.readAll();
}

Result<std::vector<PathRule>> loadPathRules(const QString &name)
{
    const auto json = readRuleFile(name);
    if (!json)
        return tl::unexpected(json.error());
    return parsePathRules(*json);
}

} // namespace cockpit
