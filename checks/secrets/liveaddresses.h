// The addresses that production's settings name, told by the same rules as those of the built app (deploy.base-urls):
// a machine of one's own, a test system, a preview, a tunnel, a private network, a way without encryption.
#pragma once

#include "checks/secrets/settings/readsettings.h"
#include "models/finding.h"
#include "models/target.h"

#include <QJsonArray>

namespace cockpit::env {

struct LiveAddresses
{
    std::vector<Finding> findings; // by name; origins alone, for what an address holds beside its host may be secret
    QJsonArray observed;           // [{"name","origin","kind": as of deploy.base-urls}], the first 500
};

// A setting counts for whom it is read by. A name that goes to browsers or customers (VITE_…, APP_URL, …_CALLBACK_URL)
// must work for everybody; of one that only servers read, a private network of a host is as good as any, and of a
// machine of one's own or a private number a person has to look.
LiveAddresses judgeLiveAddresses(const SettingsRead &read, const Target &target);

} // namespace cockpit::env
