#include "models/pathwords.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct BuiltFolder
{
    QLatin1StringView name;
    bool isWritten = true; // by a build: what a person writes is elsewhere
    bool isPutOnline = false;
};
constexpr std::array kBuiltFolders{
    BuiltFolder{"dist"_L1, true, true},
    BuiltFolder{"build"_L1, true, true},
    BuiltFolder{".next"_L1, true, true},
    BuiltFolder{"out"_L1, true, true},
    BuiltFolder{".output"_L1, true, true},
    BuiltFolder{"www"_L1, true, true},
    BuiltFolder{"public"_L1, false, true},
    BuiltFolder{"coverage"_L1},
    BuiltFolder{"target"_L1},
    BuiltFolder{".svelte-kit"_L1},
    BuiltFolder{".nuxt"_L1},
    BuiltFolder{".dart_tool"_L1},
    BuiltFolder{".turbo"_L1},
    BuiltFolder{".cache"_L1},
    BuiltFolder{".expo"_L1},
};

constexpr std::array kServerFolders{"server"_L1, "functions"_L1, "standalone"_L1, "serverless"_L1, "lambda"_L1};

template<size_t N>
bool holds(const std::array<QLatin1StringView, N> &known, QStringView word)
{
    return std::ranges::any_of(known, [&](QLatin1StringView one) { return word == one; });
}

// Whether a folder of the path is one of these.
template<typename IsOne>
bool isBelow(QStringView path, const IsOne &isOne)
{
    const QStringList parts = path.toString().toLower().split(u'/');
    return std::any_of(parts.begin(), parts.end() - 1, isOne);
}

const BuiltFolder *builtFolder(QStringView lowerName)
{
    const auto *const found =
        std::ranges::find_if(kBuiltFolders, [&](const BuiltFolder &one) { return lowerName == one.name; });
    return found == kBuiltFolders.end() ? nullptr : found;
}

bool isYamlName(QStringView lowerName)
{
    return lowerName.endsWith(u".yml") || lowerName.endsWith(u".yaml");
}

} // namespace

namespace {

bool hasOneOf(const QStringList &words, const auto &known)
{
    return std::ranges::any_of(words, [&](const QString &word) { return holds(known, word); });
}

std::optional<Environment> environmentOfWords(const QStringList &words)
{
    constexpr std::array production{"production"_L1, "prod"_L1, "prd"_L1, "live"_L1};
    constexpr std::array notYet{"pre"_L1, "non"_L1}; // "pre-production"
    constexpr std::array staging{"staging"_L1, "stage"_L1,   "stg"_L1, "stag"_L1,
                                 "preview"_L1, "preprod"_L1, "uat"_L1, "qa"_L1};
    constexpr std::array local{"local"_L1, "development"_L1, "develop"_L1, "dev"_L1, "test"_L1, "override"_L1};
    if (hasOneOf(words, production))
        return hasOneOf(words, notYet) ? Environment::Staging : Environment::Production;
    if (hasOneOf(words, staging))
        return Environment::Staging;
    if (hasOneOf(words, local))
        return Environment::Local;
    return std::nullopt;
}

} // namespace

std::optional<Environment> environmentOfPath(QStringView path)
{
    static const QRegularExpression between(u"[._ -]"_s);
    const QStringList parts = path.toString().toLower().split(u'/', Qt::SkipEmptyParts);
    for (auto part = parts.crbegin(); part != parts.crend(); ++part) {
        QStringList words = part->split(between, Qt::SkipEmptyParts);
        // "live-chat" and "qa-bot" are names of apps; a file's own name says whose it is.
        if (part != parts.crbegin() && words.size() > 1)
            words = {*part};
        if (const auto named = environmentOfWords(words))
            return named;
    }
    return std::nullopt;
}

std::optional<Environment> environmentOfScope(QStringView scope)
{
    constexpr std::array ofChanges{"review"_L1, "pr"_L1, "mr"_L1, "feature"_L1, "branch"_L1, "previews"_L1};
    static const QRegularExpression between(u"[._ *-]"_s);
    for (const QString &part : scope.toString().toLower().split(u'/', Qt::SkipEmptyParts)) {
        const QStringList words = part.split(between, Qt::SkipEmptyParts);
        if (hasOneOf(words, ofChanges))
            return Environment::Staging;
        if (const auto named = environmentOfWords(words))
            return named;
    }
    return std::nullopt;
}

bool isTemplateName(QStringView name)
{
    constexpr std::array words{"example"_L1, "sample"_L1, "template"_L1, "dist"_L1, "defaults"_L1, "tpl"_L1, "tmpl"_L1};
    static const QRegularExpression between(u"[._-]"_s);
    const QStringList parts = name.toString().toLower().split(between);
    return std::ranges::any_of(parts, [&](const QString &part) { return holds(words, part); });
}

bool isEnvFileName(QStringView name)
{
    const QString lower = name.toString().toLower();
    // ".env-staging" is one, ".environment" is not.
    const bool isDotEnv = lower.startsWith(".env"_L1) && (lower.size() == 4 || u"._-"_s.contains(lower[4]));
    return isDotEnv || lower.endsWith(".env"_L1) || lower == ".flaskenv"_L1 || lower.startsWith(".dev.vars"_L1) ||
           lower.startsWith(".envrc"_L1) || (lower.startsWith("env."_L1) && isTemplateName(lower));
}

bool isComposeFileName(QStringView name)
{
    const QString lower = name.toString().toLower();
    return isYamlName(lower) && (lower.startsWith("docker-compose"_L1) || lower.startsWith("compose."_L1));
}

bool isPutOnlineFolder(QStringView name)
{
    const BuiltFolder *folder = builtFolder(name.toString().toLower());
    return folder && folder->isPutOnline;
}

bool isInBuiltFolder(QStringView path)
{
    return isBelow(path, [](const QString &part) {
        const BuiltFolder *folder = builtFolder(part);
        return folder && folder->isWritten;
    });
}

bool isInPutOnlineFolder(QStringView path)
{
    return isBelow(path, [](const QString &part) { return isPutOnlineFolder(part); });
}

bool isForServers(QStringView path)
{
    return isBelow(path, [](const QString &part) { return holds(kServerFolders, part); });
}

} // namespace cockpit
