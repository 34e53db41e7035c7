#include "checks/secrets/leakrule.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

constexpr std::array<std::pair<QLatin1StringView, LeakKind>, 4> kKinds{{{"secret"_L1, LeakKind::Secret},
                                                                        {"public"_L1, LeakKind::PublicByDesign},
                                                                        {"test_mode"_L1, LeakKind::TestMode},
                                                                        {"jwt"_L1, LeakKind::Jwt}}};

std::vector<QByteArray> bytesOf(const QJsonValue &array)
{
    std::vector<QByteArray> all;
    for (const QJsonValue value : array.toArray())
        all.push_back(value.toString().toUtf8());
    return all;
}

LeakRule parseRule(const QJsonObject &json)
{
    LeakRule rule;
    rule.id = json.value("id"_L1).toString();
    rule.name = json.value("name"_L1).toString();
    rule.service = json.value("service"_L1).toString();
    for (const auto &[word, kind] : kKinds) {
        if (json.value("kind"_L1).toString() == word)
            rule.kind = kind;
    }
    rule.severity = fromWord<Severity>(json.value("severity"_L1).toString()).value_or(Severity::High);
    rule.keywords = bytesOf(json.value("keywords"_L1));
    rule.pattern = json.value("pattern"_L1).toString().toUtf8();
    rule.near = json.value("near"_L1).toString().toUtf8();
    rule.isCaseless = json.value("caseless"_L1).toBool();
    rule.minEntropy = json.value("minEntropy"_L1).toDouble();
    rule.rotate = QUrl(json.value("rotate"_L1).toString());
    return rule;
}

} // namespace

Result<std::vector<LeakRule>> parseLeakRules(const QByteArray &json)
{
    std::vector<LeakRule> rules;
    for (const QJsonValue value : QJsonDocument::fromJson(json).object().value("rules"_L1).toArray()) {
        rules.push_back(parseRule(value.toObject()));
        if (rules.back().id.isEmpty() || rules.back().pattern.isEmpty())
            return failure(ErrorKind::BadInput, Text::tr("A rule for secrets has no id or no pattern."));
    }
    if (rules.empty())
        return failure(ErrorKind::BadInput, Text::tr("The rules for secrets cannot be read."));
    return rules;
}

Result<std::vector<LeakRule>> loadLeakRules()
{
    std::vector<LeakRule> all;
    const QDir folder(u":/rules/secrets"_s);
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::NotFound, Text::tr("The rules for secrets in %1 cannot be read.").arg(name));
        const auto rules = parseLeakRules(file.readAll());
        if (!rules)
            return rules;
        all.insert(all.end(), rules->begin(), rules->end());
    }
    if (all.empty())
        return failure(ErrorKind::NotFound, Text::tr("The program came without its rules for secrets."));
    return all;
}

} // namespace cockpit
