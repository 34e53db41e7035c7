#include "checks/secrets/gitremotes.h"

#include "checks/secrets/githandles.h"

#include <QUrl>

#include <git2.h>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isAddressOfRemote(QByteArrayView name)
{
    return name.startsWith("remote.") && (name.endsWith(".url") || name.endsWith(".pushurl"));
}

void take(const QString &host, RemoteHost &found)
{
    if (isHostOfGitHub(host))
        found = RemoteHost::GitHub;
    else if (host.contains(u'.') && found == RemoteHost::None) // else an alias of ssh_config(5), which is anybody
        found = RemoteHost::Elsewhere;
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

bool isHostOfGitHub(const QString &host)
{
    static const QStringList kOwn{u"github.com"_s, u"ssh.github.com"_s, u"www.github.com"_s};
    // A company's own server of GitHub: "github.acme.com".
    return kOwn.contains(host) || host.startsWith("github."_L1) || host.endsWith(".ghe.com"_L1);
}

RemoteHost remoteHostOf(const GitRepository &repository)
{
    git_config *config = nullptr;
    if (git_repository_config_snapshot(&config, repository.handle()) != 0)
        return RemoteHost::None;
    const std::unique_ptr<git_config, void (*)(git_config *)> kept(config, git_config_free);
    // Not by git_config_foreach_match(): in libgit2 1.5 each entry that does not match costs 20 KB for good.
    git_config_iterator *entries = nullptr;
    if (git_config_iterator_new(&entries, config) != 0)
        return RemoteHost::None;
    const std::unique_ptr<git_config_iterator, void (*)(git_config_iterator *)> walk(entries, git_config_iterator_free);
    RemoteHost found = RemoteHost::None;
    for (git_config_entry *entry = nullptr; git_config_next(&entry, entries) == 0;) {
        if (isAddressOfRemote(entry->name))
            take(hostOfRemote(QString::fromUtf8(entry->value)), found);
    }
    return found;
}

} // namespace cockpit
