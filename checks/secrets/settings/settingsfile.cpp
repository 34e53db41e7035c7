#include "checks/secrets/settings/settingsfile.h"

#include "checks/secrets/pipeline/pipelinefile.h"
#include "checks/secrets/settings/dotenv.h"
#include "checks/secrets/settings/pickleaves.h"
#include "models/pathwords.h"

#include <algorithm>
#include <array>

namespace cockpit::env {

using namespace Qt::StringLiterals;
using namespace std::string_view_literals;

namespace {

bool isYamlName(QStringView name)
{
    return name.endsWith(u".yml") || name.endsWith(u".yaml");
}

// "=== myapp Config Vars" and "NAME:   value" below it.
bool isHerokuText(std::string_view text)
{
    return text.starts_with("=== "sv) &&
           text.substr(0, text.find('\n')).find("Config Vars"sv) != std::string_view::npos;
}

// `fly secrets list`: NAME DIGEST …, without values.
bool isFlyTable(std::string_view text)
{
    const std::string_view head = text.substr(0, text.find('\n'));
    return head.find("NAME"sv) != std::string_view::npos && head.find("DIGEST"sv) != std::string_view::npos;
}

RawSettings readFlyTable(std::string_view text)
{
    RawSettings read;
    int line = 0;
    for (size_t at = 0; at < text.size();) {
        if (read.settings.size() >= kMostSettings) {
            read.isCut = true;
            break;
        }
        const size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view row = text.substr(at, end - at);
        at = end + 1;
        const size_t from = std::min(row.find_first_not_of(" \t*"sv), row.size());
        const std::string_view name =
            row.substr(from, std::min(row.find_first_of(" \t|\r"sv, from), row.size()) - from);
        if (++line > 1 && isSettingName(name))
            read.settings.push_back({std::string(name), {}, line, false});
    }
    return read;
}

bool looksLikeYaml(std::string_view text)
{
    return text.starts_with("---"sv) || text.starts_with("apiVersion:"sv) || text.find("\nkind:"sv) < 4000 ||
           text.starts_with("services:"sv) || text.find("\nservices:"sv) < 4000;
}

} // namespace

FileRole roleOfFile(QStringView path)
{
    const QString name = path.toString().toLower().section(u'/', -1);
    if (isEnvFileName(name))
        return isTemplateName(name) ? FileRole::Template : FileRole::Settings;
    switch (pipelineKindByName(path.toUtf8()).value_or(PipelineKind::Dockerfile)) {
    case PipelineKind::Compose:
        return FileRole::Compose;
    case PipelineKind::Hosting:
        return FileRole::Hosting;
    case PipelineKind::GitHubWorkflow:
    case PipelineKind::GitLab:
    case PipelineKind::CircleCi:
    case PipelineKind::Bitbucket:
    case PipelineKind::Azure:
    case PipelineKind::OtherPipeline:
        return FileRole::Pipeline;
    case PipelineKind::Jenkins: // in a language of its own
    case PipelineKind::Dockerfile:
        return FileRole::Other;
    }
    Q_UNREACHABLE();
}

RawSettings readSettings(std::string_view text, QStringView name, FileRole role)
{
    const QString file = name.toString().toLower().section(u'/', -1);
    if (role == FileRole::Template || isEnvFileName(file))
        return parseDotenv(text);
    if (isHerokuText(text))
        return parseDotenv(text.substr(std::min(text.find('\n'), text.size())));
    if (isFlyTable(text))
        return readFlyTable(text);
    const size_t first = std::min(text.find_first_not_of(" \t\r\n\xef\xbb\xbf"sv), text.size());
    const std::string_view body = text.substr(first);
    const bool isJson = file.endsWith(u".json"_s) || file.endsWith(u".jsonc"_s) || body.starts_with('{') ||
                        (body.starts_with('[') && !file.endsWith(u".toml"_s));
    if (isJson)
        return pickSettings(jsonLeaves(text), role);
    if (file.endsWith(u".toml"_s))
        return pickSettings(tomlLeaves(text), role);
    if (isYamlName(file) || looksLikeYaml(body))
        return pickSettings(yamlLeaves(text), role);
    return parseDotenv(text);
}

} // namespace cockpit::env
