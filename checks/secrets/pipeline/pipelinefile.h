// Files that say how a product is built and released: the one list of their names.
#pragma once

#include <QByteArray>
#include <QStringList>

#include <optional>

namespace cockpit {

enum class PipelineKind {
    GitHubWorkflow,
    GitLab,
    CircleCi,
    Bitbucket,
    Azure,
    Jenkins,
    OtherPipeline, // Travis, Drone, Woodpecker, Buildkite, Google Cloud Build, AWS CodeBuild
    Hosting,       // netlify.toml, vercel.json, fly.toml, …
    Dockerfile,
    Compose,
};
QString toWord(PipelineKind kind); // "github_workflow"

// By its path. Empty for any other file.
std::optional<PipelineKind> pipelineKindByName(const QByteArray &path);
// Below the root of a product: also empty for what packages bring along (node_modules, vendor).
std::optional<PipelineKind> pipelineKindOf(const QByteArray &path);
// Of systems that read one file at a place of its own below the root, GitHub and GitLab left out: where it is.
QStringList singlePipelineFiles();

} // namespace cockpit
