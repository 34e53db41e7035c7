// Which settings a file holds, whatever wrote it: .env and what `vercel env pull`, `netlify env:list` and shells write;
// docker-compose; Kubernetes ConfigMaps, Secrets and Deployments; GitHub, GitLab, CircleCI, Azure and Bitbucket
// pipelines; Render, Fly, Netlify, Wrangler, App Engine, Cloud Run, Serverless and Firebase; and what the command lines
// of Heroku, Railway, Render, Fly, DigitalOcean, Azure, AWS SSM, Secrets Manager and ECS print.
#pragma once

#include "checks/secrets/settings/rawsetting.h"

#include <QStringView>

#include <string_view>

namespace cockpit::env {

enum class FileRole {
    Settings, // named by the person, or a .env file: everything in it is a setting
    Template, // .env.example: which names are needed
    Compose,
    Pipeline, // of a continuous integration
    Hosting,  // what a hosting provider reads from the code: render.yaml, fly.toml, netlify.toml
    Other,
};

// By the name of the file below the root of the code; "/" between folders.
FileRole roleOfFile(QStringView path);

// name: of the file, which decides the format where it can; else the beginning of the text does.
RawSettings readSettings(std::string_view text, QStringView name, FileRole role);

} // namespace cockpit::env
