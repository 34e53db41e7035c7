#include "checks/secrets/pipeline/pipelinefile.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct NamedFile
{
    const char *name; // lower case
    PipelineKind kind;
};

using enum PipelineKind;

constexpr std::array kNames{
    NamedFile{".gitlab-ci.yml", GitLab},
    NamedFile{".gitlab-ci.yaml", GitLab},
    NamedFile{"bitbucket-pipelines.yml", Bitbucket},
    NamedFile{"azure-pipelines.yml", Azure},
    NamedFile{"azure-pipelines.yaml", Azure},
    NamedFile{"jenkinsfile", Jenkins},
    NamedFile{".travis.yml", OtherPipeline},
    NamedFile{".drone.yml", OtherPipeline},
    NamedFile{"cloudbuild.yaml", OtherPipeline},
    NamedFile{"cloudbuild.yml", OtherPipeline},
    NamedFile{"buildspec.yml", OtherPipeline},
    NamedFile{"buildspec.yaml", OtherPipeline},
    NamedFile{"netlify.toml", Hosting},
    NamedFile{"vercel.json", Hosting},
    NamedFile{"fly.toml", Hosting},
    NamedFile{"render.yaml", Hosting},
    NamedFile{"dockerfile", Dockerfile},
    NamedFile{"containerfile", Dockerfile},
};

bool isYaml(const QByteArray &name)
{
    return name.endsWith(".yml") || name.endsWith(".yaml");
}

} // namespace

std::optional<PipelineKind> pipelineKindOf(const QByteArray &path)
{
    const QByteArray lower = '/' + path.toLower();
    for (const char *folder : {"/node_modules/", "/vendor/", "/.venv/", "/site-packages/"}) {
        if (lower.contains(folder))
            return std::nullopt;
    }
    const QByteArray name = lower.mid(lower.lastIndexOf('/') + 1);
    const auto *const known = std::ranges::find_if(kNames, [&name](const NamedFile &one) { return name == one.name; });
    if (known != kNames.end())
        return known->kind;
    if ((lower.contains("/.github/workflows/") || lower.contains("/.github/actions/")) && isYaml(name))
        return GitHubWorkflow;
    if (lower.contains("/.circleci/") && isYaml(name))
        return CircleCi;
    if (name.endsWith(".gitlab-ci.yml") || (lower.contains("/.gitlab/") && isYaml(name)))
        return GitLab;
    if (name.startsWith("azure-pipelines") && isYaml(name))
        return Azure;
    if (name.startsWith("dockerfile.") || name.endsWith(".dockerfile"))
        return Dockerfile;
    if ((name.startsWith("docker-compose") || name.startsWith("compose.")) && isYaml(name))
        return Compose;
    return name.startsWith("jenkinsfile") ? std::optional(Jenkins) : std::nullopt;
}

QString toWord(PipelineKind kind)
{
    switch (kind) {
    case GitHubWorkflow:
        return u"github_workflow"_s;
    case GitLab:
        return u"gitlab"_s;
    case CircleCi:
        return u"circleci"_s;
    case Bitbucket:
        return u"bitbucket"_s;
    case Azure:
        return u"azure"_s;
    case Jenkins:
        return u"jenkins"_s;
    case OtherPipeline:
        return u"other"_s;
    case Hosting:
        return u"hosting"_s;
    case Dockerfile:
        return u"dockerfile"_s;
    case Compose:
        return u"compose"_s;
    }
    Q_UNREACHABLE();
}

} // namespace cockpit
