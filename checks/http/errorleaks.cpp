#include "checks/http/errorleaks.h"

#include "checks/web/report.h"
#include "models/wordtable.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ErrorPages)
};

constexpr std::array kKinds{
    WordRow<PageLeakKind>{PageLeakKind::Debug, "debug"},       WordRow<PageLeakKind>{PageLeakKind::Trace, "trace"},
    WordRow<PageLeakKind>{PageLeakKind::Database, "database"}, WordRow<PageLeakKind>{PageLeakKind::Path, "path"},
    WordRow<PageLeakKind>{PageLeakKind::Version, "version"},
};

// A stack trace stands near the start; the rest of a very long page is not worth its time.
constexpr qsizetype kMostRead = 256LL * 1024;
constexpr int kLongestShown = 160;

tl::unexpected<Error> bad(const QString &id, const QString &what)
{
    return failure(ErrorKind::BadInput, Text::tr("The rules for error pages, rule \"%1\": %2").arg(id, what));
}

Result<PageLeakRule> parseRule(const QJsonObject &json)
{
    PageLeakRule rule;
    rule.id = json.value("id"_L1).toString();
    rule.name = json.value("name"_L1).toString();
    rule.pattern = QRegularExpression(json.value("pattern"_L1).toString());
    const auto kind = valueOf(kKinds, json.value("kind"_L1).toString());
    if (rule.id.isEmpty() || rule.name.isEmpty() || !kind)
        return bad(rule.id, Text::tr("id, name and a known kind are needed."));
    if (rule.pattern.pattern().isEmpty() || !rule.pattern.isValid())
        return bad(rule.id, Text::tr("its pattern cannot be read."));
    rule.kind = *kind;
    return rule;
}

} // namespace

QString toWord(PageLeakKind value)
{
    return wordOf(kKinds, value);
}

Result<std::vector<PageLeakRule>> parsePageLeakRules(const QByteArray &json)
{
    std::vector<PageLeakRule> rules;
    QSet<QString> ids;
    for (const QJsonValue value : QJsonDocument::fromJson(json).object().value("rules"_L1).toArray()) {
        const auto rule = parseRule(value.toObject());
        if (!rule)
            return tl::unexpected(rule.error());
        if (ids.contains(rule->id))
            return bad(rule->id, Text::tr("its id is used twice."));
        ids.insert(rule->id);
        rules.push_back(*rule);
    }
    if (rules.empty())
        return bad({}, Text::tr("there are none."));
    return rules;
}

Result<std::vector<PageLeakRule>> loadPageLeakRules()
{
    QFile file(u":/rules/error-pages.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The rules for error pages are missing from the program."));
    return parsePageLeakRules(file.readAll());
}

std::vector<PageLeak> leaksIn(const QByteArray &body, const std::vector<PageLeakRule> &rules)
{
    // Pages write quotation marks and angle brackets as entities, and JSON writes line ends as two characters.
    QString text = QString::fromUtf8(body.first(std::min(body.size(), kMostRead)));
    text.replace("&#39;"_L1, "'"_L1).replace("&#x27;"_L1, "'"_L1).replace("&quot;"_L1, "\""_L1);
    text.replace("\\n"_L1, "\n"_L1);
    std::vector<PageLeak> leaks;
    for (const PageLeakRule &rule : rules) {
        const QRegularExpressionMatch match = rule.pattern.match(text);
        if (!match.hasMatch())
            continue;
        QString shown = match.captured(0);
        for (int group = 1; group <= match.lastCapturedIndex(); ++group) {
            if (!match.captured(group).isEmpty())
                shown = match.captured(group);
        }
        leaks.push_back({rule.id, rule.kind, rule.name, quoted(shown.trimmed().toUtf8(), kLongestShown)});
    }
    return leaks;
}

} // namespace cockpit
