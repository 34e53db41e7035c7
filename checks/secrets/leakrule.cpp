#include "checks/secrets/leakrule.h"

#include "checks/secrets/leakrulereader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LeakRules)
};

Result<void> appendRules(std::vector<LeakRule> &rules, QSet<QString> &ids, const QByteArray &json, PatternCheck check)
{
    const QJsonObject file = QJsonDocument::fromJson(json).object();
    const QJsonArray array = file.value("rules"_L1).toArray();
    if (array.isEmpty() || file.size() != 1)
        return failure(ErrorKind::BadInput,
                       Text::tr("The rules for secrets cannot be read: a file is {\"rules\": […]}."));
    for (const QJsonValue value : array) {
        const QJsonObject object = value.toObject();
        auto rule = readLeakRule(object, check);
        if (!rule)
            return tl::unexpected(rule.error());
        if (ids.contains(rule->id))
            return failure(ErrorKind::BadInput,
                           Text::tr("Rule \"%1\" for secrets, member \"id\": it is there twice.").arg(rule->id));
        ids.insert(rule->id);
        rules.push_back(std::move(*rule));
    }
    return {};
}

Result<std::vector<LeakRule>> rulesOf(const std::vector<QByteArray> &files, PatternCheck check)
{
    std::vector<LeakRule> rules;
    QSet<QString> ids;
    for (const QByteArray &file : files) {
        if (auto appended = appendRules(rules, ids, file, check); !appended)
            return tl::unexpected(appended.error());
    }
    return rules;
}

} // namespace

QString toWord(LeakKind value)
{
    switch (value) {
    case LeakKind::Secret:
    case LeakKind::Jwt:
        return u"secret"_s;
    case LeakKind::PublicByDesign:
        return u"public"_s;
    case LeakKind::TestMode:
        return u"test_mode"_s;
    }
    Q_UNREACHABLE();
}

Result<std::vector<LeakRule>> parseLeakRules(const QByteArray &json)
{
    return parseLeakRules(std::vector<QByteArray>{json});
}

Result<std::vector<LeakRule>> parseLeakRules(const std::vector<QByteArray> &files)
{
    return rulesOf(files, PatternCheck::Whole);
}

Result<std::vector<LeakRule>> loadLeakRules()
{
    std::vector<QByteArray> files;
    const QDir folder(u":/rules/secrets"_s);
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorKind::NotFound, Text::tr("The rules for secrets in %1 cannot be read.").arg(name));
        files.push_back(file.readAll());
    }
    if (files.empty())
        return failure(ErrorKind::NotFound, Text::tr("The program came without its rules for secrets."));
    return rulesOf(files, PatternCheck::Form);
}

} // namespace cockpit
