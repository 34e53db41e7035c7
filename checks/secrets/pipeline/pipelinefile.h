// Files that say how a product is built and released.
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace cockpit {

enum class PipelineKind {
    GitHubWorkflow,
    GitLab,
    CircleCi,
    Bitbucket,
    Azure,
    Jenkins,
    OtherPipeline, // Travis, Drone, Google Cloud Build, AWS CodeBuild
    Hosting,       // netlify.toml, vercel.json, fly.toml, render.yaml
    Dockerfile,
    Compose,
};
QString toWord(PipelineKind kind); // "github_workflow"

// By its path below the root. Empty for any other file, and for what packages bring along (node_modules, vendor).
std::optional<PipelineKind> pipelineKindOf(const QByteArray &path);

} // namespace cockpit
