#include "checks/secrets/dependencies/manifests.h"

#include "checks/secrets/dependencies/locktext.h"
#include "checks/secrets/dependencies/tomltable.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isNpmAsking(const QByteArray &bytes)
{
    const NamedNeeds needs = needsOfPackageJson(bytes);
    const auto isOfRegistry = [](const QString &range) {
        return !range.startsWith("workspace:"_L1) && !range.startsWith("link:"_L1) && !range.startsWith("file:"_L1);
    };
    return std::ranges::any_of(needs.production, isOfRegistry) || std::ranges::any_of(needs.development, isOfRegistry);
}

bool isAny(const QJsonValue &tableOrList)
{
    return !tableOrList.toObject().isEmpty() || !tableOrList.toArray().isEmpty();
}

bool isAnyIn(const QJsonValue &groups)
{
    const QJsonObject all = groups.toObject();
    return std::ranges::any_of(all,
                               [](const QJsonValue &group) { return isAny(group) || isAny(group["dependencies"_L1]); });
}

bool isPyprojectAsking(const QByteArray &bytes)
{
    const auto json = tomlToJson(bytes);
    if (!json)
        return false;
    const QJsonValue project = (*json)["project"_L1];
    const QJsonValue poetry = (*json)["tool"_L1]["poetry"_L1];
    QJsonObject ofPoetry = poetry["dependencies"_L1].toObject();
    ofPoetry.remove("python"_L1);
    return isAny(project["dependencies"_L1]) || isAnyIn(project["optional-dependencies"_L1]) ||
           isAnyIn((*json)["dependency-groups"_L1]) || !ofPoetry.isEmpty() || isAny(poetry["dev-dependencies"_L1]) ||
           isAnyIn(poetry["group"_L1]);
}

bool isPipfileAsking(const QByteArray &bytes)
{
    const auto json = tomlToJson(bytes);
    return json && (isAny((*json)["packages"_L1]) || isAny((*json)["dev-packages"_L1]));
}

bool isCargoAsking(const QByteArray &bytes)
{
    const auto json = tomlToJson(bytes);
    if (!json)
        return false;
    const auto isAsking = [](const QJsonValue &from) {
        return isAny(from["dependencies"_L1]) || isAny(from["build-dependencies"_L1]) ||
               isAny(from["dev-dependencies"_L1]);
    };
    const QJsonObject targets = (*json)["target"_L1].toObject();
    return isAsking(*json) || std::ranges::any_of(targets, isAsking);
}

// "php" and "ext-…" are no packages; those have a maker before a slash.
bool isComposerAsking(const QByteArray &bytes)
{
    const QJsonObject json = QJsonDocument::fromJson(bytes).object();
    const QStringList names = json["require"_L1].toObject().keys() + json["require-dev"_L1].toObject().keys();
    return std::ranges::any_of(names, [](const QString &name) { return name.contains(u'/'); });
}

bool isMatching(const QByteArray &bytes, const QRegularExpression &form)
{
    return form.match(QString::fromUtf8(bytes)).hasMatch();
}

bool isGemfileAsking(const QByteArray &bytes)
{
    static const QRegularExpression form(u"^\\s*(?:gem[\\s(]|gemspec\\b)"_s, QRegularExpression::MultilineOption);
    return isMatching(bytes, form);
}

bool isGradleAsking(const QByteArray &bytes)
{
    static const QRegularExpression form(
        u"^\\s*(?:api|compile|implementation|runtimeOnly|testImplementation|kapt|ksp)[\\s(]+(?!project)\\S"_s,
        QRegularExpression::MultilineOption);
    return isMatching(bytes, form);
}

bool isDotNetAsking(const QByteArray &bytes)
{
    return bytes.contains("<PackageReference");
}

bool isSetupAsking(const QByteArray &bytes)
{
    return bytes.contains("install_requires");
}

// What has a version behind it, or a table of its own that is neither Flutter's nor a folder's.
bool isPubAsking(const QByteArray &bytes)
{
    bool isIn = false;
    bool isAsking = false;
    eachIndentedLine({bytes}, [&](const IndentedLine &line) {
        if (line.indent == 0)
            isIn = line.key == "dependencies"_L1 || line.key == "dev_dependencies"_L1;
        else if (isIn)
            isAsking = isAsking || (line.indent == 2 && !line.value.isEmpty()) || line.key == "hosted"_L1 ||
                       line.key == "git"_L1;
    });
    return isAsking;
}

struct ManifestForm
{
    QString name; // "*" stands for anything before an ending
    bool (*isAsking)(const QByteArray &bytes) = nullptr;
    QStringList locks;
};

const std::vector<ManifestForm> &forms()
{
    static const QStringList ofPython{u"poetry.lock"_s, u"pdm.lock"_s,     u"uv.lock"_s,
                                      u"pylock.toml"_s, u"Pipfile.lock"_s, u"requirements.txt"_s};
    static const QStringList ofDotNet{u"packages.lock.json"_s, u"paket.lock"_s};
    static const QStringList ofGradle{u"gradle.lockfile"_s};
    static const std::vector<ManifestForm> all{{u"package.json"_s,
                                                isNpmAsking,
                                                {u"package-lock.json"_s, u"npm-shrinkwrap.json"_s, u"yarn.lock"_s,
                                                 u"bun.lock"_s, u"bun.lockb"_s, u"pnpm-lock.yaml"_s, u"deno.lock"_s}},
                                               {u"pyproject.toml"_s, isPyprojectAsking, ofPython},
                                               {u"setup.py"_s, isSetupAsking, ofPython},
                                               {u"setup.cfg"_s, isSetupAsking, ofPython},
                                               {u"Pipfile"_s, isPipfileAsking, {u"Pipfile.lock"_s}},
                                               {u"composer.json"_s, isComposerAsking, {u"composer.lock"_s}},
                                               {u"Gemfile"_s, isGemfileAsking, {u"Gemfile.lock"_s}},
                                               {u"gems.rb"_s, isGemfileAsking, {u"gems.locked"_s}},
                                               {u"Cargo.toml"_s, isCargoAsking, {u"Cargo.lock"_s}},
                                               {u"pubspec.yaml"_s, isPubAsking, {u"pubspec.lock"_s}},
                                               {u"build.gradle"_s, isGradleAsking, ofGradle},
                                               {u"build.gradle.kts"_s, isGradleAsking, ofGradle},
                                               {u"*.csproj"_s, isDotNetAsking, ofDotNet},
                                               {u"*.fsproj"_s, isDotNetAsking, ofDotNet},
                                               {u"*.vbproj"_s, isDotNetAsking, ofDotNet}};
    return all;
}

bool isNamed(const QString &fileName, const QString &form)
{
    return form.startsWith(u'*') ? fileName.endsWith(form.sliced(1)) : fileName == form;
}

const ManifestForm *formFor(const QString &fileName)
{
    const auto form = std::ranges::find_if(forms(), [&](const auto &one) { return isNamed(fileName, one.name); });
    return form == forms().end() ? nullptr : &*form;
}

} // namespace

bool isAskingManifest(const QString &fileName)
{
    return formFor(fileName) != nullptr;
}

bool asksForPackages(const QString &fileName, const QByteArray &bytes)
{
    const ManifestForm *const form = formFor(fileName);
    return form && form->isAsking(bytes);
}

bool isAnsweredBy(const QString &manifest, const QString &lockFile)
{
    const ManifestForm *const form = formFor(manifest);
    return form && form->locks.contains(lockFile);
}

} // namespace cockpit
