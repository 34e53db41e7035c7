#include "checks/secrets/gitremotes.h"

#include "checks/secrets/githandles.h"

#include <QUrl>

#include <git2.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Wanted
{
    const QString host;
    bool isFound = false;
};

int takeRemote(const git_config_entry *entry, void *payload)
{
    auto *wanted = static_cast<Wanted *>(payload);
    wanted->isFound = wanted->isFound || hostOfRemote(QString::fromUtf8(entry->value)) == wanted->host;
    return 0;
}

} // namespace

// git-push(1), "Git URLs": what has a colon before its first slash, and no "://", is user@host:path.
QString hostOfRemote(const QString &address)
{
    if (address.contains("://"_L1))
        return QUrl(address).host().toLower();
    const qsizetype colon = address.indexOf(u':');
    const qsizetype slash = address.indexOf(u'/');
    if (colon < 0 || (slash >= 0 && slash < colon))
        return {};
    return address.left(colon).section(u'@', -1).toLower();
}

bool isHostedAt(const GitRepository &repository, const QString &host)
{
    git_config *config = nullptr;
    if (git_repository_config_snapshot(&config, repository.handle()) != 0)
        return false;
    const std::unique_ptr<git_config, void (*)(git_config *)> kept(config, git_config_free);
    Wanted wanted{host};
    git_config_foreach_match(config, "^remote\\..*\\.(url|pushurl)$", takeRemote, &wanted);
    return wanted.isFound;
}

} // namespace cockpit
