#include "checks/secrets/pipeline/pipelinefile.h"

#include "models/pathwords.h"

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct NamedFile
{
    QByteArrayView name; // as its system writes it
    PipelineKind kind;
};

using enum PipelineKind;

constexpr std::array kNames{
    NamedFile{".gitlab-ci.yml", GitLab},
    NamedFile{".gitlab-ci.yaml", GitLab},
    NamedFile{"bitbucket-pipelines.yml", Bitbucket},
    NamedFile{"azure-pipelines.yml", Azure},
    NamedFile{"azure-pipelines.yaml", Azure},
    NamedFile{"Jenkinsfile", Jenkins},
    NamedFile{".travis.yml", OtherPipeline},
    NamedFile{".drone.yml", OtherPipeline},
    NamedFile{".woodpecker.yml", OtherPipeline},
    NamedFile{".woodpecker.yaml", OtherPipeline},
    NamedFile{"cloudbuild.yaml", OtherPipeline},
    NamedFile{"cloudbuild.yml", OtherPipeline},
    NamedFile{"buildspec.yml", OtherPipeline},
    NamedFile{"buildspec.yaml", OtherPipeline},
    NamedFile{"render.yaml", Hosting},
    NamedFile{"fly.toml", Hosting},
    NamedFile{"netlify.toml", Hosting},
    NamedFile{"wrangler.toml", Hosting},
    NamedFile{"app.yaml", Hosting},
    NamedFile{"serverless.yml", Hosting},
    NamedFile{"vercel.json", Hosting},
    NamedFile{"railway.toml", Hosting},
    NamedFile{"apphosting.yaml", Hosting},
    NamedFile{"amplify.yml", Hosting},
    NamedFile{"wrangler.jsonc", Hosting},
    NamedFile{"wrangler.json", Hosting},
    NamedFile{"Dockerfile", Dockerfile},
    NamedFile{"Containerfile", Dockerfile},
};

// In a folder of theirs, whatever they are called.
struct NamedFolder
{
    QByteArrayView folder;
    PipelineKind kind;
};

constexpr std::array kFolders{
    NamedFolder{"/.github/workflows/", GitHubWorkflow},
    NamedFolder{"/.github/actions/", GitHubWorkflow},
    NamedFolder{"/.circleci/", CircleCi},
    NamedFolder{"/.gitlab/", GitLab},
    NamedFolder{"/.woodpecker/", OtherPipeline},
    NamedFolder{"/.buildkite/", OtherPipeline},
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
    return pipelineKindByName(path);
}

std::optional<PipelineKind> pipelineKindByName(const QByteArray &path)
{
    const QByteArray lower = '/' + path.toLower();
    const QByteArray name = lower.mid(lower.lastIndexOf('/') + 1);
    const auto *const known = std::ranges::find_if(
        kNames, [&name](const NamedFile &one) { return name.compare(one.name, Qt::CaseInsensitive) == 0; });
    if (known != kNames.end())
        return known->kind;
    const auto *const folder = std::ranges::find_if(
        kFolders, [&lower, &name](const NamedFolder &one) { return isYaml(name) && lower.contains(one.folder); });
    if (folder != kFolders.end())
        return folder->kind;
    if (name.endsWith(".gitlab-ci.yml"))
        return GitLab;
    if (name.startsWith("azure-pipelines") && isYaml(name))
        return Azure;
    if (name.startsWith("dockerfile.") || name.endsWith(".dockerfile"))
        return Dockerfile;
    if (isComposeFileName(QString::fromUtf8(name)))
        return Compose;
    return name.startsWith("jenkinsfile") ? std::optional(Jenkins) : std::nullopt;
}

QStringList singlePipelineFiles()
{
    QStringList files{u".circleci/config.yml"_s, u".buildkite/pipeline.yml"_s};
    for (const NamedFile &one : kNames) {
        if (one.kind == Bitbucket || one.kind == Azure || one.kind == Jenkins || one.kind == OtherPipeline)
            files += QString::fromLatin1(one.name);
    }
    return files;
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
