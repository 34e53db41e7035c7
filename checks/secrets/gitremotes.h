// Where a repository is pushed to, as its settings say. Addresses of remotes may hold passwords, so none is handed out.
#pragma once

#include "checks/secrets/gitrepository.h"

namespace cockpit {

enum class RemoteHost {
    None,      // it has no remote with a host that says where it is, or none that could be read
    GitHub,    // github.com by any of its names, or an own server of GitHub that has it in its name
    Elsewhere, // all of them lead to others
};

// Where the remotes lead. The forms of git are understood: https://, ssh://, git://, user@host:path.
RemoteHost remoteHostOf(const GitRepository &repository);
// GitHub docs, "Using SSH over the HTTPS port": the host is ssh.github.com there.
bool isHostOfGitHub(const QString &host);
// The host in an address of a remote, lower case; empty for a path on this computer.
QString hostOfRemote(const QString &address);

} // namespace cockpit
