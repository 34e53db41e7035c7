#include "checks/secrets/settings/whosesettings.h"

#include "models/pathwords.h"

namespace cockpit::env {

Origin originOf(FileRole role)
{
    switch (role) {
    case FileRole::Template:
        return Origin::Template;
    case FileRole::Compose:
        return Origin::Compose;
    case FileRole::Pipeline:
        return Origin::Pipeline;
    case FileRole::Hosting:
        return Origin::Hosting;
    case FileRole::Settings:
    case FileRole::Other:
        return Origin::EnvFile;
    }
    Q_UNREACHABLE();
}

Whose whoseIs(const QString &path, FileRole role)
{
    const auto named = environmentOfPath(path);
    switch (role) {
    case FileRole::Settings:
        return named ? Whose{named} : Whose{Environment::Local, true};
    case FileRole::Hosting:
        return named ? Whose{named} : Whose{Environment::Production, true};
    case FileRole::Compose:
    case FileRole::Pipeline:
        return {environmentOfPath(path.section(u'/', -1))};
    case FileRole::Template:
    case FileRole::Other:
        return {};
    }
    Q_UNREACHABLE();
}

void settleWhose(const RawSetting &raw, const Whose &whose, Setting &setting)
{
    const bool isTold = raw.isScoped || (setting.environment && setting.origin != Origin::Settings);
    if (isTold || !whose.environment)
        return;
    setting.environment = raw.isOfAll && whose.isGuessed ? Environment::Production : *whose.environment;
    setting.isEnvironmentGuessed = whose.isGuessed;
}

} // namespace cockpit::env
