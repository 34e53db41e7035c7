// Where a repository is pushed to, as its settings say. Addresses of remotes may hold passwords, so none is handed out.
#pragma once

#include "checks/secrets/gitrepository.h"

namespace cockpit {

// A remote leads to this host: "github.com". The forms of git are understood: https://, ssh://, git://, user@host:path.
bool isHostedAt(const GitRepository &repository, const QString &host);
// The host in an address of a remote, lower case; empty for a path on this computer.
QString hostOfRemote(const QString &address);

} // namespace cockpit
